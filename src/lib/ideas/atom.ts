import type { PublicIdeas } from '#shared/ideas.ts';

/** So many of the newest: a reader asks again before there are more. */
const MOST = 100;
const TITLE = 120;

/** What XML 1.0 has no way to say is left out; all else is text. */
const escaped = (words: string): string =>
	words
		.toWellFormed()
		// oxlint-disable-next-line no-control-regex -- exactly these are forbidden
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
		.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

const time = (at: number): string => new Date(at).toISOString();

/** An Atom feed of a public page; `at` is the page's address. */
export function atomOf({ title, updatedAt, ideas }: PublicIdeas, at: string): string {
	const newest = Math.max(updatedAt, ...ideas.map(({ keptAt }) => keptAt));
	const address = escaped(at);
	const entries = ideas.slice(0, MOST).map(({ id, idea, keptAt }) => {
		const lines = [
			idea.text,
			...idea.fields.map(({ title, value }) => `${title}: ${value}`),
			...idea.answers,
			`${idea.exercise.title} · ${idea.workshop}, ${idea.year}`
		];
		const name = idea.author === undefined ? idea.workshop : idea.author;
		return `	<entry>
		<id>urn:plenary:idea:${escaped(id)}</id>
		<title>${escaped([...idea.text].slice(0, TITLE).join(''))}</title>
		<updated>${time(keptAt)}</updated>
		<author><name>${escaped(name)}</name></author>
		<link href="${address}#${escaped(id)}"/>
${idea.exercise.tags.map((tag) => `		<category term="${escaped(tag)}"/>\n`).join('')}		<content type="text">${escaped(lines.join('\n'))}</content>
	</entry>
`;
	});
	return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
	<id>${address}</id>
	<title>${escaped(title)}</title>
	<updated>${time(newest)}</updated>
	<link rel="self" href="${address}/feed.xml"/>
	<link href="${address}"/>
${entries.join('')}</feed>
`;
}
