/**
 * Maximum-weight matching in a general graph: a set of edges without a common end whose weights have
 * the greatest sum.
 *
 * The algorithm is Edmonds' (J. Edmonds, "Maximum matching and a polyhedron with 0,1-vertices", 1965)
 * as Z. Galil explains it ("Efficient algorithms for finding maximum matching in graphs", ACM
 * Computing Surveys 18, 1986); the names of things follow J. van Rantwijk's implementation (2008).
 * In stages the matching grows by one edge each. A stage grows trees from all vertices without a
 * mate, along edges that have no slack: outer and inner vertices in turn. An edge between two trees
 * makes an augmenting path; one inside a tree closes an odd circle, a *blossom*, which goes on as
 * one vertex. Where nothing can grow, the duals are changed by as much as it takes to have a new edge
 * without slack. A vertex without a mate whose dual has come to nothing ends it: duals and matching
 * then prove each other. Each change of the duals looks through all pairs, which for the few
 * different weights that we have is cheap: O(n²) for each of at most n/2 stages, times the few
 * changes in it.
 *
 * Deterministic: everything is looked through by the vertices' order.
 */

/** An edge by its ends, of which the second lies in whatever the edge leads to. */
type Edge = readonly [from: number, to: number];

/** So many rows of a table of everybody by everybody are filled between two stops. */
const ROWS = 64;

const FREE = 0;
const OUTER = 1;
const INNER = 2;

/**
 * Yields between steps of a few milliseconds at most, so that whoever runs it may do something else.
 * `weightOf`: a whole number for every pair, the smaller vertex first; 0 where there is no edge.
 * Answers each vertex's mate, or -1.
 */
export function* heaviestMatching(
	size: number,
	weightOf: (a: number, b: number) => number
): Generator<void, Int32Array> {
	const weights = new Int32Array(size * size);
	let heaviest = 0;
	for (let b = 0; b < size; b++) {
		for (let a = 0; a < b; a++) {
			const weight = weightOf(a, b);
			weights[a * size + b] = weights[b * size + a] = weight;
			if (weight > heaviest) heaviest = weight;
		}
		if (b % ROWS === 0) yield;
	}

	const mate = new Int32Array(size).fill(-1);
	/** Vertices are numbered from 0, blossoms from `size`; these are by either. */
	const all = size * 2;
	/** Twice the dual of a vertex, once that of a blossom: so all of them are whole. */
	const dual = new Int32Array(all).fill(heaviest, 0, size);
	const label = new Uint8Array(all);
	/** The edge by which it got its label; none for a root. */
	const via: (Edge | null)[] = Array.from({ length: all }, () => null);
	const base = Int32Array.from({ length: all }, (_, i) => i);
	const parent = new Int32Array(all).fill(-1);
	/** The circle of a blossom, beginning with what holds its base, each with the edge to the next. */
	const circle: { part: number; next: Edge }[][] = Array.from({ length: all }, () => []);
	const unused = Array.from({ length: size }, (_, i) => all - 1 - i);
	/** The outermost blossom of a vertex. */
	const top = Int32Array.from({ length: size }, (_, i) => i);
	const queue: number[] = [];

	const slack = (a: number, b: number) => dual[a]! + dual[b]! - 2 * weights[a * size + b]!;

	function eachVertex(blossom: number, visit: (vertex: number) => void): void {
		if (blossom < size) visit(blossom);
		else for (const { part } of circle[blossom]!) eachVertex(part, visit);
	}

	function setTop(blossom: number): void {
		parent[blossom] = -1;
		eachVertex(blossom, (vertex) => (top[vertex] = blossom));
	}

	function makeOuter(blossom: number, edge: Edge | null): void {
		label[blossom] = OUTER;
		via[blossom] = edge;
		eachVertex(blossom, (vertex) => queue.push(vertex));
	}

	/** And its mate, which is free as well, outer. */
	function makeInner(blossom: number, edge: Edge): void {
		label[blossom] = INNER;
		via[blossom] = edge;
		const from = base[blossom]!;
		const to = mate[from]!;
		makeOuter(top[to]!, [from, to]);
	}

	/** The outer blossom two steps nearer the root; -1 above a root. */
	function above(blossom: number): number {
		const edge = via[blossom];
		return edge ? top[via[top[edge[0]]!]![0]]! : -1;
	}

	/** The first outer blossom that is above both, or -1 where they are in two trees. */
	function meeting(a: number, b: number): number {
		const passed = new Set<number>();
		let [one, other] = [top[a]!, top[b]!];
		while (one >= 0) {
			if (passed.has(one)) return one;
			passed.add(one);
			one = above(one);
			if (other >= 0) [one, other] = [other, one];
		}
		return -1;
	}

	/** From a vertex's blossom up to `end`, which is left out: each with the edge that leads to it. */
	function wayUp(vertex: number, end: number): { part: number; edge: Edge }[] {
		const way = [];
		for (let part = top[vertex]!; part !== end;) {
			const edge = via[part]!;
			way.push({ part, edge });
			part = top[edge[0]]!;
		}
		return way;
	}

	function close(edge: Edge, root: number): void {
		const blossom = unused.pop()!;
		const down = wayUp(edge[0], root).reverse();
		const up = wayUp(edge[1], root);
		const edges: Edge[] = [
			...down.map((step) => step.edge),
			edge,
			...up.map(({ edge: [from, to] }): Edge => [to, from])
		];
		const parts = [root, ...down.map(({ part }) => part), ...up.map(({ part }) => part)];
		circle[blossom] = parts.map((part, i) => ({ part, next: edges[i]! }));
		base[blossom] = base[root]!;
		dual[blossom] = 0;
		label[blossom] = OUTER;
		via[blossom] = via[root]!;
		for (const part of parts) {
			parent[part] = blossom;
			if (label[part] === INNER) eachVertex(part, (vertex) => queue.push(vertex));
		}
		setTop(blossom);
	}

	/** Inside a blossom, everybody but `vertex` has a mate. */
	function rebase(blossom: number, vertex: number): void {
		if (base[blossom] === vertex) return;
		let holder = vertex;
		while (parent[holder] !== blossom) holder = parent[holder]!;
		const turned = circle[blossom]!;
		turned.push(
			...turned.splice(
				0,
				turned.findIndex(({ part }) => part === holder)
			)
		);
		rebase(holder, vertex);
		for (let i = 1; i < turned.length; i += 2) {
			const [a, b] = turned[i]!.next;
			rebase(turned[i]!.part, a);
			rebase(turned[i + 1]!.part, b);
			mate[a] = b;
			mate[b] = a;
		}
		base[blossom] = vertex;
	}

	/** Along the path from one root through this edge to the other root, what was matched is not, and the reverse. */
	function augment(edge: Edge): void {
		for (const [from, to] of [edge, [edge[1], edge[0]] as const]) {
			let [outer, other] = [from, to];
			for (;;) {
				const blossom = top[outer]!;
				rebase(blossom, outer);
				mate[outer] = other;
				const up = via[blossom];
				if (!up) break;
				const inner = top[up[0]]!;
				[outer, other] = via[inner]!;
				rebase(inner, other);
				mate[other] = outer;
			}
		}
	}

	/** A blossom whose dual is nothing is its parts again. Of an inner one, those that the tree goes through stay in it. */
	function open(blossom: number): void {
		const parts = circle[blossom]!;
		for (const { part } of parts) {
			setTop(part);
			label[part] = FREE;
		}
		if (label[blossom] === INNER) {
			let edge = via[blossom]!;
			const entry = top[edge[1]]!;
			let at = parts.findIndex(({ part }) => part === entry);
			// Of the two ways round to the base, the one on which the next is the mate.
			const step = at % 2 === 1 ? 1 : -1;
			const around = (i: number) => parts[(i + parts.length) % parts.length]!;
			while (at % parts.length !== 0) {
				makeInner(around(at).part, edge);
				const [a, b] = (step === 1 ? around(at + 1) : around(at - 2)).next;
				edge = step === 1 ? [a, b] : [b, a];
				at += 2 * step;
			}
			label[parts[0]!.part] = INNER;
			via[parts[0]!.part] = edge;
		}
		label[blossom] = FREE;
		circle[blossom] = [];
		unused.push(blossom);
	}

	/** What has come to nothing when a stage is over, as deep as it goes; in a later one each would take a change of its own. */
	function openAll(blossom: number): void {
		if (blossom < size || dual[blossom] !== 0) return;
		const parts = circle[blossom]!.map(({ part }) => part);
		label[blossom] = FREE;
		open(blossom);
		parts.forEach(openAll);
	}

	const outermost = () => new Set(top);

	/** Whether the edges without slack led from one tree to another. */
	function grow(): boolean {
		while (queue.length > 0) {
			const from = queue.pop()!;
			for (let to = 0; to < size; to++) {
				if (weights[from * size + to] === 0 || slack(from, to) !== 0) continue;
				const other = top[to]!;
				if (other === top[from] || label[other] === INNER) continue;
				const edge: Edge = [from, to];
				if (label[other] === FREE) {
					makeInner(other, edge);
					continue;
				}
				const root = meeting(from, to);
				if (root < 0) {
					augment(edge);
					return true;
				}
				close(edge, root);
			}
		}
		return false;
	}

	/** Changes the duals as far as it takes. False where the matching is the heaviest. */
	function loosen(): boolean {
		const isOuter = (vertex: number) => label[top[vertex]!] === OUTER;
		let least = Infinity;
		for (let a = 0; a < size; a++) {
			if (!isOuter(a)) continue;
			least = Math.min(least, dual[a]!);
			for (let b = 0; b < size; b++) {
				if (weights[a * size + b] === 0 || top[b] === top[a]) continue;
				const other = label[top[b]!];
				if (other === FREE) least = Math.min(least, slack(a, b));
				else if (other === OUTER) least = Math.min(least, slack(a, b) / 2);
			}
		}
		for (const blossom of outermost())
			if (blossom >= size && label[blossom] === INNER) least = Math.min(least, dual[blossom]!);
		for (let vertex = 0; vertex < size; vertex++) {
			const its = label[top[vertex]!];
			if (its === OUTER) dual[vertex]! -= least;
			else if (its === INNER) dual[vertex]! += least;
		}
		for (const blossom of outermost()) {
			if (blossom < size) continue;
			if (label[blossom] === OUTER) dual[blossom]! += least;
			else if (label[blossom] === INNER) dual[blossom]! -= least;
		}
		// What has no mate has had its dual lowered in every stage: none has a lower one.
		for (let a = 0; a < size; a++) if (mate[a] === -1 && dual[a] === 0) return false;
		for (const blossom of outermost())
			if (blossom >= size && label[blossom] === INNER && dual[blossom] === 0) open(blossom);
		queue.length = 0;
		for (let a = 0; a < size; a++) if (isOuter(a)) queue.push(a);
		return true;
	}

	// With the duals as they are at first, the heaviest edges have no slack: whoever can, begins so.
	if (heaviest === 0) return mate;
	for (let a = 0; a < size; a++)
		for (let b = a + 1; b < size && mate[a]! < 0; b++)
			if (mate[b]! < 0 && weights[a * size + b] === heaviest) {
				mate[a] = b;
				mate[b] = a;
			}
	yield;
	while (mate.includes(-1)) {
		label.fill(FREE);
		queue.length = 0;
		for (const blossom of outermost()) if (mate[base[blossom]!] === -1) makeOuter(blossom, null);
		let found = grow();
		while (!found) {
			yield;
			if (!loosen()) return mate;
			found = grow();
		}
		for (const blossom of outermost()) if (label[blossom] === OUTER) openAll(blossom);
		yield;
	}
	return mate;
}
