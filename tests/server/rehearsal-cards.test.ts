import { expect, test } from 'vitest';
import { CATALOGUE } from '#shared/exercises/catalogue.ts';
import { castOf, nextCard, type Page, type Part } from '#server/rehearsal/cards.ts';

/** Always the same sequence. */
function dice(seed: number): () => number {
	let at = seed;
	return () => (at = (at * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

const pageOf = (id: string, size: number): Page => ({
	exercise: CATALOGUE.find((exercise) => exercise.id === id)!,
	dealt: new Set(),
	cast: castOf(size).map((person, at): Part => ({ ...person, participant: `seat-${at}` })),
	chance: dice(7)
});

test('RG26 whatever else somebody writes, what their cards say of themselves is the same on each', () => {
	const page = pageOf('common-challenge', 12);
	for (const part of page.cast)
		for (const { id } of page.exercise.columns)
			for (let times = 0; times < 3; times++) {
				const { fields } = nextCard(page, id, part);
				expect([fields['myCountry'], fields['libraryType']]).toEqual([
					part.country,
					part.libraryType
				]);
			}
});

test('RG26 a card that names an organisation says where that one is', () => {
	const page = pageOf('organisations', 4);
	const countries = page.exercise.columns.flatMap(({ id }) =>
		[1, 2, 3, 4].map(() => nextCard(page, id, page.cast[0]!).fields['country'])
	);
	expect(new Set(countries).size).toBeGreaterThan(1);
});
