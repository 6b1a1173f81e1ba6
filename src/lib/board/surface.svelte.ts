import { createContext } from 'svelte';
import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import type { Column, Exercise } from '#shared/exercises/format.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { CardId, GroupId } from '#shared/ids.ts';
import type { Board } from '$lib/state/board.svelte.ts';
import type { Workshop } from '$lib/state/workshop.svelte.ts';
import type { InHand, Target } from './arranging.ts';
import type { Grip } from './pointer.ts';

export type Layout = 'wide' | 'phone';

/** What a surface needs of a board: of the one that lives, or of an earlier moment of it. */
export type ShownBoard = Pick<
	Board,
	| 'exercise'
	| 'value'
	| 'author'
	| 'moving'
	| 'hold'
	| 'title'
	| 'place'
	| 'makeGroup'
	| 'joinGroup'
	| 'leaveGroup'
	| 'dissolve'
> &
	Partial<Pick<Board, 'columns'>>;
/** And of what is told beside it. */
export type BoardAround = Pick<Workshop, 'authors' | 'comments' | 'totals' | 'people' | 'send'>;

interface Sources {
	board: ShownBoard;
	workshop: BoardAround;
	boardView: BoardView;
	exercise: Exercise;
	arrange: boolean;
	layout: Layout;
}

/**
 * What the parts of one board surface share: whose card it is, how often it is answered, what is in
 * hand. Counted once for the board, not once for each card.
 */
export class Surface {
	#sources: () => Sources;

	/** What is in hand on this device, and how it is held. */
	hand = $state.raw<InHand | null>(null);
	via = $state<'pointer' | 'keys'>('pointer');
	target = $state.raw<Target | null>(null);
	at = $state.raw({ x: 0, y: 0 });
	grip = $state.raw<Grip>({ x: 0, y: 0, width: 240 });
	/** The one card that Tab reaches; arrows go on from there. */
	active = $state<string | null>(null);
	/** The one that has the focus, and the one under the mouse: their links are drawn strong. */
	focused = $state<string | null>(null);
	pointed = $state<string | null>(null);
	/** The card whose details are open, and the one that "Move to…" is asked for. */
	details = $state<CardId | null>(null);
	moving = $state.raw<InHand | null>(null);
	/** The group that takes the place of the one that had the focus, and so takes that too. */
	heir: GroupId | null = null;
	/** While the reveal plays. */
	dealing = $state(false);
	/** Groups that this person has opened or shut; others are as the layout has them. */
	shut = $state.raw<Record<GroupId, boolean>>({});

	value: BoardValue = $derived.by(() => this.#sources().board.value);
	#byId = $derived(new Map(this.value.cards.map((card) => [card.id, card])));
	#answers = $derived.by(() => {
		const counts = new Map<CardId, number>();
		for (const card of this.value.cards)
			if (card.answers) counts.set(card.answers, (counts.get(card.answers) ?? 0) + 1);
		return counts;
	});
	#comments = $derived.by(() => {
		const counts = new Map<CardId, number>();
		const { workshop, boardView } = this.#sources();
		for (const { card } of workshop.comments[boardView.id] ?? [])
			counts.set(card, (counts.get(card) ?? 0) + 1);
		return counts;
	});
	#hidden = $derived.by(() => new Set(this.#sources().boardView.hidden));
	#own = $derived.by(() => this.#sources().board.author);
	/** Where each card stands in the order of dealing. */
	#dealt = $derived(new Map(this.value.cards.map((card, index) => [card.id, index])));

	constructor(sources: () => Sources) {
		this.#sources = sources;
	}

	get board(): ShownBoard {
		return this.#sources().board;
	}
	get exercise(): Exercise {
		return this.#sources().exercise;
	}
	/** Those that are seen. */
	get columns(): Column[] {
		return this.board.columns ?? this.exercise.columns;
	}
	/** Everybody is led to this card. */
	isShown(card: CardId): boolean {
		const { spotlight } = this.#sources().boardView;
		return spotlight !== null && 'card' in spotlight && spotlight.card === card;
	}
	get layout(): Layout {
		return this.#sources().layout;
	}
	get arrange(): boolean {
		return this.#sources().arrange;
	}
	/** What a group is can change while nobody has voted for it. */
	get mayRemake(): boolean {
		return this.arrange && this.#sources().boardView.phase === 'group';
	}
	get count(): number {
		return this.value.cards.length;
	}

	card(id: CardId): CardValue | undefined {
		return this.#byId.get(id);
	}
	/** The author's name, or null: an anonymous board has none, and nothing in its place. */
	author(card: CardValue): string | null {
		const { workshop, boardView } = this.#sources();
		return workshop.authors[boardView.id]?.[card.author]?.name ?? null;
	}
	comments(card: CardId): number {
		return this.#comments.get(card) ?? 0;
	}
	/** Links that end here: its answers, and the card that it answers. */
	links(card: CardValue): number {
		return (this.#answers.get(card.id) ?? 0) + (card.answers ? 1 : 0);
	}
	/** Votes on a card or a group, once they are shown. */
	total(id: string): number | null {
		const { workshop, boardView } = this.#sources();
		const totals = boardView.votesShown ? workshop.totals[boardView.id] : null;
		return totals ? (totals[id] ?? 0) : null;
	}
	hidden(card: CardValue): 'author' | 'facilitator' | null {
		if (!this.#hidden.has(card.id)) return null;
		return card.author === this.#own ? 'author' : 'facilitator';
	}
	/** Who else moves a card now. */
	mover(card: CardId): string | null {
		return this.board.moving[card] ?? null;
	}
	dealtAt(card: CardId): number {
		return this.#dealt.get(card) ?? 0;
	}
	isShut(group: GroupId): boolean {
		return this.shut[group] ?? this.layout === 'phone';
	}
	fold(group: GroupId): void {
		this.shut = { ...this.shut, [group]: !this.isShut(group) };
	}

	/** Takes something in hand; others see that it moves, nothing is written. */
	pick(hand: InHand, via: 'pointer' | 'keys'): void {
		this.hand = hand;
		this.via = via;
		this.target = null;
		this.active = hand.id;
		if (hand.kind === 'card') this.board.hold(hand.id);
	}
	/** Opens the hand; what it held lies where it lay, unless it was dropped before. */
	letGo(): void {
		this.hand = null;
		this.target = null;
		this.board.hold(null);
	}
}

export const [getSurface, setSurface] = createContext<Surface>();
