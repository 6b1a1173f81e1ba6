/** When a page reads what earlier exercises brought, and which answer it takes. */
import { expect, test } from 'vitest';
import type { EarlierCard } from '#shared/earlier.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import { EarlierReading } from '../../src/lib/state/earlier-reading.ts';

const board = (id: string, more: Partial<BoardView> = {}) =>
	({
		id,
		revealed: true,
		hidden: [],
		votesShown: false,
		phase: 'share',
		round: 0,
		...more
	}) as unknown as BoardView;
const view = (more: Partial<BoardView> = {}) => ({ boards: [board('one'), board('two', more)] });
const card = (text: string) => [{ text } as EarlierCard];

/** A page whose questions are answered when the test says so. */
function page() {
	const asked: ((answer: EarlierCard[] | Refusal) => void)[] = [];
	let cards: EarlierCard[] = [];
	const reading = new EarlierReading(
		() => new Promise((resolve) => asked.push(resolve)),
		(now) => (cards = now)
	);
	return { reading, asked, text: () => cards.map(({ text }) => text).join() };
}
const heard = () => new Promise<void>((resolve) => setImmediate(resolve));

test('NX4 the answer to an older question never takes the place of a newer one', async () => {
	const { reading, asked, text } = page();
	void reading.learn(view());
	void reading.learn(view());
	expect(asked).toHaveLength(1);
	void reading.learn(view({ hidden: ['secret'] }));
	asked[1]!(card('without'));
	await heard();
	asked[0]!(card('with'));
	await heard();
	expect(text()).toBe('without');
});

test('NX4 what was removed is read anew, and what was on its way is too old', async () => {
	const { reading, asked, text } = page();
	void reading.learn(view());
	reading.forget();
	asked[0]!(card('with'));
	await heard();
	expect(text()).toBe('');
	void reading.learn(view());
	asked[1]!(card('without'));
	await heard();
	expect(text()).toBe('without');
});

test('NX4 another round of voting is another order; of one board, or unseen ones, there is nothing to read', () => {
	const { reading, asked } = page();
	for (const round of [0, 5]) void reading.learn(view({ round, votesShown: true }));
	expect(asked).toHaveLength(2);
	void reading.learn({ boards: [board('one')] });
	void reading.learn({
		boards: [board('one'), board('two')].map((one) => ({ ...one, revealed: false }))
	});
	expect(asked).toHaveLength(2);
});

test('NX4 a refused question is asked again with the next state, and what there is stays', async () => {
	const { reading, asked, text } = page();
	void reading.learn(view());
	asked[0]!(card('here'));
	await heard();
	void reading.learn(view({ phase: 'vote' }));
	asked[1]!(refuse('try-again'));
	await heard();
	expect(text()).toBe('here');
	void reading.learn(view({ phase: 'vote' }));
	expect(asked).toHaveLength(3);
});
