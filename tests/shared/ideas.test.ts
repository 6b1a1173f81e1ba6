import { expect, test } from 'vitest';
import { atomOf } from '../../src/lib/ideas/atom.ts';
import { folded, foundBy, isFound, type Idea, type IdeaQuery } from '#shared/ideas.ts';

const anything: IdeaQuery = { words: '', exercise: '', tag: '', country: '', year: '' };
const ideaOf = (text: string, more: Partial<Idea> = {}): Idea => ({
	text,
	fields: [{ title: 'Cause', value: 'Time' }],
	column: 'Barriers',
	answers: [],
	exercise: { id: 'barrier', title: 'Barriers', tags: ['collaboration'], language: 'en' },
	workshop: 'A day in Dakar',
	country: 'SN',
	year: 2026,
	...more
});
const finds = (text: string, words: string) => {
	const idea = ideaOf(text);
	return isFound({ idea, found: foundBy(idea) }, { ...anything, words });
};

test('ID7 words are found in any language, whatever their case, accents and width, and within others', () => {
	for (const [text, words] of [
		['Été à Dakar', 'ete DAKAR'],
		['Ete a Dakar', 'été'],
		['Straße', 'STRASSE'],
		['ＡＢＣ libraries', 'abc'],
		['没有人有时间', '时间'],
		['没有人有时间', '时间 没有'],
		['Ни у кого не было времени', 'ВРЕМЕНИ'],
		['ёлка', 'елка'],
		['مَكْتَبَة', 'مكتبة'],
		['niño', 'nin\u0303o'],
		['partnerships', 'ship partner']
	] as const)
		expect(finds(text, words), `${words} in ${text}`).toBe(true);
	expect(finds('没有人有时间', '没有钱')).toBe(false);
	expect(finds('partnerships', 'partner money')).toBe(false);
	expect(finds('anything', '   ')).toBe(true);
	expect(folded('İstanbul')).toBe(folded('istanbul'));
});

test('ID8 ideas are filtered by exercise, tag, country and year', () => {
	const idea = ideaOf('Time');
	const found = foundBy(idea);
	const has = (query: Partial<IdeaQuery>) => isFound({ idea, found }, { ...anything, ...query });
	for (const query of [
		{ exercise: 'barrier' },
		{ tag: 'collaboration' },
		{ country: 'SN' },
		{ year: '2026' }
	])
		expect(has(query), JSON.stringify(query)).toBe(true);
	for (const query of [{ exercise: 'other' }, { tag: 'sdgs' }, { country: 'KE' }, { year: '2025' }])
		expect(has(query), JSON.stringify(query)).toBe(false);
	expect(has({ exercise: 'barrier', year: '2025' })).toBe(false);
});

test('ID9 in the feed, whatever was written is text', () => {
	const hostile = `]]></content><script>x()</script>&amp;"'\u0000\u0008\ud800 \u202e`;
	const idea = ideaOf(hostile, { author: hostile, workshop: hostile });
	const page = { title: hostile, updatedAt: 5, ideas: [{ id: 'idea-one', idea, keptAt: 7 }] };
	const feed = atomOf(page, 'https://example.org/ideas/ours');
	expect(feed).not.toContain('<script');
	for (const control of ['\u0000', '\u0008']) expect(feed).not.toContain(control);
	expect(feed.isWellFormed()).toBe(true);
	expect(feed).toContain('&#60;script&#62;x()');
	expect(feed.match(/<\/content>/g)).toHaveLength(1);
	expect(feed).toContain('<updated>1970-01-01T00:00:00.007Z</updated>');
});
