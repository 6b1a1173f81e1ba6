/** What was decided before somebody joined, so that they can go on with the others at once. */
import { computeView, type ViewSection } from '#shared/exercises/views.ts';
import { cardsOf } from '#shared/exercises/views/cards.ts';
import { isPoll } from '#shared/facilitation/polls.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { SoFar } from '#shared/so-far.ts';
import type { BoardInput } from '#server/exports/input.ts';
import { scoreWords } from '#server/exports/voted.ts';
import { wordsIn, type Words } from '#server/exports/words.ts';
import type { ParticipantStore } from '#server/store/participants.ts';
import type { Gathering } from './gathering-input.ts';

/** So much of each board fits a screen. */
const BEST = 3;

export interface SoFarOf {
	of(workshop: WorkshopId, person: ParticipantId): Promise<SoFar | Refusal>;
}

interface SoFarDeps {
	gathering: Gathering;
	participants: Pick<ParticipantStore, 'byId'>;
}

export function createSoFar({ gathering, participants }: SoFarDeps): SoFarOf {
	return {
		async of(id, person) {
			const [seen, seat] = await Promise.all([gathering.shown(id), participants.byId(person)]);
			if (!seen || !seat) return refuse('not-found');
			const missed = seen.boards.filter(
				(board) => !isPoll(board) && board.finishedAt !== null && board.finishedAt <= seat.joinedAt
			);
			if (missed.length === 0) return { boards: [] };
			const who = { role: 'participant', participant: person } as const;
			const input = await gathering.gather({ ...seen, boards: missed }, who);
			const words = wordsIn(input.workshop.language);
			return { boards: input.boards.map((board) => told(board, words)) };
		}
	};
}

function told({ id, state, contents }: BoardInput, words: Words): SoFar['boards'][number] {
	const voted = computeView({ type: 'votes', title: '' }, contents, words.view);
	const way = contents.voted?.voting.way ?? 'dots';
	const ideas =
		voted.kind === 'sections'
			? voted.sections.slice(0, BEST).map((one) => ({
					...idea(one),
					...(way !== 'dots' && { score: scoreWords(way, one.count, words) })
				}))
			: [];
	return {
		id,
		title: state.title,
		cards: cardsOf(contents).length,
		ideas,
		actions: contents.actions.map(({ what, who, when }) => ({ what, who, when }))
	};
}

/** A group by its name, a card by its words. */
function idea({ title, count, cards }: ViewSection) {
	const alone = title === '' ? cards[0] : undefined;
	const language = alone?.card.language;
	return {
		text: alone?.text ?? title,
		...(language === undefined ? {} : { language }),
		votes: count
	};
}
