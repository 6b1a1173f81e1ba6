/** Everybody who can ask, in a house of two workshops: one where they have their places, one where they have none. */
import { nanoid } from 'nanoid';
import { isRefusal } from '#shared/refusals.ts';
import { mayUse, ROUTES, type RouteRule, type Who } from '#shared/permissions.ts';
import { cofacilitators, summaries } from '#server/db/schema.ts';
import { hashOf, newSecret } from '#server/doors/secrets.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { png } from '../support/pictures.ts';
import { comeAda, join, putCard, type Ada, type Person } from '../support/people.ts';

export interface Caller {
	name: string;
	/** Who they are in the first workshop. */
	who: Who;
	account?: string;
	/** What their requests show; a session is a new one each time, as some requests end theirs. */
	shows(): Promise<{ cookie?: string; token?: string }>;
	/** What their live socket shows. */
	handshake(): Promise<{ cookie?: string; token?: string; screen?: string }>;
}

/** A page that everybody may read. */
const PAGE = { title: 'Ideas', key: 'ideas-of-the-house', published: true };

interface Place {
	id: string;
	code: string;
	board: string;
	/** What a link to its summary ends with. */
	shared: string;
}

export interface House {
	server: TestApp;
	callers: Caller[];
	own: Place;
	foreign: Place;
	ben: Person;
	/** Whoever has lost their place on the way has it again. */
	settle(): Promise<void>;
	cookieOf(account: string): Promise<string>;
}

export async function openHouse(): Promise<House> {
	const server = await startTestApp();
	const [ada, cleo, eve] = (await Promise.all(
		['ada', 'cleo', 'eve'].map((name) => comeAda(server, `${name}@example.org`))
	)) as [Ada, Ada, Ada];
	const [own, ben] = await furnish(server, ada);
	const [foreign] = await furnish(server, eve);
	const settle = async () => {
		const place = { workshopId: own.id, accountId: cleo.account, addedAt: 1 };
		await server.database.db.insert(cofacilitators).values(place).onConflictDoNothing();
		const logo = { logo: png(4, 4), logoType: 'image/png' } as const;
		await server.database.db.update(summaries).set(logo);
	};
	await settle();
	await server.app.ideas.setPage({ id: ada.account, email: '', name: '' }, PAGE);

	const cookieOf = async (account: string): Promise<string> => {
		const secret = newSecret();
		const expiresAt = Date.now() + 86_400_000;
		await server.app.stores.accounts.addSession({
			id: hashOf(secret),
			accountId: account,
			expiresAt
		});
		return `plenary-session=${secret}`;
	};
	const owner = { role: 'facilitator', account: ada.account } as const;
	const link = await server.app.workshops.screenLink(own.id, owner);
	if (isRefusal(link)) throw new Error(link.refused);
	const screen = new URL(link, server.url).searchParams.get('key')!;

	const caller = (
		name: string,
		who: Who,
		shows: Caller['shows'],
		handshake: Caller['handshake'] = shows
	): Caller => ({
		name,
		who,
		shows,
		handshake,
		...('account' in who ? { account: who.account } : {})
	});
	const member = { role: 'participant', participant: ben.participant } as const;
	const beside = { role: 'co-facilitator', account: cleo.account } as const;
	const callers = [
		caller('visitor', { role: 'visitor' }, async () => ({})),
		caller(
			'room screen',
			{ role: 'screen' },
			async () => ({}),
			async () => ({ screen })
		),
		caller('participant', member, async () => ({ cookie: ben.cookie })),
		caller('participant by token', member, async () => ({ token: ben.token })),
		caller('co-facilitator', beside, async () => ({ cookie: await cookieOf(cleo.account) })),
		caller('co-facilitator by API token', { ...beside, token: true }, async () => ({
			token: cleo.token
		})),
		caller('facilitator', owner, async () => ({ cookie: await cookieOf(ada.account) })),
		caller('facilitator by API token', { ...owner, token: true }, async () => ({
			token: ada.token
		}))
	];
	// The commands that are walked change the first one's code, and close it.
	return { server, callers, own: { ...own, code: foreign.code }, foreign, ben, settle, cookieOf };
}

/** A workshop with a participant, and a board on which a card has been shown. */
async function furnish(server: TestApp, ada: Ada): Promise<[Place, Person]> {
	const { id, code } = await ada.open();
	const ben = await join(server, code, 'Ben');
	const { board } = await putCard(server, { ada, workshop: id, by: ben, phase: 'share' });
	const owner = { role: 'facilitator', account: ada.account } as const;
	await server.app.summaries.setLogo(id, owner, png(4, 4));
	const link = await server.app.summaries.links.create(id, owner, { days: 1 });
	if (isRefusal(link)) throw new Error(link.refused);
	return [{ id, code, board, shared: link.path.slice('/s/'.length) }, ben];
}

/** What the table says of a caller: where they have no place, and on a room screen's paper, they are nobody. */
export function mayCall(caller: Caller, rule: RouteRule, at: 'own' | 'foreign'): boolean {
	const { who } = caller;
	if (rule.in !== 'none')
		return mayUse(at === 'foreign' || who.role === 'screen' ? { role: 'visitor' } : who, rule);
	if (!('account' in who)) return mayUse({ role: 'visitor' }, rule);
	return mayUse({ ...who, role: 'facilitator' }, rule);
}

export const rows = Object.entries(ROUTES).map(([row, rule]) => {
	const [method, id] = row.split(' ') as [string, string];
	return { row, method, id, rule };
});
export type Row = (typeof rows)[number];

/** Where a row leads for somebody, in a workshop. */
export function pathOf(
	{ id, rule }: Row,
	{ id: workshop, board, code, shared }: Place,
	caller: Caller
): string {
	const words: Record<string, string> = {
		id: rule.in === 'board' ? board : workshop,
		workshop,
		board,
		code,
		token: id.startsWith('/s/') ? shared : 'no-such-link',
		link: 'no-such-link',
		account: caller.account ?? 'nobody-at-all',
		format: 'json',
		key: PAGE.key,
		exercise: 'barrier'
	};
	return id.replace(/\[(\w+)\]/g, (_, word: string) => words[word]!);
}

/** A body that every row can read, and that does little. */
export function bodyOf({ method, id, rule }: Row, place: Place): BodyInit | undefined {
	if (method === 'GET' || method === 'DELETE') return undefined;
	if (rule.page)
		return new URLSearchParams({ code: 'no-code', title: '', workshop: 'no-such-one' });
	if (id.endsWith('/logo')) return new Uint8Array(png(4, 4));
	if (id.endsWith('/settings')) return JSON.stringify({ version: 0, settings: {} });
	if (id.endsWith('/links')) return JSON.stringify({ days: 1 });
	if (id.endsWith('/notes')) return JSON.stringify({ base: '', notes: 'Bring chalk' });
	const comment = {
		type: 'comment',
		board: place.board,
		id: nanoid(),
		card: 'no-such-card',
		text: 'x'
	};
	if (id.endsWith('/commands')) return JSON.stringify(comment);
	if (id.endsWith('/votes')) return JSON.stringify({ card: 'no-such-card', count: 1 });
	return JSON.stringify({ code: place.code, name: 'Ben', title: 'One more', agenda: [] });
}
