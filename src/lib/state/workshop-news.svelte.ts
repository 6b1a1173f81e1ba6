/**
 * What the server tells of a workshop beside its state: who is here, and what belongs to each board.
 * Big values are replaced whole; nothing in here is changed by anybody but the server's news.
 */
import type { ActionValue, CommentValue, Votes } from '#shared/doc/contents.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { Reaction, Reactions } from '#shared/facilitation/reactions.ts';
import type { ScreenPage, Turn } from '#shared/facilitation/screen-pages.ts';
import type { OwnSignals, SignalsView } from '#shared/facilitation/signals.ts';
import type { Choices, Tally } from '#shared/facilitation/ways.ts';
import type { AuthorKey, CardId, ParticipantId } from '#shared/ids.ts';
import type { MatchedGroup } from '#shared/matching/themes.ts';
import type {
	KeptSeat,
	LastDeed,
	LateView,
	LeftView,
	MatchedView,
	PersonView,
	SavingView,
	TableView
} from '#shared/wire/events.ts';
import type { Remembered } from '../sync/remembered.ts';
import type { RoomSocket } from '../sync/socket.ts';
import { ofThese, withOf, withOne, withoutOne, type PerBoard } from './per-board.ts';

/** What one person has cast on a board; `choices` in ways that numbers alone do not say. */
export interface OwnBallot {
	mine: Votes;
	left: number;
	choices?: Choices;
}

export class WorkshopNews {
	people = $state.raw<PersonView[]>([]);
	/** How many are here; null until the server has told it. */
	here = $state<number | null>(null);
	exercises = $state.raw<PerBoard<Exercise>>({});
	counts = $state.raw<PerBoard<{ cards: number; people: number; writing: number }>>({});
	comments = $state.raw<PerBoard<CommentValue[]>>({});
	actions = $state.raw<PerBoard<ActionValue[]>>({});
	/** How many said what of each card with one tap. */
	reactions = $state.raw<PerBoard<Record<CardId, Reactions>>>({});
	/** On a participant's page, one's own. */
	reacted = $state.raw<PerBoard<Record<CardId, Reaction>>>({});
	/** On a desk: who has put down a card, where the board has names. */
	writers = $state.raw<PerBoard<ParticipantId[]>>({});
	/** On a desk: who else has it open, and what was done last. */
	beside = $state.raw<{ others: string[]; last: LastDeed | null }>({ others: [], last: null });
	/** On a desk: what people say without a word. */
	signals = $state.raw<SignalsView>({ stretch: null, ready: [], pulses: [], hands: [] });
	/** On a desk: which page the room screen shows, where it has several. */
	page = $state.raw<ScreenPage | null>(null);
	/** On a participant's page, one's own. */
	mine = $state.raw<OwnSignals>({ readyFor: null, pulse: null, pulseAt: null, handAt: null });
	ballots = $state.raw<PerBoard<OwnBallot>>({});
	/** Of people without a device, for whom this person votes: by seat. */
	ballotsOf = $state.raw<Record<ParticipantId, PerBoard<OwnBallot>>>({});
	/** On a participant's page: whom they write for. */
	seats = $state.raw<KeptSeat[]>([]);
	/** Of these, what each would be told themself: by seat. */
	heldOf = $state.raw<Record<ParticipantId, PerBoard<number>>>({});
	leftOf = $state.raw<Record<ParticipantId, PerBoard<LeftView[]>>>({});
	matchedOf = $state.raw<Record<ParticipantId, PerBoard<MatchedView>>>({});
	/** On a participant's page: where they sit, where the room is split. */
	table = $state.raw<TableView | null>(null);
	totals = $state.raw<PerBoard<Votes | null>>({});
	/** What the votes came to beside the totals, once shown. */
	tallies = $state.raw<PerBoard<Tally | null>>({});
	/** On a desk: how many have cast something, and how many all that they can. */
	voted = $state.raw<PerBoard<{ some: number; all: number }>>({});
	authors = $state.raw<PerBoard<Record<AuthorKey, { participant: ParticipantId; name: string }>>>(
		{}
	);
	late = $state.raw<PerBoard<LateView[]>>({});
	held = $state.raw<PerBoard<number>>({});
	left = $state.raw<PerBoard<LeftView[]>>({});
	/** On a desk: who was matched with whom. */
	matches = $state.raw<PerBoard<MatchedGroup[]>>({});
	/** On a participant's page, one's own. */
	matched = $state.raw<PerBoard<MatchedView>>({});
	removed = $state.raw<PerBoard<{ card: CardId; text: string }[]>>({});
	/** What of a board waits for the server's database. */
	saving = $state.raw<PerBoard<SavingView | null>>({});

	/** How often cards of this person were asked for while the page was open. */
	ideasAsked = $state(0);
	readonly #turned = new Set<(to: Turn) => void>();

	/** On a room screen: calls `listener` with every turn of the page from elsewhere. */
	onTurn(listener: (to: Turn) => void): () => void {
		this.#turned.add(listener);
		return () => this.#turned.delete(listener);
	}

	/** What a participant's page remembers of it. */
	protected get lists(): Omit<Remembered, 'seat' | 'at' | 'view'> {
		const { exercises, comments, actions, ballots, held, left, matched, table } = this;
		return { exercises, comments, actions, ballots, held, left, matched, table };
	}

	/** As it was on an earlier visit, until the server tells it. */
	protected recall(lists: Remembered): void {
		this.exercises = lists.exercises;
		this.comments = lists.comments;
		this.actions = lists.actions;
		this.ballots = lists.ballots;
		this.held = lists.held;
		this.left = lists.left;
		this.matched = lists.matched ?? {};
		this.table = lists.table ?? null;
	}

	protected hear(io: Pick<RoomSocket['io'], 'on'>): void {
		io.on('roster:changed', (people, here) => {
			this.people = people;
			this.here = here;
		});
		io.on('board:described', (board, exercise) => {
			this.exercises = { ...this.exercises, [board]: exercise };
		});
		io.on('authors:changed', (board, authors) => {
			this.authors = { ...this.authors, [board]: authors };
		});
		io.on('counts:changed', (board, counts) => {
			this.counts = { ...this.counts, [board]: counts };
		});
		io.on('writers:changed', (board, people) => {
			this.writers = { ...this.writers, [board]: people };
		});
		io.on('facilitators:changed', (others, last) => (this.beside = { others, last }));
		io.on('signals:changed', (signals) => (this.signals = signals));
		io.on('signals:mine', (own) => (this.mine = own));
		io.on('page:changed', (page) => (this.page = page));
		io.on('page:turned', (to) => this.#turned.forEach((listener) => listener(to)));
		io.on('ballot:changed', (board, mine, left, choices) => {
			this.ballots = { ...this.ballots, [board]: { mine, left, choices } };
		});
		io.on('ballot:of', (board, seat, mine, left, choices) => {
			this.ballotsOf = withOf(this.ballotsOf, seat, board, { mine, left, choices });
		});
		io.on('held:of', (board, seat, cards) => {
			this.heldOf = withOf(this.heldOf, seat, board, cards);
		});
		io.on('left:of', (board, seat, cards) => {
			this.leftOf = withOf(this.leftOf, seat, board, cards);
		});
		io.on('matched:of', (board, seat, matched) => {
			this.matchedOf = withOf(this.matchedOf, seat, board, matched);
		});
		io.on('seats:changed', (seats) => {
			this.seats = seats;
			// Of who was taken out, or erased, nothing stays on the page.
			this.heldOf = ofThese(this.heldOf, seats);
			this.leftOf = ofThese(this.leftOf, seats);
			this.matchedOf = ofThese(this.matchedOf, seats);
		});
		io.on('table:changed', (table) => (this.table = table));
		io.on('totals:changed', (board, totals, tally) => {
			this.totals = { ...this.totals, [board]: totals };
			this.tallies = { ...this.tallies, [board]: tally };
		});
		io.on('voted:changed', (board, voted) => {
			this.voted = { ...this.voted, [board]: voted };
		});
		io.on('late:changed', (board, late) => {
			this.late = { ...this.late, [board]: late };
		});
		io.on('held:changed', (board, cards) => {
			this.held = { ...this.held, [board]: cards };
		});
		io.on('left:changed', (board, cards) => {
			this.left = { ...this.left, [board]: cards };
		});
		io.on('matches:changed', (board, groups) => {
			this.matches = { ...this.matches, [board]: groups };
		});
		io.on('matched:changed', (board, matched) => {
			this.matched = { ...this.matched, [board]: matched };
		});
		io.on('removed:changed', (board, cards) => {
			this.removed = { ...this.removed, [board]: cards };
		});
		io.on('saving:changed', (board, saving) => {
			this.saving = { ...this.saving, [board]: saving };
		});
		io.on('ideas:asked', () => (this.ideasAsked += 1));
		io.on('comments:told', (board, comments) => {
			this.comments = { ...this.comments, [board]: comments };
		});
		io.on('comment:added', (board, comment) => {
			this.comments = withOne(this.comments, board, comment);
		});
		io.on('comment:removed', (board, id) => {
			this.comments = withoutOne(this.comments, board, id);
		});
		io.on('reactions:told', (board, cards) => {
			this.reactions = { ...this.reactions, [board]: cards };
		});
		io.on('reactions:changed', (board, cards) => {
			this.reactions = { ...this.reactions, [board]: { ...this.reactions[board], ...cards } };
		});
		io.on('reactions:mine', (board, mine) => {
			this.reacted = { ...this.reacted, [board]: mine };
		});
		io.on('actions:told', (board, actions) => {
			this.actions = { ...this.actions, [board]: actions };
		});
		io.on('action:changed', (board, action) => {
			this.actions = withOne(this.actions, board, action);
		});
		io.on('action:removed', (board, id) => {
			this.actions = withoutOne(this.actions, board, id);
		});
	}
}
