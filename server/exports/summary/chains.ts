/** What led to what, from one exercise to the next, and how much of it each card has brought about. */
import { chainsOf, type Link } from '#shared/chain.ts';
import { keyOf, nameOfOne } from '#shared/earlier.ts';
import type { CardId } from '#shared/ids.ts';
import type { Item, Said, Summary } from '#shared/summary/model.ts';
import type { Words } from '../words.ts';
import { asked, itemOf, said } from './items.ts';
import type { SummedBoard } from './leaving-out.ts';

/** Null where no card is for one of another exercise. */
export function chainSection(boards: SummedBoard[], words: Words): Summary['chains'] {
	const chains = chainsOf(boards);
	if (chains.length === 0) return null;
	return {
		title: words.say('export_chains'),
		lead: words.say('export_lead_chains'),
		items: chains.map((chain) => linkItem(chain, null, words))
	};
}

/** `before`: the exercise of what it follows from; the same one is not named again. */
function linkItem(link: Link<SummedBoard>, before: SummedBoard | null, words: Words): Item {
	const { board, next } = link;
	const members = next.map((one) => linkItem(one, board, words));
	const under = members.length > 0 && { members };
	if ('action' in link) {
		const { what, who, when } = link.action;
		const told = [words.say('export_action'), who, words.when(when)].filter((text) => text.trim());
		return { text: said(what), notes: [], cloth: 0, from: said(told.join(' · ')), ...under };
	}
	const { exercise } = board.contents;
	const name = nameOfOne(exercise, link.card.column);
	// The chain itself says what it is for.
	const { links: _, ...item } = itemOf(link.card, { contents: board.contents, words });
	return {
		...item,
		from: asked(before === board ? name : `${name} · ${exercise.title}`, board),
		...under
	};
}

/** By board, what other exercises brought for each of its cards: how many cards, and where. */
export function foundFor(
	boards: SummedBoard[],
	words: Words
): (board: SummedBoard, card: CardId) => Said[] {
	const counts = new Map<string, Map<SummedBoard, number>>();
	for (const board of boards)
		for (const { of, carried } of Object.values(board.contents.sources ?? {})) {
			if (carried) continue;
			const key = keyOf(of);
			const by = counts.get(key) ?? new Map<SummedBoard, number>();
			counts.set(key, by.set(board, (by.get(board) ?? 0) + 1));
		}
	return ({ id }, card) =>
		[...(counts.get(keyOf({ board: id, card })) ?? [])].map(([board, count]) =>
			asked(
				words.say('export_found', {
					cards: words.count('cards', count),
					exercise: board.contents.exercise.title
				}),
				board
			)
		);
}
