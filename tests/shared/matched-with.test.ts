import { expect, test } from 'vitest';
import { findExercise } from '#shared/exercises/catalogue.ts';
import { matchedWith } from '../../src/lib/room/matched-with.ts';

const exercise = findExercise('common-challenge')!;
const card = (id: string, author: string, challenge: string, myCountry: string) => ({
	id,
	author,
	column: 'time',
	order: id,
	fields: { challenge, myCountry, libraryType: 'public' }
});
const read = {
	exercise,
	cards: [card('one', 'ben', 'No hours', 'KE'), card('two', 'chidi', 'No days', 'NG')],
	authors: { chidi: { name: 'Chidi' }, dina: { name: 'Dina' } },
	language: 'en' as const,
	someone: 'someone'
};

test('MT15 whom one is matched with stands with what both have said, and words that were left', () => {
	const others = [
		{ author: 'chidi', card: 'two' },
		{ author: 'eve', card: 'hidden' }
	];
	const matched = {
		groups: [{ column: 'time', card: 'one', others }],
		contacts: [
			{ author: 'chidi', got: 'Call me' },
			{ author: 'dina', left: 'Write to me' }
		]
	};
	const { groups, before } = matchedWith(matched, read);
	expect(groups).toMatchObject([
		{
			theme: 'Time',
			others: [
				{
					name: 'Chidi',
					text: 'No days',
					got: 'Call me',
					facts: [
						{ title: 'My country', theirs: 'Nigeria', mine: 'Kenya' },
						{ title: "My library's type", theirs: 'Public', mine: 'Public' }
					]
				},
				{ author: 'eve', name: '', text: '', facts: [] }
			]
		}
	]);
	expect(before).toMatchObject([{ author: 'dina', name: 'Dina', left: 'Write to me', facts: [] }]);
});
