import type { BoardValue } from '#shared/doc/contents.ts';
import { placeOf, targetsIn, type InHand, type Target } from './arranging.ts';

const STEPS = { ArrowUp: -1, ArrowDown: 1 } as const;

/**
 * Where an arrow key takes what is in hand: up and down along the places of its column, sideways to
 * the same height of the next one. Null: the key means nothing here.
 */
export function targetByKey(
	key: string,
	board: BoardValue,
	columns: string[],
	hand: InHand,
	target: Target | null,
	rtl: boolean
): Target | null {
	const now = target?.column ?? columnOf(board, hand);
	const targets = targetsIn(board, now, hand);
	const at = target ? targets.findIndex((one) => same(one, target)) : placeOf(board, hand, targets);
	if (key === 'ArrowUp' || key === 'ArrowDown') {
		const next = Math.max(0, Math.min(targets.length - 1, at + STEPS[key]));
		return targets[next] ?? null;
	}
	if (key === 'Home') return targets[0] ?? null;
	if (key === 'End') return targets.at(-1) ?? null;
	const sideways = { ArrowLeft: rtl ? 1 : -1, ArrowRight: rtl ? -1 : 1 }[key];
	const column = sideways && columns[columns.indexOf(now) + sideways];
	if (!column) return null;
	const there = targetsIn(board, column, hand);
	// The same share of the way down, on a place between cards rather than on one.
	const level = Math.round((at / Math.max(1, targets.length - 1)) * (there.length - 1));
	return there.slice(level).find(({ on }) => on === 'slot') ?? there.at(-1) ?? null;
}

const columnOf = (board: BoardValue, hand: InHand): string =>
	[...board.cards, ...board.groups].find(({ id }) => id === hand.id)?.column ?? '';

const same = (a: Target, b: Target): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The element that lies next in the direction of an arrow key: the one most straight ahead. */
export function nextInDirection(key: string, from: DOMRect, others: DOMRect[]): number {
	const [dx, dy] = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[
		key
	] ?? [0, 0];
	const centre = (box: DOMRect) => ({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
	const here = centre(from);
	let best = -1;
	let least = Infinity;
	for (const [index, box] of others.entries()) {
		const there = centre(box);
		const ahead = (there.x - here.x) * dx! + (there.y - here.y) * dy!;
		const aside = Math.abs((there.x - here.x) * dy!) + Math.abs((there.y - here.y) * dx!);
		if (ahead < 8) continue;
		const cost = ahead + aside * 2.5;
		if (cost < least) [best, least] = [index, cost];
	}
	return best;
}
