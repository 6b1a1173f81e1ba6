/**
 * What a simulated person does in each phase, step by step: every generator yields for how many
 * looks they rest then, beside the one that the step takes. What they may not do just now is refused as it is to anybody.
 */
import { nanoid } from 'nanoid';
import type { VoteTarget } from '#shared/doc/contents.ts';
import { isAfter, takesCards } from '#shared/facilitation/phases.ts';
import type { Reaction } from '#shared/facilitation/reactions.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import { targetId } from '#shared/facilitation/votes.ts';
import type { Outcome } from '#shared/wire/events.ts';
import { one, nextCard, say, type Page, type Part } from './cards.ts';
import type { SimulatedPerson } from './simulated-person.ts';

export type Doings = AsyncGenerator<number, void>;

/** What somebody sees of the stage: asked anew, as it changes under them. */
export interface Scene {
	person: SimulatedPerson;
	part: Part;
	page: Page;
	/** The live board as it is now. */
	board(): BoardState;
	/** Only some comment, group or write down actions: their place in the cast. */
	place: number;
}

/** Cards that one person writes at most in a column, and on a board. */
const IN_A_COLUMN = 2;
const ON_A_BOARD = 4;
/** Of each: as a room does. */
const HANDS = 3;
const WRITERS_OF_ACTIONS = 4;
const REACTIONS_EACH = 2;
/** In looks: when what was put off is given again. */
const AGAIN = 3;
/** What is said with one tap, as often as a room says it. */
const SAID: readonly Reaction[] = [
	...Array<Reaction>(4).fill('agree'),
	...Array<Reaction>(2).fill('love'),
	'idea',
	'question',
	'thanks'
];

export async function* doingsOf(scene: Scene): Doings {
	const { phase, voting, revealed } = scene.board();
	const { chance } = scene.page;
	yield Math.floor(2 + chance() * 6);
	yield* write(scene);
	if (phase === 'share' || phase === 'discuss') yield* react(scene);
	if (phase === 'group') yield* group(scene);
	if (phase === 'vote' || (voting.open === 'throughout' && revealed)) yield* vote(scene);
	if (phase === 'discuss') yield* comment(scene);
	if (phase === 'act') yield* act(scene);
	yield Math.floor(2 + chance() * 10);
	while (isPutOff(await scene.person.give({ type: 'ready', phase: phaseOf(scene), on: true })))
		yield AGAIN;
}

/** By a server that has too much to do: a phone would ask again. */
const isPutOff = (outcome: Outcome): boolean => !outcome.ok && outcome.refusal === 'try-again';

const phaseOf = (scene: Scene) => {
	const { phase } = scene.board();
	return phase === 'done' ? 'act' : phase;
};

async function* write({ person, part, page, board }: Scene): Doings {
	const { exercise, chance } = page;
	const open = () => exercise.columns.filter((column) => takesCards(board(), column));
	// Columns that opened later are what a share is for; what was written before stays.
	const asked = () =>
		open().filter(({ opens }) => board().phase === 'write' || (board().phase === 'share' && opens));
	for (;;) {
		const own = person.own();
		const columns = asked().filter(
			({ id }) => own.filter(({ column }) => column === id).length < IN_A_COLUMN
		);
		if (columns.length === 0 || own.length >= ON_A_BOARD || chance() < 0.15 * own.length) return;
		const column = one(columns, chance);
		const answered = column.answers
			? person.board().cards.filter((card) => card.column === column.answers)
			: [];
		const answers = answered.length > 0 ? one(answered, chance).id : undefined;
		for (const _ of person.writing(nextCard(page, column.id, part), answers)) yield 0;
		yield Math.floor(3 + chance() * 8);
	}
}

/** Every second one says something to a card or two of others, with one tap. */
async function* react({ person, page, place, board }: Scene): Doings {
	if (place % 2 === 1) return;
	const { chance } = page;
	for (let said = 0; said < REACTIONS_EACH; said++) {
		yield Math.floor(3 + chance() * 8);
		const own = new Set(person.own().map(({ id }) => id));
		const cards = person
			.board()
			.cards.filter(({ id }) => !own.has(id) && !board().hidden.includes(id));
		if (cards.length === 0) return;
		const reaction = one(SAID, chance);
		await person.give({ type: 'react', card: one(cards, chance).id, reaction });
	}
}

async function* group({ person, part, page, board, place }: Scene): Doings {
	if (place >= HANDS) return;
	const { chance } = page;
	for (let moved = 0; moved < 3 && board().grouping === 'everyone'; moved++) {
		const { cards } = person.board();
		const column = cards[0]?.column;
		const [first, ...others] = cards
			.filter((card) => card.column === column)
			.filter((_, at) => at % HANDS === place);
		const free = others.filter(({ group }) => group === undefined);
		if (!first || free.length === 0) return;
		person.group(one(free, chance).id, first.id, say(part.language, 'group', chance));
		yield Math.floor(4 + chance() * 8);
	}
}

/** What this round is on. */
function targetsOf({ person, board }: Scene): VoteTarget[] {
	const { voting, hidden } = board();
	if (voting.on === 'options') return voting.options.map(({ id }) => ({ option: id }));
	const { cards, groups } = person.board();
	const themes = groups.filter(({ group }) => group === undefined);
	const grouped = new Set(themes.flatMap((theme) => theme.cards));
	const all = [
		...(voting.on === 'cards'
			? []
			: themes.map(({ id, column }) => ({ target: { group: id } as VoteTarget, column }))),
		...(voting.on === 'groups'
			? []
			: cards
					.filter(({ id }) => !hidden.includes(id) && (voting.on === 'cards' || !grouped.has(id)))
					.map(({ id, column }) => ({ target: { card: id } as VoteTarget, column })))
	];
	return all
		.filter(({ column }) => voting.columns === null || voting.columns.includes(column))
		.map(({ target }) => target)
		.filter((target) => voting.among === null || voting.among.includes(targetId(target)));
}

async function* vote(scene: Scene): Doings {
	const { person, page, board } = scene;
	const { chance } = page;
	const { voting, dots, dotsOnOne } = board();
	// What comes first wins more often, so that something wins.
	const targets = targetsOf(scene)
		.map((target, at) => ({ target, at: at * (0.3 + chance()) }))
		.sort((a, b) => a.at - b.at)
		.map(({ target }) => target);
	const slowly = () => Math.floor(2 + chance() * 5);
	const oneToFive = () => 1 + Math.floor(chance() * 5);
	switch (voting.way) {
		case 'dots':
			for (let left = dots, at = 0; left > 0 && at < targets.length; at++) {
				const count = Math.min(left, dotsOnOne, chance() < 0.3 ? 2 : 1);
				await person.give({ type: 'vote', target: targets[at]!, count });
				left -= count;
				yield slowly();
			}
			return;
		case 'rating':
			for (const target of targets.slice(0, 12)) {
				await person.give({ type: 'vote', target, count: oneToFive() });
				yield slowly();
			}
			return;
		case 'placing':
			for (const target of targets.slice(0, 8)) {
				await person.give({ type: 'place', target, at: { x: oneToFive(), y: oneToFive() } });
				yield slowly();
			}
			return;
		case 'order':
			for (let first = 1; first <= Math.min(3, targets.length); first++) {
				await person.give({ type: 'rank', targets: targets.slice(0, first) });
				yield slowly();
			}
			return;
		case 'pairs':
			for (let at = 0; at + 1 < Math.min(targets.length, 8); at++) {
				const pair: [VoteTarget, VoteTarget] = [targets[at]!, targets[at + 1]!];
				await person.give({ type: 'prefer', pair, better: chance() < 0.7 ? 0 : 1 });
				yield slowly();
			}
			return;
		default:
			return voting.way satisfies never;
	}
}

async function* comment({ person, part, page, place }: Scene): Doings {
	const { cards } = person.board();
	if (place % HANDS !== 0 || cards.length === 0) return;
	const text = say(part.language, 'comment', page.chance);
	await person.give({ type: 'comment', id: nanoid(), card: one(cards, page.chance).id, text });
	yield 5;
}

async function* act({ person, part, page, place, board }: Scene): Doings {
	if (place >= WRITERS_OF_ACTIONS || isAfter(board().phase, 'act')) return;
	const { chance } = page;
	yield Math.floor(3 + chance() * 10);
	await person.give({
		type: 'action',
		id: nanoid(),
		what: say(part.language, 'action', chance),
		who: board().anonymous ? '' : part.name,
		when: say(part.language, 'when', chance)
	});
}
