/** Suggestions of what belongs together on a board: who may ask for them, and what they answered. */
import { setImmediate as turn } from 'node:timers/promises';
import * as v from 'valibot';
import type { Clock } from '#shared/clock.ts';
import type { BoardValue } from '#shared/doc/contents.ts';
import { isPutDown, mainText } from '#shared/doc/read.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import type { BoardId, Language, WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import {
	suggestionAnswerSchema,
	suggestionKeySchema,
	type Suggested
} from '#shared/suggestions.ts';
import type { SuggestionStore } from '#server/store/suggestions.ts';
import type { WorkshopStore } from '#server/store/workshops.ts';
import { suggest, type Lying } from '#server/suggestions/suggest.ts';
import { createTurns } from '#server/turns.ts';
import type { Rooms } from '#server/yjs/ports.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

export interface Suggestions {
	/** What looks alike on a revealed board; same ideas first. */
	of(workshop: WorkshopId, board: BoardId, who: Who): Promise<Suggested | Refusal>;
	/** Takes `{key, accepted}`: that suggestion is not made again. */
	answer(
		workshop: WorkshopId,
		board: BoardId,
		who: Who,
		given: unknown
	): Promise<{ answered: true } | Refusal>;
	/** Takes back the answer to one, by its key, or to all of the board: they are made again. */
	takeBack(
		workshop: WorkshopId,
		board: BoardId,
		who: Who,
		given?: unknown
	): Promise<{ takenBack: number } | Refusal>;
}

interface SuggestionsDeps {
	suggestions: SuggestionStore;
	store: Pick<WorkshopStore, 'exercises'>;
	workshops: StoredWorkshops;
	rooms: Pick<Rooms, 'read'>;
	clock: Clock;
}

/** Boards that are looked through at the same time, and requests that wait for that. */
const LOOKING = { atOnce: 1, waiting: 20 };
/** In ms: how long others wait for a part of it. */
const PART = 6;

export function createSuggestions(deps: SuggestionsDeps): Suggestions {
	const { suggestions, store, workshops, rooms, clock } = deps;
	const turns = createTurns(LOOKING);

	/** The board, for who facilitates its workshop. */
	async function facilitated(
		workshop: WorkshopId,
		board: BoardId,
		who: Who
	): Promise<{ state: BoardState; language: Language } | Refusal> {
		if (!isFacilitator(who.role)) return refuse('not-allowed');
		const found = await workshops.load(workshop);
		const state = found?.state.boards.find(({ id }) => id === board);
		if (!found || !state) return refuse('not-found');
		return state.revealed ? { state, language: found.state.language } : refuse('wrong-phase');
	}

	return {
		async of(workshop, board, who) {
			const found = await facilitated(workshop, board, who);
			if (isRefusal(found)) return found;
			const looked = turns.take(async () => {
				const [exercises, answered, value] = await Promise.all([
					store.exercises(workshop),
					suggestions.answered(board),
					rooms.read(board)
				]);
				const exercise = exercises.find(({ id }) => id === board)?.exercise;
				if (!exercise) return refuse('not-found');
				const { hidden } = found.state;
				const { language } = found;
				return inParts(suggest(lying({ value, exercise, hidden, answered, language })));
			});
			return looked ?? { ...refuse('try-again'), after: 5 };
		},
		async answer(workshop, board, who, given) {
			const found = await facilitated(workshop, board, who);
			if (isRefusal(found)) return found;
			const asked = v.safeParse(suggestionAnswerSchema, given);
			if (!asked.success) return refuse('malformed', v.summarize(asked.issues));
			await suggestions.answer({ boardId: board, ...asked.output, at: clock.now() });
			return { answered: true };
		},
		async takeBack(workshop, board, who, given) {
			const found = await facilitated(workshop, board, who);
			if (isRefusal(found)) return found;
			const key = v.safeParse(v.optional(suggestionKeySchema), given);
			if (!key.success) return refuse('malformed', v.summarize(key.issues));
			return { takenBack: await suggestions.takeBack(board, key.output) };
		}
	};
}

/** What is compared: the cards that the room sees. */
function lying(of: {
	value: BoardValue;
	exercise: Exercise;
	hidden: string[];
	answered: ReadonlySet<string>;
	language: Language;
}): Lying {
	const { value, exercise, hidden, answered, language } = of;
	const { columns, fields } = exercise;
	const about = fields.find(({ id }) => id === exercise.tab);
	const town = fields.find(({ contact }) => contact === 'town');
	const seen = value.cards.filter((card) => isPutDown(card, exercise) && !hidden.includes(card.id));
	const said = (given: unknown): string | undefined =>
		typeof given === 'string' && given.trim() !== '' ? given : undefined;
	return {
		cards: seen.map((card) => {
			const chosen = about && said(card.fields[about.id]);
			const option =
				about?.type === 'choice' ? about.options.find(({ id }) => id === chosen)?.title : undefined;
			return {
				id: card.id,
				column: card.column,
				text: mainText(card, exercise),
				...(card.language !== undefined && { language: card.language }),
				...(chosen !== undefined && { about: option ?? chosen }),
				...(town && said(card.fields[town.id]) && { place: String(card.fields[town.id]) })
			};
		}),
		groups: value.groups,
		answered,
		language,
		columns
	};
}

/** Runs it a little at a time: sockets are served in between. */
async function inParts<T>(work: Generator<void, T>): Promise<T> {
	let began = performance.now();
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
		if (performance.now() - began < PART) continue;
		await turn();
		began = performance.now();
	}
}
