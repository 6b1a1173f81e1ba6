import type { Database } from '#server/db/connect.ts';
import { createAccountStore } from './accounts.ts';
import { createAuditStore } from './audit.ts';
import { createCofacilitatorStore } from './cofacilitators.ts';
import { createErasureStore } from './erasure.ts';
import { createExerciseStore } from './exercises.ts';
import { createIdeaStore } from './ideas.ts';
import { createImportStore } from './imports.ts';
import { createJournalStore } from './journal.ts';
import { createMomentStore } from './moments.ts';
import { createMatchStore } from './matches.ts';
import { createNoteStore } from './notes.ts';
import { createParticipantStore } from './participants.ts';
import { createPasskeyStore } from './passkeys.ts';
import { createPersonalDataStore } from './personal-data.ts';
import { createReactionStore } from './reactions.ts';
import { createSignalStore } from './signals.ts';
import { createSuggestionStore } from './suggestions.ts';
import { createSummaryStore } from './summaries.ts';
import { createUpdateStore } from './updates.ts';
import { createVoteStore } from './votes.ts';
import { createWorkshopStore } from './workshops.ts';

export type Stores = ReturnType<typeof createStores>;

/** Everything that is kept, on one database. */
export const createStores = (db: Database) => ({
	accounts: createAccountStore(db),
	audit: createAuditStore(db),
	cofacilitators: createCofacilitatorStore(db),
	erasure: createErasureStore(db),
	exercises: createExerciseStore(db),
	ideas: createIdeaStore(db),
	imports: createImportStore(db),
	journal: createJournalStore(db),
	moments: createMomentStore(db),
	matches: createMatchStore(db),
	notes: createNoteStore(db),
	participants: createParticipantStore(db),
	passkeys: createPasskeyStore(db),
	personalData: createPersonalDataStore(db),
	reactions: createReactionStore(db),
	signals: createSignalStore(db),
	suggestions: createSuggestionStore(db),
	summaries: createSummaryStore(db),
	updates: createUpdateStore(db),
	votes: createVoteStore(db),
	workshops: createWorkshopStore(db)
});
