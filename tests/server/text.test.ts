/** Text from people is only ever text: in what is stored and told, on pages, in headers and the log. */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileName } from '#server/exports/file-name.ts';
import { createLog } from '#server/log.ts';
import { makeGroup } from '#shared/doc/board.ts';
import { LIMITS } from '#shared/doc/schema.ts';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { HOSTILE_TEXT, KEYS, MARKUP, NAMES, TEMPLATES } from '../support/hostile-text.ts';
import { ask, comeAda, join, PASSWORD, write, type Ada, type Answer } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
let session: string;
beforeAll(async () => {
	server = await startTestApp({ filesAMinute: 10_000 });
	ada = await comeAda(server);
	const logIn = await server.app.accounts.logIn('ada@example.org', PASSWORD, 'here');
	if (isRefusal(logIn)) throw new Error(logIn.refused);
	session = `${logIn.cookie.name}=${logIn.cookie.value}`;
});
afterAll(() => server.close());

/** What of it can be kept: no database holds a NUL, and half a character is none. */
const storable = (text: string) => text.toWellFormed().replaceAll('\0', '');
const kept = (text: string) => storable(text).trim();

const form = (path: string, fields: Record<string, string>): Promise<Response> =>
	fetch(server.url + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: server.url, cookie: session },
		body: new URLSearchParams(fields)
	});

const WORST: string[] = [
	...KEYS,
	...NAMES,
	'\0',
	'a\0b',
	'\ud800',
	'a\udfffb',
	'\0@x.org',
	'x@\0.org'
];

test('SE1 whatever somebody says by a command is kept as they said it, or refused', async () => {
	const { id, code } = await ada.open();
	const board = await ada.run(id);
	const ben = await join(server, code, 'Ben');
	const writing = await write(server, board, ben.token);
	const card = writing.put('Nobody had time');
	await until(() => server.app.rooms.counts(board).then(({ cards }) => cards === 1));
	await ada.command(id, { type: 'go', phase: 'act' });
	const wrong: string[] = [];
	const look = (what: string, text: string, { status }: { status: number }): boolean => {
		if (status !== 200 && status !== 201 && status !== 400)
			wrong.push(`${what} ${JSON.stringify(text)}: ${status}`);
		return status < 400;
	};
	const give = (body: unknown) =>
		ask(server.url, `/api/v1/boards/${board}/commands`, { token: ben.token, body });
	const said = { comments: new Set<string>(), actions: new Set<string>() };
	const worst = new Set(WORST);
	for (const text of new Set([...HOSTILE_TEXT, ...WORST])) {
		// Columns of text take them all, and one of JSON, by renaming; the worst are said everywhere.
		const renamed = await ada.command(id, { type: 'rename', title: text });
		if (look('rename', text, renamed)) expect(kept(String(renamed.body['title']))).toBe(kept(text));
		const comment = { type: 'comment', card, text };
		if (look('comment', text, await give(comment))) said.comments.add(kept(text));
		look('join', text, await ask(server.url, '/api/v1/join', { body: { code, name: text } }));
		if (!worst.has(text)) continue;
		const action = { type: 'action', what: text, who: text.slice(0, 80), when: text.slice(0, 80) };
		if (look('action', text, await give(action))) said.actions.add(kept(text));
		const agenda = { token: ada.token, body: { title: 'x', agenda: [text] } };
		look('agenda', text, await ask(server.url, '/api/v1/workshops', agenda));
	}
	expect(wrong).toEqual([]);
	const { body } = await ask(server.url, `/api/v1/boards/${board}/export.json`, {
		token: ada.token
	});
	const [told] = body['boards'] as { comments: { text: string }[]; actions: { what: string }[] }[];
	expect(new Set(told!.comments.map(({ text }) => kept(text)))).toEqual(said.comments);
	expect(new Set(told!.actions.map(({ what }) => kept(what)))).toEqual(said.actions);
	writing.close();
	expect(server.faults.splice(0)).toEqual([]);
});

test('SE1 whatever somebody types into a form is taken or refused, and nothing goes wrong', async () => {
	const { id } = await ada.open();
	const wrong: string[] = [];
	for (const text of [...WORST, ...MARKUP.slice(0, 10)]) {
		const answers: [string, Response][] = [
			['log in', await form('/login', { email: text, password: text })],
			['register', await form('/invite/none', { email: text, name: text, password: text })],
			['a code', await form('/', { code: text, name: text })],
			['a workshop', await form('/workshops/new', { title: text, agenda: text })],
			['a name', await form('/account?/name', { name: text })],
			['a token', await form('/account?/new-token', { label: text })],
			[
				'notes',
				await fetch(`${server.url}/workshops/${id}/notes`, {
					method: 'PUT',
					headers: { origin: server.url, cookie: session, 'content-type': 'application/json' },
					body: JSON.stringify({ base: text, notes: text })
				})
			],
			[
				'a cookie',
				await fetch(server.url, { headers: { cookie: `a=${encodeURIComponent(kept(text))}` } })
			],
			['a query', await fetch(`${server.url}/?code=${encodeURIComponent(text.toWellFormed())}`)]
		];
		for (const [what, { status }] of answers)
			if (status >= 500) wrong.push(`${what} ${JSON.stringify(text)}: ${status}`);
	}
	expect(wrong).toEqual([]);
	expect(server.faults.splice(0)).toEqual([]);
});

test('SE1 whatever stands on a card or over a group is on the board as it was written, removed and brought back too', async () => {
	const { id, code } = await ada.open();
	const board = await ada.run(id);
	const people = await Promise.all(
		['Ben', 'Chidi'].map(async (name) =>
			write(server, board, (await join(server, code, name)).token)
		)
	);
	const texts = HOSTILE_TEXT.filter((text) => text.trim() !== '');
	const cards = texts.map((text, i) => people[i % 2]!.put(text));
	const all = await until(
		async () => (await server.app.rooms.counts(board)).cards === texts.length,
		{ what: 'all cards' }
	);
	expect(all).toBe(true);
	await ada.command(id, { type: 'go', phase: 'group' });
	const [ben] = people;
	await until(() => ben!.seen().cards.length === texts.length, { what: 'all cards on the board' });
	texts.slice(0, 70).forEach((title, i) =>
		makeGroup(ben!.board, {
			id: nanoid(),
			kind: 'theme',
			title: title.slice(0, LIMITS.groupTitle),
			column: 'barriers',
			order: `a${i}`,
			cards: cards.slice(2 * i, 2 * i + 2)
		})
	);
	for (const card of cards.slice(-40)) {
		expect((await ada.command(id, { type: 'remove-card', board, card })).status).toBe(200);
		expect((await ada.command(id, { type: 'restore-card', board, card })).status).toBe(200);
	}
	const told = await until(
		async () => {
			const { body } = await ask(server.url, `/api/v1/boards/${board}/export.json`, ada);
			const [value] = body['boards'] as {
				cards: { fields: { stoppedUs: string } }[];
				groups: { title: string }[];
			}[];
			return value!.groups.length === 70 && value!.cards.length === texts.length ? value : null;
		},
		{ what: 'all groups' }
	);
	const sorted = (all: readonly string[]) => all.map(storable).sort();
	expect(sorted(told.cards.map(({ fields }) => fields.stoppedUs))).toEqual(sorted(texts));
	expect(sorted(told.groups.map(({ title }) => title))).toEqual(sorted(texts.slice(0, 70)));
	for (const one of people) one.close();
	expect(server.faults.splice(0)).toEqual([]);
});

/** A page without what people said: its tags, with the names of their attributes. */
const skeleton = (html: string): string[] =>
	html
		.match(/<\/?[a-zA-Z!][^\s>]*(?:\s+[^\s"'>=<]+(?:=(?:"[^"]*"|'[^']*'))?)*/g)!
		.map((tag) => tag.replace(/=(?:"[^"]*"|'[^']*')/g, ''));

test('SE2 a page with anything in its texts is made of the same tags as one with plain words', async () => {
	const made = async (title: string) => {
		const { body } = await ask(server.url, '/api/v1/workshops', {
			token: ada.token,
			body: { title, agenda: ['barrier'] }
		});
		await ada.command(body.id, { type: 'open' });
		const name = title.slice(0, LIMITS.name);
		const ben = await ask(server.url, '/api/v1/join', { body: { code: body.code, name } });
		const link = await server.app.workshops.screenLink(body.id, {
			role: 'facilitator',
			account: ada.account
		});
		const cookie = ben.headers.getSetCookie()[0]!.split(';')[0]!;
		const pages: [string, string | undefined][] = [
			[`/workshops/${body.id}`, session],
			[`/p/${body.id}`, cookie],
			[String(link), undefined],
			[`/?code=${body.code}`, undefined]
		];
		return Promise.all(
			pages.map(async ([path, as]) => {
				const { status, body: page, headers } = await ask(server.url, path, { cookie: as });
				expect([path, status]).toEqual([path, 200]);
				expect(headers.get('content-security-policy')).toContain("object-src 'none'");
				return { path, html: String(page['text']) };
			})
		);
	};
	const plain = (await made('Plain words')).map(({ html }) => skeleton(html));
	expect(plain.every((tags) => tags.length > 20)).toBe(true);
	const wrong: string[] = [];
	for (const title of [...MARKUP, ...TEMPLATES, ...KEYS].filter((text) => !text.includes('\0')))
		for (const [i, { path, html }] of (await made(title)).entries())
			if (skeleton(html).join() !== plain[i]!.join()) wrong.push(`${path.slice(0, 4)} ${title}`);
	expect(wrong).toEqual([]);
	expect(server.faults.splice(0)).toEqual([]);
});

test('SE3 the name of a file is plain, and its header one line, whatever the title', async () => {
	const { id } = await ada.open();
	const plain = /^(?!(con|nul|aux|prn)$)[a-z0-9][a-z0-9_-]{0,79}$/;
	for (const title of HOSTILE_TEXT) expect(fileName(title)).toMatch(plain);
	const refused: string[] = [];
	for (const title of WORST) {
		if ((await ada.command(id, { type: 'rename', title })).status !== 200) refused.push(title);
		const file: Answer = await ask(server.url, `/api/v1/workshops/${id}/export.csv`, ada);
		expect(file.headers.get('content-disposition')).toMatch(
			/^attachment; filename="(?!(con|nul|aux|prn)\.)[a-z0-9][a-z0-9_-]{0,79}\.csv"$/
		);
		expect(file.headers.get('x-content-type-options')).toBe('nosniff');
		expect(file.headers.get('set-cookie')).toBeNull();
	}
	expect(refused.length).toBeLessThan(WORST.length / 3);
	expect(server.faults.splice(0)).toEqual([]);
});

test('SE4 one thing logged is one line, whatever is in it', () => {
	const lines: string[] = [];
	const log = createLog({ write: (line: string) => void lines.push(line) });
	for (const text of HOSTILE_TEXT) log.error({ err: new Error(text), who: text }, text);
	expect(lines).toHaveLength(HOSTILE_TEXT.length);
	for (const [i, line] of lines.entries()) {
		expect(line.trimEnd()).not.toContain('\n');
		expect(line.trimEnd()).not.toContain('\r');
		expect(JSON.parse(line)).toMatchObject({ level: 50, who: HOSTILE_TEXT[i] });
	}
});
