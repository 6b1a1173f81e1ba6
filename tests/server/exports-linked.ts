/** Two exercises, the second of which builds on the first, and answers within it. */
import type { ActionValue, CardValue } from '#shared/doc/contents.ts';
import type { BoardInput, ExportInput } from '#server/exports/input.ts';
import { giveSources } from '#server/exports/sources.ts';
import { card, shipped, workshop } from './exports-workshop.ts';

export const from = (board: string, to: string) => ({ from: { board, card: to } });
export const partner = (id: string, name: string, rest: Partial<CardValue> = {}) =>
	card(id, { partner: name }, { column: 'business', author: 'key-chidi', ...rest });

/** Barriers, and then partners for them; one of the barriers is hidden. */
export function twoExercises(summary: Partial<ExportInput['summary']> = {}): ExportInput {
	const first = workshop({
		cards: [
			card('no-time', { stoppedUs: 'No time', cause: 'time' }),
			card('secret', { stoppedUs: 'Unspeakable' }),
			card('by-phone', { whatWeCouldDo: 'By phone' }, { column: 'ways-round', answers: 'no-time' })
		],
		state: { hidden: ['secret'] },
		summary
	});
	const action: ActionValue = {
		id: 'act-1',
		board: 'board-two',
		what: 'Call the bank',
		who: 'Ben',
		when: '2027-02-28',
		card: 'the-bank',
		at: 1
	};
	const second = workshop({
		exercise: shipped('potential-partner'),
		cards: [
			partner('the-bank', 'A bank', from('board-one', 'no-time')),
			partner('the-firm', 'A firm', from('board-one', 'secret')),
			partner('carried', 'No time', { ...from('board-one', 'no-time'), author: 'key-ben' })
		],
		contents: { actions: [action] },
		state: { id: 'board-two' }
	}).boards.map((board) => ({ ...board, id: 'board-two' }));
	const boards = [...first.boards, ...second];
	giveSources(boards, boards);
	return { ...first, boards };
}

/** A partner that answers another, and is for a barrier; and one that answers what is hidden. */
export function answering(anonymous = false): ExportInput {
	const made = twoExercises();
	const [first, partners] = made.boards as [BoardInput, BoardInput];
	const { exercise } = partners.contents;
	partners.contents.exercise = {
		...exercise,
		columns: exercise.columns.map((one) =>
			one.id === 'ngo' ? { ...one, answers: 'business' } : one
		)
	};
	const column = 'ngo';
	partners.contents.board.cards.push(
		partner('union', 'A union', { ...from('board-one', 'no-time'), column, answers: 'the-bank' }),
		partner('lost', 'A lost one', { column, answers: 'gone' })
	);
	partners.contents.actions.push({
		...partners.contents.actions[0]!,
		id: 'act-2',
		what: 'Write to them',
		card: 'union'
	});
	for (const { contents } of anonymous ? made.boards : []) contents.names = {};
	giveSources(made.boards, made.boards);
	return { ...made, boards: [first, partners] };
}
