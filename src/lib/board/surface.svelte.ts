import { createContext } from 'svelte';
import type { BoardValue, CardValue, GroupValue } from '#shared/doc/contents.ts';
import type { EarlierCard, Source } from '#shared/earlier.ts';
import type { Column, Exercise } from '#shared/exercises/format.ts';
import { countryName } from '#shared/exercises/countries.ts';
import { reactionCount, type Reaction, type Reactions } from '#shared/facilitation/reactions.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { AuthorKey, CardId, GroupId } from '#shared/ids.ts';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { Board } from '$lib/state/board.svelte.ts';
import { cardsOfAuthors } from '$lib/state/shown-board.ts';
import type { Workshop } from '$lib/state/workshop.svelte.ts';
import { scoreOf, type Score } from '$lib/voting/score.ts';
import type { InHand, Target } from './arranging.ts';
import { sourceFor } from './is-for.ts';
import { hidesNothing, mayMove, NO_SIFTING, sift, type Around, type Sifting } from './sifting.ts';
import { siftings } from './siftings.ts';
import type { Grip } from './pointer.ts';
import { liesShut, outOfSight, seenAs } from './stack.ts';

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
export type BoardAround = Pick<
	Workshop,
	'authors' | 'comments' | 'totals' | 'reactions' | 'reacted' | 'waiting' | 'people' | 'send'
> &
	Partial<Pick<Workshop, 'earlier'>>;

interface Sources {
	board: ShownBoard;
	workshop: BoardAround;
	boardView: BoardView;
	exercise: Exercise;
	arrange: boolean;
	mayReact: boolean;
	/** Whether this person may look through it. */
	sift: boolean;
	layout: Layout;
	/** Whose cards are looked at; null: everybody's. */
	authors: ReadonlySet<AuthorKey> | null;
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
	/** The card to which something is being said with one tap. */
	reacting = $state<CardId | null>(null);
	moving = $state.raw<InHand | null>(null);
	/** What takes the place of the group that had the focus, and so takes that too. */
	heir: GroupId | CardId | null = null;
	/** While the reveal plays. */
	dealing = $state(false);
	/** Groups that this person has opened or shut; others lie as they do (`stack.ts`). */
	shut = $state.raw<Record<GroupId, boolean>>({});

	/** Every card that this person may see. */
	whole: BoardValue = $derived.by(() => {
		const { board, authors } = this.#sources();
		return authors ? cardsOfAuthors(board.value, authors) : board.value;
	});
	/** As they look through it: what is drawn. */
	value: BoardValue = $derived.by(() => {
		const whole = this.whole;
		return this.isSifted ? sift(whole, this.sifting, this.around) : whole;
	});
	#byId = $derived(new Map(this.whole.cards.map((card) => [card.id, card])));
	#answers = $derived.by(() => {
		const counts = new Map<CardId, number>();
		for (const card of this.whole.cards)
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
	#outOfSight = $derived(outOfSight(this.value, (group) => this.isShut(group)));
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
		return this.#sources().arrange && mayMove(this.sifting);
	}
	/** Who may move cards may not now, because they lie otherwise than the room has them. */
	get isStill(): boolean {
		return this.#sources().arrange && !this.arrange;
	}
	/** How this person looks through the board. */
	get sifting(): Sifting {
		const { boardView, sift } = this.#sources();
		return (sift && siftings.get(boardView.id)) || NO_SIFTING;
	}
	set sifting(sifting: Sifting) {
		siftings.set(this.#sources().boardView.id, sifting);
	}
	get isSifted(): boolean {
		return !hidesNothing(this.sifting) || !mayMove(this.sifting);
	}
	/** What cards are looked for by, beside their words. */
	get around(): Around {
		const { workshop, boardView, board } = this.#sources();
		const language = getLocale();
		return {
			exercise: this.exercise,
			totals: boardView.votesShown ? (workshop.totals[boardView.id] ?? null) : null,
			comments: (card) => this.comments(card),
			reactions: (card) => reactionCount(this.said(card)),
			answers: (card) => this.#answers.get(card) ?? 0,
			earlier: (card) => this.source(card) !== null,
			author: (card) => this.author(card),
			own: board.author,
			people: Object.fromEntries(
				workshop.people.flatMap(({ id, name }) => (name ? [[id, name]] : []))
			),
			countryName: (code) => countryName(code, language),
			language
		};
	}
	/** What a group is can change while nobody has voted for it. */
	get mayRemake(): boolean {
		return this.arrange && this.#sources().boardView.phase === 'group';
	}
	get mayReact(): boolean {
		return this.#sources().mayReact;
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
	/** What it is for, of what an earlier exercise brought. */
	source(card: CardValue): Source | null {
		const { workshop, boardView, exercise } = this.#sources();
		return sourceFor(card, boardView.id, exercise, workshop.earlier);
	}
	/** Cards of other boards that are for this one. */
	following(card: CardId): EarlierCard[] {
		const { workshop, boardView } = this.#sources();
		return workshop.earlier?.following({ board: boardView.id, card }) ?? [];
	}
	comments(card: CardId): number {
		return this.#comments.get(card) ?? 0;
	}
	/** How many said what of a card with one tap. */
	said(card: CardId): Reactions {
		const { workshop, boardView } = this.#sources();
		return workshop.reactions[boardView.id]?.[card] ?? {};
	}
	/** What this person says of it: what is on its way, else what was told. */
	mineOn(card: CardId): Reaction | null {
		const { workshop, boardView } = this.#sources();
		const sent = workshop.waiting.findLast((one) => one.type === 'react' && one.card === card);
		if (sent?.type === 'react') return sent.reaction;
		return workshop.reacted[boardView.id]?.[card] ?? null;
	}
	/** Links that end here: its answers, and the card that it answers. */
	links(card: CardValue): number {
		return (this.#answers.get(card.id) ?? 0) + (card.answers ? 1 : 0);
	}
	/** What a card or a group came to, once it is shown; where it was placed is no number. */
	total(id: string): Score | null {
		const { workshop, boardView } = this.#sources();
		const totals = boardView.votesShown ? workshop.totals[boardView.id] : null;
		const { way } = boardView.voting;
		if (!totals || way === 'placing' || (way !== 'dots' && totals[id] === undefined)) return null;
		return scoreOf(way, totals[id] ?? 0);
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
	isShut(group: GroupValue): boolean {
		return this.shut[group.id] ?? liesShut(group, this.layout, !hidesNothing(this.sifting));
	}
	fold(group: GroupValue): void {
		this.shut = { ...this.shut, [group.id]: !this.isShut(group) };
	}
	/** Cards and groups that are drawn: they lie in nothing that is shut. */
	get inSight(): { id: CardId | GroupId }[] {
		const { cards, groups } = this.value;
		return [...cards, ...groups].filter(({ id }) => !this.#outOfSight.has(id));
	}
	/** The card that is drawn in a card's place. */
	seenAs(card: CardId): CardId {
		return this.#outOfSight.has(card)
			? seenAs(card, this.value, (group) => this.isShut(group))
			: card;
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
