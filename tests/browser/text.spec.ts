/** A workshop full of what means no good: every page shows it, and does nothing of it. */
import { expect, type Page } from '@playwright/test';
import { nanoid } from 'nanoid';
import { m } from '../../src/lib/paraglide/messages.js';
import { makeGroup } from '../../src/shared/doc/board.ts';
import { addCard } from '../../src/shared/doc/notebook.ts';
import { LIMITS } from '../../src/shared/doc/schema.ts';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { ADDRESSES, CANARY, KEYS, LETTERS, MARKUP, TEMPLATES } from '../support/hostile-text.ts';
import { ask, join, write, type Writing } from '../support/people.ts';
import { Ada } from './support/ada.ts';
import { DEVICES, type Opened } from './support/people.ts';
import { RoomScreen } from './support/room-screen.ts';
import { cardOn } from './support/surface.ts';
import { test } from './support/test.ts';

const BARRIER = findExercise('barrier')!;
const ORGANISATIONS = findExercise('organisations')!;
const TITLE = `"><img src=x onerror=${CANARY}()><script>${CANARY}()</script>{{7*7}}`;
const FOUND = 'Read as it was written';

/** Complains, as an error of the page, when a script of somebody's has run, or a page has asked something. */
async function watch({ page }: Opened): Promise<void> {
	page.on('dialog', (dialog) => {
		void dialog.dismiss();
		throw new Error(`a dialog: ${dialog.message()}`);
	});
	await page.addInitScript((canary) => {
		const complain = (words: string) => reportError(new Error(words));
		Object.assign(window, { [canary]: () => complain('a script of somebody’s has run') });
		addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
			complain(`against the policy: ${violatedDirective} ${blockedURI}`)
		);
	}, CANARY);
}

/** There is nothing on the page that somebody's text has made. */
async function isClean(page: Page): Promise<void> {
	const made = await page.evaluate(() => {
		const elements =
			'iframe,object,embed,base,marquee,math,meta[http-equiv=refresh i],img[src=x],link[href*=evil],form[action*=evil]';
		const handlers = [...document.querySelectorAll('*')].filter(({ attributes }) =>
			[...attributes].some(({ name }) => /^on/i.test(name))
		);
		const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].filter(
			({ protocol }) => !/^https?:$/.test(protocol)
		);
		return [...document.querySelectorAll(elements), ...handlers, ...links].map((one) =>
			one.outerHTML.slice(0, 200)
		);
	});
	expect(made).toEqual([]);
}

test('SE10 hostile titles, names, cards, comments, actions and groups are words on every page, and nothing else', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	await watch(ada.opened);
	const code = await ada.opensWorkshop(TITLE, BARRIER.id);
	const workshop = new URL(ada.page.url()).pathname.split('/').at(-1)!;
	const [session] = await ada.page.context().cookies();
	const cookie = `${session!.name}=${session!.value}`;
	const post = async (path: string, body: object, token?: string) => {
		const as = token ? { token } : { cookie };
		return (await ask(server.url, `/api/v1/${path}`, { ...as, body })).body;
	};
	const command = (data: object) => post(`workshops/${workshop}/commands`, data);
	await command({ type: 'set-agenda', agenda: [BARRIER.id, ORGANISATIONS.id] });

	const named = [...MARKUP, ...KEYS].map((name) => name.slice(0, LIMITS.name));
	const seats: { token: string; cookie: string }[] = [];
	for (const name of ['Ben', ...named])
		await join(server, code, name).then(
			(seat) => seats.push(seat),
			() => {} // a name that cannot be seen
		);
	expect(seats.length).toBeGreaterThan(50);

	const screen = await RoomScreen.opens(people, ada);
	await watch(screen.opened);
	await screen.page.reload();
	const ben = await people.open('Ben', DEVICES.phone);
	await watch(ben);
	await ben.page.goto(`${server.url}/?code=${code}`);
	await expect(ben.page.getByText(TITLE)).toBeVisible();
	await isClean(ben.page);
	const [name, value] = seats[0]!.cookie.split('=') as [string, string];
	await ben.page.context().addCookies([{ name, value, url: server.url }]);
	await ben.page.goto(`${server.url}/p/${workshop}`);
	await expect(ben.page.getByText(TITLE).first()).toBeVisible();
	const everyone = [ada.page, screen.page, ben.page];
	const allClean = async () => {
		for (const page of everyone) await isClean(page);
	};
	await allClean();

	const { board = '' } = await command({ type: 'start', exercise: 0 });
	await command({ type: 'go', phase: 'write' });
	const writers: Writing[] = [];
	for (const seat of seats.slice(0, 3)) writers.push(await write(server, board, seat.token));
	const texts = [...MARKUP, ...ADDRESSES, ...TEMPLATES, ...LETTERS, FOUND];
	const cards = texts.map((text, i) => writers[i % 3]!.put(text));
	await command({ type: 'set-writing', mode: 'open', reveal: true });
	await expect(ben.page.getByText(MARKUP[0]).first()).toBeAttached();
	await allClean();
	await command({ type: 'go', phase: 'share' });
	for (const page of everyone) await expect(page.getByText(MARKUP[0]).first()).toBeAttached();
	await allClean();

	await command({ type: 'go', phase: 'group' });
	const [first] = writers;
	await expect.poll(() => first!.seen().cards.length).toBe(texts.length);
	MARKUP.slice(0, 20).forEach((title, i) =>
		makeGroup(first!.board, {
			id: nanoid(),
			kind: 'theme',
			title: title.slice(0, LIMITS.groupTitle),
			column: BARRIER.columns[0]!.id,
			order: `a${i}`,
			cards: cards.slice(2 * i, 2 * i + 2)
		})
	);
	await expect(
		ada.page.getByRole('region', { name: m.board_group({ title: MARKUP[0] }), exact: true })
	).toBeVisible();
	const comment = (text: string) =>
		post(
			`boards/${board}/commands`,
			{ type: 'comment', card: cards.at(-1), text },
			seats[1]!.token
		);
	await Promise.all([...MARKUP.slice(0, 20), ...TEMPLATES, ...ADDRESSES].map(comment));
	await cardOn(ada.page, FOUND).click();
	const details = ada.page.getByRole('dialog');
	for (const text of [MARKUP[0], MARKUP[5], TEMPLATES[0], ADDRESSES[0]])
		await expect(details.getByText(text, { exact: true }).first()).toBeVisible();
	await isClean(ada.page);
	await details.getByRole('button', { name: m.board_close() }).click();

	for (const phase of ['vote', 'discuss', 'act']) {
		await command({ type: 'go', phase });
		if (phase === 'act')
			await Promise.all(
				[...MARKUP, ...ADDRESSES].map((what) => {
					const [who, when] = [what.slice(0, 80), what.slice(0, 80)];
					const action = { type: 'action', what, who, when };
					return post(`boards/${board}/commands`, action, seats[2]!.token);
				})
			);
		await allClean();
	}
	await expect(screen.page.getByText(MARKUP[0]).first()).toBeAttached();
	await command({ type: 'finish' });
	for (const writer of writers) writer.close();

	// Links, people and goals that nobody's form would send.
	const { board: second = '' } = await command({ type: 'start', exercise: 1 });
	await command({ type: 'go', phase: 'write' });
	const writing = await write(server, second, seats[3]!.token);
	const odd = [...ADDRESSES.slice(0, 6), 'https://example.org/"onmouseover="x', 'constructor'];
	odd.forEach((words, i) =>
		addCard(writing.notebook, ORGANISATIONS, {
			id: nanoid(),
			column: ORGANISATIONS.columns[0]!.id,
			order: `a${i}`,
			fields: {
				organisation: `Number ${i} of them`,
				webPage: words,
				whoGetsInTouch: words.slice(0, LIMITS.name),
				goals: ['4.6', '4.6'],
				country: 'ZZ'
			}
		})
	);
	await command({ type: 'go', phase: 'share' });
	for (const [i, words] of odd.entries()) {
		await cardOn(ada.page, `Number ${i} of them`).click();
		await expect(details).toBeVisible();
		const said = words.replace(/\s+/g, ' ').trim();
		await expect(details).toContainText(said);
		await isClean(ada.page);
		await details.getByRole('button', { name: m.board_close() }).click();
	}
	writing.close();
	await command({ type: 'finish' });
	await command({ type: 'close' });
	for (const page of everyone) {
		await page.reload();
		await expect(page.getByText(TITLE).first()).toBeAttached();
		await isClean(page);
	}
	await ada.page.goto(`${server.url}/workshops`);
	await expect(ada.page.getByText(TITLE)).toBeVisible();
	await isClean(ada.page);
});
