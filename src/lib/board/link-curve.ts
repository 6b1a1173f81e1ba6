/** Where a card stands on the surface, in px from its start and top edges. */
export interface Box {
	start: number;
	end: number;
	top: number;
	bottom: number;
}

export interface Curve {
	from: { x: number; y: number };
	to: { x: number; y: number };
	path: string;
}

const middle = (box: Box): number => (box.top + box.bottom) / 2;

/** The curve from what is answered to its answer: out of the end edge, into the start edge. */
export function linkCurve(answered: Box, answer: Box): Curve {
	const forwards = answered.end <= answer.start;
	const from = { x: forwards ? answered.end : answered.start, y: middle(answered) };
	const to = { x: forwards ? answer.start : answer.end, y: middle(answer) };
	// Across columns it bends half-way; within one it swings out by a fixed reach.
	const reach = Math.max(24, Math.abs(to.x - from.x) / 2);
	const way = forwards ? 1 : -1;
	const path = `M${from.x} ${from.y}C${from.x + way * reach} ${from.y} ${to.x - way * reach} ${to.y} ${to.x} ${to.y}`;
	return { from, to, path };
}
