/** One participant's own: what they wrote, what the room made of it, whom they were matched with, what they do. */
import { dayOf } from '#shared/day-of.ts';
import type { CardValue } from '#shared/doc/contents.ts';
import { isPutDown, mainText } from '#shared/doc/read.ts';
import { earlierCards, keyOf, sourceOf, type EarlierCard } from '#shared/earlier.ts';
import { countryName } from '#shared/exercises/countries.ts';
import { fieldsOf, type Exercise } from '#shared/exercises/format.ts';
import { normalised, readableValue } from '#shared/exercises/views/cards.ts';
import { isPoll } from '#shared/facilitation/polls.ts';
import type { ActionId, BoardId, CardId } from '#shared/ids.ts';
import type { Block, Summary } from '#shared/summary/model.ts';
import type { MyAction, MyBoard, MyCard, MyMatch, TakeAway, Told } from '#shared/take-away.ts';
import { clothOf } from '#shared/exercises/cloth.ts';
import { isRightToLeft } from '#shared/ids.ts';
import { byTime, type BoardInput, type ExportInput } from './input.ts';
import { asked, said } from './summary/items.ts';
import { scoreOf } from './voted.ts';
import type { Words } from './words.ts';

/** What a person has on a board, which no export has: drafts and what is still private, too. */
export interface Own {
	id: BoardId;
	title: string;
	revealed: boolean;
	anonymous: boolean;
	exercise: Exercise;
	/** From their notebook. */
	cards: CardValue[];
	/** Their cards that facilitators have hidden. */
	hidden: Set<CardId>;
	/** What was left for them, with the card by which who left it was matched, and their name. */
	contacts: { text: string; name: string; card: CardId | undefined }[];
}

export interface Mine {
	name: string;
	boards: Own[];
	/** Actions that they wrote down. */
	actions: Set<ActionId>;
}

/** With what cards may be for, by their keys. */
type WithEarlier = ExportInput & { earlier: Map<string, EarlierCard> };

/** `matches`: what the room's summary says of the boards on which people were matched; null without any. */
export function takeAwayOf(
	input: ExportInput,
	mine: Mine,
	matches: Summary | null,
	words: Words
): TakeAway {
	const { workshop } = input;
	/** What was asked in passing is the room's, not one's own. */
	const polls = new Set(input.boards.filter(({ state }) => isPoll(state)).map(({ id }) => id));
	const seen = earlierCards(input.boards.filter(({ state }) => state.revealed));
	const earlier = new Map(seen.map((card) => [keyOf(card), card]));
	const boards = mine.boards
		.filter(({ id }) => !polls.has(id))
		.map((own) => boardOf(own, { ...input, earlier }, matches, words))
		.filter(({ cards }) => cards.length > 0);
	const actions = actionsOf(input.boards, mine, words);
	const cards = boards.reduce((sum, board) => sum + board.cards.length, 0);
	return {
		language: words.language,
		direction: isRightToLeft(workshop.language) ? 'rtl' : 'ltr',
		kind: words.say('export_mine'),
		title: said(workshop.title),
		about: [
			...(workshop.openedAt === null ? [] : [said(words.day(workshop.openedAt))]),
			...(workshop.facilitator
				? [said(words.say('export_with', { facilitator: workshop.facilitator }))]
				: [])
		],
		...(mine.name && { name: said(mine.name) }),
		counts: [
			words.count('cards', cards),
			...(actions.length > 0 ? [words.count('actions', actions.length)] : [])
		],
		actions: actions.length > 0 ? { title: words.say('export_mine_actions'), rows: actions } : null,
		boards,
		none: words.say('export_mine_none'),
		left: [words.say('export_mine_left')],
		colophon: words.say('export_made_with')
	};
}

/** What is written down for them by name, and what they wrote down; the earliest day first. */
function actionsOf(boards: BoardInput[], mine: Mine, words: Words): MyAction[] {
	const name = mine.name && normalised(mine.name);
	return boards
		.flatMap((board) =>
			[...board.contents.actions].sort(byTime).map((action) => ({ action, board }))
		)
		.filter(
			({ action }) => mine.actions.has(action.id) || (name && normalised(action.who) === name)
		)
		.map((one) => ({ ...one, day: Number(dayOf(one.action.when) ?? Infinity) }))
		.sort((a, b) => (a.day === b.day ? 0 : a.day - b.day))
		.map(({ action: { what, who, when }, board }) => ({
			what: said(what),
			who: said(who),
			when: said(words.when(when)),
			from: asked(board.contents.exercise.title, board)
		}));
}

function boardOf(own: Own, input: WithEarlier, matches: Summary | null, words: Words): MyBoard {
	const board = input.boards.find(({ id }) => id === own.id);
	const columns = own.exercise.columns.map(({ id }) => id);
	const cards = own.cards
		.filter((card) => mainText(card, own.exercise).trim() !== '')
		.sort((a, b) => columns.indexOf(a.column) - columns.indexOf(b.column));
	const pairs = matchesOf(own, matches);
	return {
		board: own.id,
		title: said(own.title),
		revealed: own.revealed,
		heading: words.say('export_mine_cards'),
		cards: cards.map((card) => cardOf(card, own, input, board, words)),
		matches: pairs.length > 0 ? { heading: words.say('export_mine_matches'), pairs } : null,
		contacts: contactsOf(own, board, words)
	};
}

function cardOf(
	card: CardValue,
	own: Own,
	input: WithEarlier,
	board: BoardInput | undefined,
	words: Words
): MyCard {
	const { exercise } = own;
	const placed = board?.contents.board.cards.find(({ id }) => id === card.id);
	const { column: id } = placed ?? card;
	const column = exercise.columns.find((column) => column.id === id);
	const mark = markOf(card, own, placed !== undefined);
	const people = own.anonymous
		? {}
		: Object.fromEntries(input.seats.map(({ id, name }) => [id, name]));
	const countries = (code: string) => countryName(code, input.workshop.language);
	return {
		text: said(mainText(card, exercise), card.language),
		cloth: clothOf(exercise, id).cloth,
		column: said(column?.title ?? id, exercise.language),
		...(mark && { mark: words.say(mark) }),
		fields: [
			...fieldsOf(exercise, id).flatMap((field) => {
				const readers = { people, countryName: countries };
				const value = readableValue(card.fields[field.id], field, readers, words.view);
				if (field.main || value === '') return [];
				return [{ label: said(field.title, exercise.language), value: said(value, card.language) }];
			}),
			...isFor(card, own, input.earlier, words)
		],
		...(board && placed && ofTheRoom(placed, board, words))
	};
}

/** What of an earlier exercise it is for. */
function isFor(
	card: CardValue,
	{ id, exercise }: Own,
	earlier: Map<string, EarlierCard>,
	words: Words
): MyCard['fields'] {
	const text = mainText(card, exercise);
	const source = sourceOf(id, { from: card.from, text }, (key) => earlier.get(key));
	if (!source) return [];
	const { of } = source;
	return [{ label: said(words.say('export_for')), value: said(of.text, of.language) }];
}

/** Why the room does not have it. */
function markOf(card: CardValue, own: Own, onBoard: boolean) {
	if (card.draft) return 'export_mine_draft';
	if (!own.revealed) return 'export_mine_private';
	if (own.hidden.has(card.id)) return 'export_mine_hidden';
	return onBoard ? null : 'export_mine_off';
}

/** What the room made of a card that it has. */
function ofTheRoom(card: CardValue, board: BoardInput, words: Words): Partial<MyCard> {
	const { contents, comments } = board;
	const { exercise, names } = contents;
	const cards = contents.board.cards;
	const group = contents.board.groups.find(({ id }) => id === card.group);
	const answers = cards.find(({ id }) => id === card.answers);
	const answering = cards.filter((one) => one.answers === card.id && isPutDown(one, exercise));
	const about = comments.filter((comment) => comment.card === card.id).sort(byTime);
	const told = (one: CardValue): Told =>
		toldBy(mainText(one, exercise), names[one.author], one.language);
	const score = scoreOf(contents, card.id, words);
	const ofGroup = group && scoreOf(contents, group.id, words);
	return {
		...(score && { votes: score.votes }),
		...(group && {
			group: {
				label: words.say('export_mine_group'),
				title: said(group.title || words.view.untitled),
				about: [
					words.count('mine_with', group.cards.length - 1),
					...(ofGroup ? [ofGroup.votes] : [])
				]
			}
		}),
		...(answers && { answers: { label: words.say('export_mine_answers'), ...told(answers) } }),
		...(answering.length > 0 && {
			answered: { label: words.say('export_mine_answered'), all: answering.map(told) }
		}),
		...(about.length > 0 && {
			comments: {
				label: words.say('export_comments'),
				all: about.map(({ text, name }) => toldBy(text, name))
			}
		})
	};
}

const toldBy = (text: string, name: string | undefined, language?: string): Told => ({
	text: said(text, language),
	...(name && { author: said(name) })
});

/** Each with a name, or on an anonymous board with what they wrote. */
function contactsOf(own: Own, board: BoardInput | undefined, words: Words): MyBoard['contacts'] {
	const all = own.contacts.map(({ text, name, card: id }) => {
		const card = board?.contents.board.cards.find((one) => one.id === id);
		const by = own.anonymous ? card && mainText(card, own.exercise) : name;
		return toldBy(text, by);
	});
	return all.length > 0 ? { heading: words.say('export_mine_contacts'), all } : null;
}

/** The summary's pairs, also where they stand in its appendix, of which one card is theirs. */
function matchesOf(own: Own, summary: Summary | null): MyMatch[] {
	const cards = new Set(own.cards.map(({ id }) => id));
	const blocks: Block[] = [...(summary?.parts ?? []), ...(summary?.appendix?.parts ?? [])].flatMap(
		(part) => part.blocks
	);
	const groups = blocks
		.filter(({ id }) => id.startsWith(`${own.id}/`))
		.flatMap((block) => (block.kind === 'matches' ? block.groups : []));
	const seen = new Set<string>();
	return groups.flatMap(({ theme, items }) => {
		const my = items.find(({ card }) => card !== undefined && cards.has(card));
		if (!my || seen.has(`${my.card} ${theme.text}`)) return [];
		seen.add(`${my.card} ${theme.text}`);
		const others = items.filter((item) => item !== my);
		return [
			{
				theme,
				others: others.map(({ text, author, notes }) => ({
					text,
					...(author && { author }),
					notes
				}))
			}
		];
	});
}
