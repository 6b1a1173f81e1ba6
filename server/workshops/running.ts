/**
 * What runs workshops, joined: their commands, each to whom it concerns, and what happens by itself
 * while a board is live.
 */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import type { Refusal } from '#shared/refusals.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Access } from '#server/doors/access.ts';
import type { Participants } from '#server/doors/participants.ts';
import type { Exercises } from '#server/exercises/exercises.ts';
import { createHistory } from '#server/history/history.ts';
import { createRecording } from '#server/history/recording.ts';
import type { News } from '#server/news.ts';
import type { Queues } from '#server/queues.ts';
import type { Stores } from '#server/store/stores.ts';
import type { StoredWorkshop } from '#server/store/workshops.ts';
import type { Rooms } from '#server/yjs/ports.ts';
import type { Audit } from './audit.ts';
import { createBallots } from './ballots.ts';
import { createByClock } from './by-clock.ts';
import { createCommands } from './commands.ts';
import { createFacilitation } from './facilitation.ts';
import { createItems } from './items.ts';
import { createLateSeats } from './late-seats.ts';
import { createMatching } from './matching.ts';
import { createPeople } from './people.ts';
import { createReacting } from './reactions.ts';
import { createScreens } from './screens.ts';
import { createSeating } from './seating.ts';
import type { Shown } from './shown.ts';
import { createSignals } from './signals.ts';
import type { StoredWorkshops } from './stored-workshops.ts';
import { createVoting } from './voting.ts';

interface RunningDeps {
	stores: Stores;
	workshops: StoredWorkshops;
	rooms: Rooms;
	shown: Shown;
	participants: Pick<Participants, 'name' | 'addPerson'>;
	seatFor: Access['seatFor'];
	exercises: Exercises;
	audit: Audit;
	/** All that somebody wrote, for good. */
	erase(workshop: WorkshopId, participant: ParticipantId): Promise<true | Refusal>;
	queues: Queues;
	news: News;
	isStopping: () => boolean;
	clock: Clock;
	ids: () => string;
	log: Logger;
}

export function createRunning(deps: RunningDeps) {
	const { stores } = deps;
	const { votes, notes, updates, journal, matches, moments, participants } = stores;
	const parts = { ...deps, store: stores.workshops, votes, journal, participants };

	const ballots = createBallots(parts);
	const seating = createSeating({ participants, audit: stores.audit });
	const facilitation = createFacilitation({ ...parts, ballots, seating });
	const byClock = createByClock({ ...parts, facilitation });
	const lateSeats = createLateSeats({ ...parts, facilitation, seating });
	const recording = createRecording({ ...parts, moments });
	const history = createHistory({ ...parts, moments, recording, facilitation, ballots });
	const voting = createVoting(parts);
	const matching = createMatching({ ...parts, matches });
	const reacting = createReacting({ ...parts, reactions: stores.reactions });
	const participantName = deps.participants.name;
	const told = { notes, updates, voting, matching, reacting, history, ballots, participantName };
	const items = createItems({ ...parts, ...told });
	const people = createPeople({
		...parts,
		ballots,
		addPerson: deps.participants.addPerson,
		unseat: facilitation.unseat
	});
	const signals = createSignals({ ...parts, signals: stores.signals });
	const screens = createScreens(parts);
	const { cofacilitators } = stores;

	return {
		run: createCommands({
			...parts,
			facilitation,
			items,
			people,
			signals,
			screens,
			cofacilitators
		}),
		signals,
		screens,
		history,
		/** Takes up what goes on by itself in a workshop with a live board: after a restart. */
		watch(workshop: StoredWorkshop): void {
			ballots.watch(workshop);
			recording.watch(workshop);
			byClock.watch(workshop);
			lateSeats.watch(workshop);
		},
		stop(): void {
			ballots.stop();
			recording.stop();
			byClock.stop();
			lateSeats.stop();
		}
	};
}
