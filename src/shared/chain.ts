/**
 * What led to what: barrier → way round → partner → advocate → action. A forest over what cards
 * answer, what they are for, and what actions are about. Each card stands in it once.
 */
import type { ActionValue, CardValue } from './doc/contents.ts';
import { mainText } from './doc/read.ts';
import type { CardFrom } from './doc/schema.ts';
import { keyOf, leadOf } from './earlier.ts';
import type { BoardContents } from './exercises/views.ts';
import { cardsOf } from './exercises/views/cards.ts';
import { scoreOfCards } from './facilitation/votes.ts';
import type { BoardId } from './ids.ts';

export interface ChainBoard {
	id: BoardId;
	contents: Pick<BoardContents, 'exercise' | 'board' | 'votes' | 'actions'>;
}

/** A card, or an action, and what followed from it. */
export type Link<Board extends ChainBoard = ChainBoard> = {
	board: Board;
	next: Link<Board>[];
} & ({ card: CardValue } | { action: ActionValue });

/** So many one under the other; what lies deeper stands beside the last of them. */
export const DEEPEST = 5;

interface Node<Board> {
	board: Board;
	at: number;
	card: CardValue;
	text: string;
}

/**
 * The chains that lead from one exercise to another, in the order of `boards`, which is that of their
 * start; on a board the most voted first.
 */
export function chainsOf<Board extends ChainBoard>(boards: readonly Board[]): Link<Board>[] {
	const nodes = nodesOf(boards);
	const find = (to: CardFrom) => nodes.get(keyOf(to));
	const keyed = ({ board, card }: Node<Board>) => keyOf({ board: board.id, card: card.id });
	/** One for all that say the same. */
	const leadAt = ({ board, card }: Node<Board>) =>
		find({ board: board.id, card: leadOf(board.contents, card) });
	/** Only what was there before: time lets nothing lead to itself. */
	const source = ({ card, at }: Node<Board>) => {
		const of = card.from && find(card.from);
		return of && of.at < at ? of : undefined;
	};
	/** What was carried over stands where it came from, and what says the same with the first of it. */
	function homeOf(node: Node<Board>): Node<Board> {
		const lead = leadAt(node) ?? node;
		const of = source(lead);
		return of?.text === lead.text ? homeOf(of) : lead;
	}

	const up = new Map<string, Node<Board>>();
	const homes = [...nodes.values()].map((node) => ({ node, home: homeOf(node) }));
	/** One that says the same as another speaks for it where that one is for nothing itself. */
	for (const { node, home } of homes.toSorted((a, b) => isHome(b) - isHome(a))) {
		const { board, card } = node;
		const answered = card.answers && find({ board: board.id, card: card.answers });
		const above = answered || source(node);
		const under = above && homeOf(above);
		const key = keyed(home);
		// Answers alone could lead in a circle, on one board: then the last of them begins anew.
		if (under && under.at <= home.at && !up.has(key) && !leadsTo(under, key)) up.set(key, under);
	}
	function leadsTo(from: Node<Board>, key: string): boolean {
		for (let at: Node<Board> | undefined = from; at; at = up.get(keyed(at)))
			if (keyed(at) === key) return true;
		return false;
	}

	const under = new Map<string, Link<Board>[]>();
	const put = (above: Node<Board>, link: Link<Board>) => {
		const key = keyed(above);
		under.set(key, [...(under.get(key) ?? []), link]);
	};
	const links = new Map<string, Link<Board>>();
	for (const [key, { board, card }] of nodes) links.set(key, { board, card, next: [] });
	for (const [key, above] of up) put(above, links.get(key)!);
	for (const board of boards)
		for (const action of board.contents.actions) {
			const about = action.card && find({ board: board.id, card: action.card });
			if (about) put(homeOf(about), { board, action, next: [] });
		}

	/** Everything under a card; from a depth on, what would stand deeper is put beside it. */
	function grow(link: Link<Board>, depth: number): Link<Board> {
		if (!('card' in link)) return link;
		const own = under.get(keyOf({ board: link.board.id, card: link.card.id })) ?? [];
		const next = depth < DEEPEST - 2 ? own : flat(own);
		return { ...link, next: next.map((one) => (next === own ? grow(one, depth + 1) : one)) };
	}
	function flat(first: Link<Board>[]): Link<Board>[] {
		const all: Link<Board>[] = [];
		const waiting = first.toReversed();
		for (let one = waiting.pop(); one; one = waiting.pop()) {
			all.push(one);
			if ('card' in one)
				waiting.push(
					...(under.get(keyOf({ board: one.board.id, card: one.card.id })) ?? []).toReversed()
				);
		}
		return all;
	}

	return [...nodes]
		.filter(([key]) => !up.has(key) && under.has(key))
		.map(([key]) => grow(links.get(key)!, 0))
		.filter((chain) => isAcross(chain, chain.board.id));
}

function nodesOf<Board extends ChainBoard>(boards: readonly Board[]): Map<string, Node<Board>> {
	const all = boards.flatMap((board, at) => {
		const { contents } = board;
		const score = scoreOfCards(contents.board.groups, contents.votes ?? {});
		return cardsOf(contents)
			.map((card) => ({ card, votes: score(card.id) }))
			.sort((a, b) => b.votes - a.votes)
			.map(({ card }) => ({ board, at, card, text: mainText(card, contents.exercise) }));
	});
	return new Map(all.map((node) => [keyOf({ board: node.board.id, card: node.card.id }), node]));
}

const isHome = ({ node, home }: { node: unknown; home: unknown }): number => Number(node === home);

const isAcross = (link: Link, begun: BoardId): boolean =>
	link.board.id !== begun || link.next.some((one) => isAcross(one, begun));
