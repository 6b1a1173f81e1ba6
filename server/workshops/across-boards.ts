/** The boards of all workshops that somebody facilitates, read one after the other: sockets are served in between. */
import type { Exercise } from '#shared/exercises/format.ts';
import { isPoll } from '#shared/facilitation/polls.ts';
import type { WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import type { Account } from '#server/app.ts';
import type { AcrossWorkshop } from '#server/exports/across.ts';
import { createTurnstile } from '#server/exports/turnstile.ts';
import type { CofacilitatorStore } from '#server/store/cofacilitators.ts';
import type { StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';
import type { Gathering } from './gathering-input.ts';
import { isWhole } from './stored-workshops.ts';

interface AcrossBoardsDeps {
	store: WorkshopStore;
	cofacilitators: CofacilitatorStore;
	gathering: Gathering;
}

export interface AcrossBoards {
	/** What was done in them, the most often done first: exercises that have a revealed board. */
	exercises(account: Account): Promise<{ id: string; title: string; workshops: number }[]>;
	/** Revealed boards of exercises that are wanted, the newest workshop first. `cut`: there are more. */
	read(
		account: Account,
		about: string,
		wanted: (exercise: Exercise) => boolean
	): Promise<{ workshops: AcrossWorkshop[]; cut: boolean }>;
	/** Whether they facilitate all of these, now. */
	facilitates(account: Account, workshops: WorkshopId[]): Promise<boolean>;
}

/** Workshops that are read, the newest. */
const MOST_WORKSHOPS = 200;

export function createAcrossBoards(deps: AcrossBoardsDeps): AcrossBoards {
	const { store, cofacilitators, gathering } = deps;
	/** One reading at a time: it is long, and nobody's board waits for it. */
	const turnstile = createTurnstile(1);

	async function facilitatedBy(account: Account): Promise<StoredWorkshop[]> {
		const [mine, beside] = await Promise.all([
			store.ownedBy(account.id),
			cofacilitators.ofAccount(account.id)
		]);
		return [...mine, ...(await store.byIds(beside))]
			.filter((one) => one.deletedAt === null && one.rehearsalOf === null && isWhole(one))
			.sort((a, b) => b.createdAt - a.createdAt);
	}

	async function readAll(account: Account, wanted: (exercise: Exercise) => boolean) {
		const workshops = await facilitatedBy(account);
		const read: AcrossWorkshop[] = [];
		for (const workshop of workshops.slice(0, MOST_WORKSHOPS)) {
			const { id, state, ownerId, createdAt } = workshop;
			const asked = (await revealedIn(workshop)).filter(({ exercise }) => wanted(exercise));
			if (asked.length === 0) continue;
			const role = ownerId === account.id ? 'facilitator' : 'co-facilitator';
			const who: Who = { role, account: account.id };
			const revealed = asked.map(({ board }) => board);
			const input = await gathering.gather({ workshop, boards: revealed }, who);
			const origin = { id, title: state.title, at: state.openedAt ?? createdAt };
			read.push({ origin, input: { ...input, logo: null } });
		}
		return { workshops: read, cut: workshops.length > MOST_WORKSHOPS };
	}

	/** The boards of a workshop that are revealed, with their exercises. */
	async function revealedIn({ id, state }: StoredWorkshop) {
		const exercises = new Map((await store.exercises(id)).map((one) => [one.id, one.exercise]));
		return state.boards.flatMap((board) => {
			const exercise = exercises.get(board.id);
			// What was asked in passing is compared with nothing.
			return board.revealed && !isPoll(board) && exercise ? [{ board, exercise }] : [];
		});
	}

	async function countExercises(account: Account) {
		const done = new Map<string, { id: string; title: string; workshops: number }>();
		for (const workshop of (await facilitatedBy(account)).slice(0, MOST_WORKSHOPS)) {
			const revealed = await revealedIn(workshop);
			for (const [id, title] of new Map(
				revealed.map(({ exercise }) => [exercise.id, exercise.title])
			)) {
				const before = done.get(id) ?? { id, title, workshops: 0 };
				done.set(id, { ...before, workshops: before.workshops + 1 });
			}
		}
		return [...done.values()].sort((a, b) => b.workshops - a.workshops);
	}

	return {
		exercises: (account) => turnstile.pass(account.id, () => countExercises(account)),
		read: (account, about, wanted) =>
			turnstile.pass(`${account.id} ${about}`, () => readAll(account, wanted)),
		async facilitates(account, workshops) {
			if (workshops.length === 0) return true;
			const ids = new Set((await facilitatedBy(account)).map(({ id }) => id));
			return workshops.every((id) => ids.has(id));
		}
	};
}
