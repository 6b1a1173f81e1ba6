/**
 * People of one column who differ in the named fields, paired, the most different first.
 *
 * Greedy with improvement: pairs are taken from the most different down; then two people who are
 * left over break up a pair that can give each of them a partner, pairs exchange partners while that
 * makes them more different, and who is still alone joins a pair. Where everyone filled in the
 * fields, nobody is left whom another pairing could have matched: people then fall into classes of
 * the same values, those left over are all of one class, and a pair without that class would have
 * been broken up for them. It is not always the pairing with the greatest sum of differences.
 */
import type { CardValue } from '../../doc/contents.ts';
import type { View } from '../format.ts';
import type { BoardContents, ViewCard, ViewParts, ViewSection, ViewWords } from '../views.ts';
import { cardsOf, fieldOf, normalised, readableValue, valuesOf, viewCard } from './cards.ts';

type Matches = Extract<View, { type: 'matches' }>;
type Difference = (a: number, b: number) => number;

export function matches(view: Matches, contents: BoardContents, words: ViewWords): ViewParts {
	const found: { difference: number; section: ViewSection }[] = [];
	const alone: ViewCard[] = [];
	for (const column of contents.exercise.columns) {
		const people = firstCards(cardsOf(contents, [column.id]));
		const values = people.map((card) =>
			view.differ.map((id) =>
				valuesOf(card, id)
					.map((one) => normalised(String(one)))
					.join()
			)
		);
		const difference: Difference = (a, b) =>
			view.differ.filter((_, i) => {
				const [one, other] = [values[a]![i], values[b]![i]];
				return one && other && one !== other;
			}).length;
		const show = (person: number) => {
			const card = people[person]!;
			const notes = view.differ.map((id) =>
				readableValue(card.fields[id], fieldOf(contents, id), contents, words)
			);
			return viewCard(card, contents, notes.filter(Boolean));
		};
		const { groups, left } = match(people.length, difference);
		for (const group of groups)
			found.push({
				difference: difference(group[0]!, group[1]!),
				section: { title: column.title, count: group.length, cards: group.map(show) }
			});
		alone.push(...left.map(show));
	}
	const sections = found.sort((a, b) => b.difference - a.difference).map(({ section }) => section);
	if (alone.length > 0)
		sections.push({ title: words.unmatched, count: alone.length, cards: alone, rest: true });
	return { sections };
}

/** A person is matched once in a column, however many cards they wrote there. */
function firstCards(cards: CardValue[]): CardValue[] {
	const seen = new Set<string>();
	return cards.filter((card) => !seen.has(card.author) && seen.add(card.author));
}

/** Pairs, some of them with a third, and who is left. People are numbers from 0. */
export function match(
	people: number,
	difference: Difference
): { groups: number[][]; left: number[] } {
	const pairs = greedy(people, difference);
	const paired = new Set(pairs.flat());
	let left = [...Array(people).keys()].filter((person) => !paired.has(person));
	left = breakUp(pairs, left, difference);
	exchange(pairs, difference);
	pairs.sort((a, b) => difference(...b) - difference(...a));
	const groups: number[][] = pairs.map((pair) => [...pair]);
	left = left.filter((person) => !join(groups, person, difference));
	return { groups, left };
}

/** The most different first; ties by the people's order. */
function greedy(people: number, difference: Difference): [number, number][] {
	const byDifference: [number, number][][] = [];
	for (let a = 0; a < people; a++)
		for (let b = a + 1; b < people; b++) (byDifference[difference(a, b)] ??= []).push([a, b]);
	const taken = new Set<number>();
	const pairs: [number, number][] = [];
	for (let far = byDifference.length - 1; far > 0; far--)
		for (const [a, b] of byDifference[far] ?? [])
			if (!taken.has(a) && !taken.has(b)) {
				taken.add(a).add(b);
				pairs.push([a, b]);
			}
	return pairs;
}

/** Two who are left over and a pair that suits both become two pairs. Answers who is still left. */
function breakUp(pairs: [number, number][], left: number[], difference: Difference): number[] {
	const still = [...left];
	for (let i = 0; i < still.length; i++)
		for (let j = i + 1; j < still.length; j++) {
			const [u, v] = [still[i]!, still[j]!];
			const at = pairs.findIndex(
				([a, b]) => (difference(u, a) && difference(v, b)) || (difference(u, b) && difference(v, a))
			);
			if (at < 0) continue;
			const [a, b] = pairs[at]!;
			const straight = difference(u, a) && difference(v, b);
			pairs.splice(
				at,
				1,
				...(straight
					? ([
							[u, a],
							[v, b]
						] as const)
					: ([
							[u, b],
							[v, a]
						] as const)
				).map(([one, other]): [number, number] => [one, other])
			);
			still.splice(j, 1);
			still.splice(i, 1);
			i--;
			break;
		}
	return still;
}

/** Exchanges partners between pairs while the sum of differences grows; it is bounded, so this ends. */
function exchange(pairs: [number, number][], difference: Difference): void {
	let better = true;
	while (better) {
		better = false;
		for (let i = 0; i < pairs.length; i++)
			for (let j = i + 1; j < pairs.length; j++) {
				const [a, b] = pairs[i]!;
				const [c, d] = pairs[j]!;
				const now = difference(a, b) + difference(c, d);
				for (const [one, other] of [
					[
						[a, c],
						[b, d]
					],
					[
						[a, d],
						[b, c]
					]
				] as [[number, number], [number, number]][]) {
					const [first, second] = [difference(...one), difference(...other)];
					if (first > 0 && second > 0 && first + second > now) {
						[pairs[i], pairs[j]] = [one, other];
						better = true;
						break;
					}
				}
			}
	}
}

/** Puts a person into the pair that they differ from most; false where there is none. */
function join(groups: number[][], person: number, difference: Difference): boolean {
	let best: number[] | null = null;
	let far = 0;
	for (const group of groups) {
		if (group.length > 2) continue;
		const sum = difference(person, group[0]!) + difference(person, group[1]!);
		if (sum > far) [best, far] = [group, sum];
	}
	best?.push(person);
	return best !== null;
}
