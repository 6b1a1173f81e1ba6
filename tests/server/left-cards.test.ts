/** What authors are told of their late cards that were left out. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteCard, editText, fieldText } from '#shared/doc/notebook.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	comeAda,
	join,
	listen,
	write,
	type Ada,
	type Hearing,
	type Writing
} from '../support/people.ts';
import { until } from '../support/until.ts';

const MAIN = findExercise('barrier')!.fields.find((field) => field.main)!.id;

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

/** Ben's card is on the board, and its vote too far gone for what comes now. */
async function voting(form: { anonymous?: boolean } = {}) {
	const { id, code } = await ada.open(form);
	const name = (one: string) => (form.anonymous ? undefined : one);
	const [ben, chidi] = [
		await join(server, code, name('Ben')),
		await join(server, code, name('Chidi'))
	];
	const board = await ada.run(id);
	const writing = await write(server, board, ben.token);
	const card = writing.put('In time');
	await until(() => server.app.rooms.counts(board).then(({ cards }) => cards === 1));
	await ada.command(id, { type: 'go', phase: 'vote' });
	await until(() => writing.seen().cards.length === 1, { what: 'the card on the board' });
	server.clock.advance(4000);
	const [his, theirs, desk] = await Promise.all(
		[ben, chidi, ada].map((one) => listen(server, id, one))
	);
	return { id, board, card, ben, chidi, writing, his: his!, theirs: theirs!, desk: desk! };
}

const held = (hearing: Hearing, cards: number) =>
	until(() => hearing.last('held:changed')?.[1] === cards, { what: `${cards} that are held` });
const told = (hearing: Hearing) => hearing.last('left:changed')?.[1].map(({ text }) => text);
const hears = (hearing: Hearing, ...texts: string[]) =>
	until(() => JSON.stringify(told(hearing)) === JSON.stringify(texts), { what: texts.join() });
const change = (writing: Writing, card: string, text: string) =>
	editText(fieldText(writing.notebook, card, MAIN)!, text);
const close = (...all: { close(): void }[]) => all.forEach((one) => one.close());

test.for([{ anonymous: false }, { anonymous: true }])(
	'SO11 what was left out its author is told, on every device and after a reload, and nobody else (anonymous: $anonymous)',
	async (form) => {
		const { id, board, ben, chidi, writing, his, theirs, desk } = await voting(form);
		const late = writing.put('All too late');
		await held(his, 1);
		await desk.send({ type: 'leave', board });
		await hears(his, 'All too late');
		expect(his.last('left:changed')?.[1]).toEqual([
			{ card: late, text: 'All too late', at: expect.any(Number) }
		]);
		const [again, newcomer] = await Promise.all([
			listen(server, id, ben),
			listen(server, id, chidi)
		]);
		await hears(again, 'All too late');
		await hears(newcomer);
		for (const hearing of [theirs, newcomer])
			expect(hearing.all('left:changed').every(([, cards]) => cards.length === 0)).toBe(true);
		expect(desk.last('left:changed')).toBeUndefined();

		await desk.send({ type: 'finish' });
		const later = await listen(server, id, ben);
		await hears(later, 'All too late');
		close(again, newcomer, later, writing, his, theirs, desk);
	}
);

test('SO12 what has come back, or its author has withdrawn, is not told as left out any more', async () => {
	const { id, board, card, ben, writing, his, theirs, desk } = await voting();
	const late = writing.put('All too late');
	change(writing, card, 'In time, and more');
	await held(his, 2);
	await desk.send({ type: 'leave', board });
	await until(() => told(his)?.length === 2, { what: 'both' });
	await desk.send({ type: 'restore-card', board, card: late });
	await hears(his, 'In time, and more');
	await his.send({ type: 'withdraw-card', board, card });
	await hears(his);
	await until(() => desk.last('removed:changed')?.[1].length === 0);
	const again = await listen(server, id, ben);
	await hears(again);
	close(again, writing, his, theirs, desk);
});

test('FO30 what its author took back while it was held, on any device, was not left out', async () => {
	const { board, ben, writing, his, theirs, desk } = await voting();
	const late = writing.put('Better not');
	writing.put('All too late');
	await held(his, 2);
	const second = await write(server, board, ben.token);
	await until(() => fieldText(second.notebook, late, MAIN) !== null);
	deleteCard(second.notebook, late);
	await held(his, 1);
	await desk.send({ type: 'leave', board });
	await hears(his, 'All too late');
	close(second, writing, his, theirs, desk);
});

test('FO31 what late words stand in place of was not left out; what was put back in their place is', async () => {
	const { id, board, card, writing, his, theirs, desk } = await voting();
	change(writing, card, 'Late words');
	await held(his, 1);
	await desk.send({ type: 'comment', board, id: 'comment-1', card, text: 'So true' });
	await desk.send({ type: 'leave', board });
	await hears(his, 'Late words');
	await desk.send({ type: 'restore-card', board, card });
	await hears(his);
	expect(desk.last('removed:changed')?.[1]).toEqual([{ card, text: 'In time' }]);
	// The card was never away, nor what is said of it.
	const later = await listen(server, id, ada);
	await until(() => later.last('comments:told')?.[1].length === 1, { what: 'the comment' });
	await desk.send({ type: 'restore-card', board, card });
	await hears(his, 'Late words');
	close(later, writing, his, theirs, desk);
});
