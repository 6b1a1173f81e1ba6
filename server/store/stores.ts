import type { Database } from '#server/db/connect.ts';
import { createAccountStore } from './accounts.ts';
import { createJournalStore } from './journal.ts';
import { createNoteStore } from './notes.ts';
import { createParticipantStore } from './participants.ts';
import { createUpdateStore } from './updates.ts';
import { createVoteStore } from './votes.ts';
import { createWorkshopStore } from './workshops.ts';

export type Stores = ReturnType<typeof createStores>;

/** Everything that is kept, on one database. */
export const createStores = (db: Database) => ({
	accounts: createAccountStore(db),
	journal: createJournalStore(db),
	notes: createNoteStore(db),
	participants: createParticipantStore(db),
	updates: createUpdateStore(db),
	votes: createVoteStore(db),
	workshops: createWorkshopStore(db)
});
