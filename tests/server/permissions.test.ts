/** The table of permissions, walked: every command and every route, for everybody who can ask. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS, type CommandOf } from '#shared/facilitation/commands.ts';
import { mayGive, ROUTES, type CommandType } from '#shared/permissions.ts';
import { oneOfEach } from '../support/commands.ts';
import { ask, listen } from '../support/people.ts';
import {
	bodyOf,
	mayCall,
	openHouse,
	pathOf,
	rows,
	type Caller,
	type House,
	type Row
} from './callers.ts';

let house: House;
beforeAll(async () => {
	house = await openHouse();
});
afterAll(() => house.server.close());

const types = Object.keys(COMMANDS) as CommandType[];

/** Most are refused for their moment or for what they are about: that is not about who asks. */
const commands = () => oneOfEach(house.own.board, nanoid());

const URL_OF_TABLE = fileURLToPath(new URL('../../src/routes', import.meta.url));

/** What stands on the disk, as rows: pages, their actions, and the methods of endpoints. */
function rowsOnDisk(): Map<string, { page: boolean }> {
	const found = new Map<string, { page: boolean }>();
	for (const file of readdirSync(URL_OF_TABLE, { recursive: true, encoding: 'utf8' })) {
		const path = join(URL_OF_TABLE, file);
		const id = `/${relative(URL_OF_TABLE, dirname(path))}`;
		if (/\+page(@[^.]*)?\.svelte$/.test(file)) found.set(`GET ${id}`, { page: true });
		if (/\+server\.(ts|js)$/.test(file))
			for (const [, method] of readFileSync(path, 'utf8').matchAll(
				/^export (?:const|async function|function) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|fallback)\b/gm
			))
				found.set(`${method} ${id}`, { page: false });
		if (/\+page\.server\.(ts|js)$/.test(file))
			for (const name of actionsOf(readFileSync(path, 'utf8')))
				found.set(`POST ${id}${name === 'default' ? '' : `?/${name}`}`, { page: true });
	}
	return found;
}

/** The keys of `actions`: what stands one tab in, from its line to the brace that closes it. */
function actionsOf(code: string): string[] {
	const [, inside] = /^export const actions\b[^\n]*\{\n(.*?)^\}/ms.exec(code) ?? [];
	if (inside === undefined) {
		if (code.includes('actions')) expect(code).not.toMatch(/export .*\bactions\b/);
		return [];
	}
	return [...inside.matchAll(/^\t'?([\w-]+)'?(?:: |\()/gm)].map(([, name]) => name!);
}

describe('the table', () => {
	test('AC30 every page, form action and method on the disk is a row, and every row is one of them', () => {
		const disk = rowsOnDisk();
		expect([...disk.keys()].toSorted()).toEqual(Object.keys(ROUTES).toSorted());
		const pages = [...disk].filter(([, { page }]) => page).map(([row]) => row);
		expect(
			rows
				.filter(({ rule }) => rule.page)
				.map(({ row }) => row)
				.toSorted()
		).toEqual(pages.toSorted());
		for (const { id, rule } of rows) if (rule.param) expect(id).toContain(`[${rule.param}]`);
	});

	test('AC31 every command is in it, and nobody else’s', () => {
		const someone = [
			{ role: 'facilitator', account: 'ada' },
			{ role: 'participant', participant: 'ben' },
			{ role: 'screen' }
		] as const;
		for (const type of types)
			expect(
				someone.some((who) => mayGive(who, type)),
				type
			).toBe(true);
		for (const type of types) expect(mayGive({ role: 'visitor' }, type), type).toBe(false);
	});

	test('AC30 a method and a form action that it does not have are refused', async () => {
		const { server } = house;
		for (const [method, path] of [
			['PUT', '/login'],
			['OPTIONS', '/api/v1/exercises'],
			['DELETE', '/api/v1/workshops'],
			['POST', '/workshops?/no-such-action'],
			['POST', '/workshops'],
			['POST', '/account?/__proto__']
		] as const)
			expect((await ask(server.url, path, { method })).status, path).toBe(405);
		expect((await ask(server.url, '/no/such/page')).status).toBe(404);
	});
});

describe('commands', () => {
	const refusedFor = (code: string | undefined) => code === 'not-allowed';

	test('AC31 over Socket.IO, each role gives exactly what the table has for it', async () => {
		for (const caller of house.callers.filter(({ who }) => who.role !== 'visitor')) {
			const socket = await listen(house.server, house.own.id, await caller.handshake());
			const wrong: string[] = [];
			for (const type of types) {
				const sent = { type, ...commands()[type] } as CommandOf<typeof type>;
				const outcome = await socket.send(sent);
				const refused = !outcome.ok && refusedFor(outcome.refusal);
				if (refused === mayGive(caller.who, type))
					wrong.push(`${type}: ${JSON.stringify(outcome)}`);
			}
			socket.close();
			expect(wrong, caller.name).toEqual([]);
		}
	});

	test('AC31 over the API too, with a token and without', async () => {
		const { server, own } = house;
		for (const caller of house.callers) {
			const wrong: string[] = [];
			for (const type of types) {
				const body = { type, ...commands()[type] };
				const shown = await caller.shows();
				const { status, body: said } = await ask(
					server.url,
					`/api/v1/workshops/${own.id}/commands`,
					{ ...shown, body }
				);
				const code = status < 400 ? undefined : said.error.code;
				const known = caller.who.role !== 'visitor' && caller.who.role !== 'screen';
				const right = known
					? refusedFor(code) !== mayGive(caller.who, type)
					: code === 'unauthenticated';
				if (!right) wrong.push(`${type}: ${code}`);
			}
			expect(wrong, caller.name).toEqual([]);
		}
	});

	test('AC31 in another’s workshop nobody is anybody', async () => {
		const { server, foreign } = house;
		for (const caller of house.callers) {
			await expect(listen(server, foreign.id, await caller.handshake())).rejects.toThrow(
				'unauthenticated'
			);
			for (const type of types) {
				const body = { type, ...commands()[type] };
				const answer = await ask(server.url, `/api/v1/workshops/${foreign.id}/commands`, {
					...(await caller.shows()),
					body
				});
				expect(answer.body.error.code).toBe(caller.account ? 'not-found' : 'unauthenticated');
			}
		}
	});
});

describe('routes', () => {
	/** What an answer says of who asked: that they may not, and where they are sent instead. */
	async function isRefused(row: Row, caller: Caller, path: string, method = row.method) {
		const { server, own } = house;
		const { cookie, token } = await caller.shows();
		const body = bodyOf(row, own);
		const response = await fetch(server.url + path, {
			method,
			redirect: 'manual',
			...(body === undefined ? {} : { body }),
			headers: {
				...(row.method === 'POST' && row.rule.page ? { accept: 'application/json' } : {}),
				...(cookie ? { cookie, origin: server.url } : {}),
				...(token ? { authorization: `Bearer ${token}` } : {})
			}
		});
		const text = await response.text();
		const isJson = response.headers.get('content-type')?.startsWith('application/json');
		const said = (isJson && text ? JSON.parse(text) : {}) as {
			type?: string;
			location?: string;
			error?: { code?: string };
		};
		const code = said.error?.code ?? '';
		if (!row.rule.page) return ['unauthenticated', 'not-allowed', 'not-found'].includes(code);
		const sent = said.location ?? response.headers.get('location') ?? '';
		if (sent === '/' || sent.startsWith('/login')) return true;
		return said.type === undefined && [403, 404].includes(response.status);
	}

	async function walk(at: 'own' | 'foreign', variant: 'plain' | 'head' | 'data') {
		const wrong: string[] = [];
		for (const row of rows) {
			if (at === 'foreign' && row.rule.in === 'none') continue;
			if (variant !== 'plain' && (row.method !== 'GET' || !row.rule.page)) continue;
			for (const caller of house.callers) {
				await house.settle();
				const path = pathOf(row, house[at], caller);
				const data = `${path === '/' ? '' : path}/__data.json`;
				const refused = await isRefused(
					row,
					caller,
					variant === 'data' ? data : path,
					variant === 'head' ? 'HEAD' : row.method
				);
				if (refused === mayCall(caller, row.rule, at))
					wrong.push(`${row.row} for ${caller.name}: ${refused ? 'refused' : 'allowed'}`);
			}
		}
		return wrong;
	}

	test('AC32 in their workshop, everybody gets exactly what the table has for them', async () => {
		expect(await walk('own', 'plain')).toEqual([]);
	});

	test('AC32 in another’s, nobody is anybody', async () => {
		expect(await walk('foreign', 'plain')).toEqual([]);
	});

	test('AC32 the data of a page, and its head, are refused like the page', async () => {
		for (const at of ['own', 'foreign'] as const)
			for (const variant of ['data', 'head'] as const)
				expect(await walk(at, variant), `${at}, ${variant}`).toEqual([]);
	});

	test('AC32 who is not known is sent to a door, and comes back from it', async () => {
		const { server, own, ben } = house;
		const where = async (path: string, shown = {}) => {
			const { status, headers } = await ask(server.url, path, shown);
			return [status, headers.get('location')];
		};
		expect(await where('/workshops')).toEqual([303, '/login']);
		const desk = `/workshops/${own.id}`;
		expect(await where(desk)).toEqual([303, `/login?next=${desk}`]);
		expect(await where(desk, { cookie: ben.cookie })).toEqual([303, `/login?next=${desk}`]);
		expect(await where(`/p/${own.id}`)).toEqual([303, '/']);
		const foreign = `/workshops/${house.foreign.id}`;
		const cookie = await house.cookieOf(house.callers.at(-1)!.account!);
		const answers = await Promise.all(
			[foreign, '/workshops/no-such-workshop'].map((path) => ask(server.url, path, { cookie }))
		);
		expect(answers.map(({ status }) => status)).toEqual([404, 404]);
		expect(answers[0]!.body).toEqual(answers[1]!.body);
	});
});
