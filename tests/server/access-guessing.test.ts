/** Codes under attack, at the built server. */
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { CODE_ALPHABET, CODE_LENGTH } from '#shared/code.ts';
import { LIMITS } from '#shared/doc/schema.ts';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join } from '../support/people.ts';

const PROXIED = { environment: { TRUST_PROXY: 'on' } };

interface Try {
	code: string;
	address: string;
}

/** What the route asks, without the road to it: there are tens of thousands. */
async function knockInside(server: TestApp, { code, address }: Try): Promise<string> {
	const nobody = { cookies: '', token: null, screen: null, address };
	const joined = await server.app.participants.join({ code, name: 'Ben' }, nobody);
	return isRefusal(joined) ? joined.refused : 'joined';
}

/** Through a proxy, which says from where it comes. */
async function knockOutside(server: TestApp, { code, address }: Try): Promise<string> {
	const response = await fetch(`${server.url}/api/v1/join`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
		body: JSON.stringify({ code, name: 'Ben' })
	});
	const body = (await response.json()) as { error?: { code: string } };
	return body.error?.code ?? 'joined';
}

/** Somebody's tries from an address, so many at once; how many of each answer there were. */
async function tries(
	server: TestApp,
	count: number,
	one: (i: number) => Try
): Promise<Record<string, number>> {
	const answers: Record<string, number> = {};
	let next = 0;
	const knock = async (): Promise<void> => {
		while (next < count) {
			const at = next++;
			// Every hundredth comes the whole way.
			const answer = await (at % 100 === 0 ? knockOutside : knockInside)(server, one(at));
			answers[answer] = (answers[answer] ?? 0) + 1;
		}
	};
	await Promise.all(Array.from({ length: 40 }, knock));
	return answers;
}

/** Codes that a guesser goes through, none of them `right`. */
function wrongCodes(right: string): (i: number) => string {
	return (i) => {
		let code = '';
		for (let n = i + 1; code.length < CODE_LENGTH; n = Math.floor(n / CODE_ALPHABET.length))
			code = CODE_ALPHABET[n % CODE_ALPHABET.length]! + code;
		return code === right ? CODE_ALPHABET[0]!.repeat(CODE_LENGTH) : code;
	};
}

test('AC63 wrong codes from one address, however many, are twenty a minute', async () => {
	const server = await startTestApp(PROXIED);
	try {
		const { code } = await (await comeAda(server)).open();
		const wrong = wrongCodes(code);
		const began = performance.now();
		const told = await tries(server, 2000, (i) => ({ code: wrong(i), address: '192.0.2.1' }));
		const minutes = 1 + Math.floor((performance.now() - began) / 60_000);
		expect(told['wrong-code']).toBeGreaterThanOrEqual(20);
		// Those of one moment are looked up together; their failures count before the next.
		expect(told['wrong-code']).toBeLessThanOrEqual(minutes * (20 + 40));
		expect(told['too-many-tries']).toBe(2000 - told['wrong-code']!);
		const right = await tries(server, 1, () => ({ code, address: '192.0.2.1' }));
		expect(right).toEqual({ 'too-many-tries': 1 });
		expect(await tries(server, 1, () => ({ code, address: '192.0.2.2' }))).toEqual({ joined: 1 });
	} finally {
		await server.close();
	}
});

test('AC63 ten thousand from five hundred addresses meet the server’s own budget; a room joins on', async () => {
	const server = await startTestApp(PROXIED);
	try {
		const { code } = await (await comeAda(server)).open();
		const wrong = wrongCodes(code);
		const began = performance.now();
		const told = await tries(server, 10_000, (i) => ({
			code: wrong(i),
			address: `10.0.${i % 2}.${Math.floor(i / 2) % 250}`
		}));
		const minutes = 1 + Math.floor((performance.now() - began) / 60_000);
		expect(told['too-many-tries']).toBe(10_000 - told['wrong-code']!);
		// Six hundred, and each address the one that it has not failed with yet.
		expect(told['wrong-code']).toBeLessThanOrEqual(minutes * (600 + 500 + 40));
		const room = await tries(server, 1000, () => ({ code, address: '192.0.2.7' }));
		expect(room).toEqual({ joined: 1000 });
	} finally {
		await server.close();
	}
});

test('AC63 a code that never was and one that has ended are one answer', async () => {
	const server = await startTestApp();
	try {
		const ada = await comeAda(server);
		const { id, code } = await ada.open();
		await ada.command(id, { type: 'close' });
		const knock = async (typed: string) => {
			const { status, body, headers } = await ask(server.url, '/api/v1/join', {
				body: { code: typed, name: 'Ben' }
			});
			return { status, body, names: [...headers.keys()].sort() };
		};
		expect(await knock(code)).toEqual(await knock(wrongCodes(code)(7)));
	} finally {
		await server.close();
	}
});

test('AC62 a workshop has two thousand seats; whoever has one comes back to it', async () => {
	const server = await startTestApp();
	try {
		const ada = await comeAda(server);
		const { id, code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const others = LIMITS.people - 2;
		await server.database.db.execute(
			sql`insert into participants (id, workshop_id, name, joined_at)
				select 'filler-' || n, ${id}, 'Chidi', 0 from generate_series(1, ${others}) as n`
		);
		const nobody = { cookies: '', token: null, screen: null, address: '192.0.2.1' };
		const last = await Promise.all(
			[1, 2, 3].map(() => server.app.participants.join({ code, name: 'Chidi' }, nobody))
		);
		expect(last.filter(isRefusal)).toEqual([1, 2].map(() => ({ refused: 'room-full' })));
		const late = await ask(server.url, '/api/v1/join', { body: { code, name: 'Chidi' } });
		expect([late.status, late.body.error.code]).toEqual([409, 'room-full']);
		const back = await ask(server.url, '/api/v1/join', { token: ben.token, body: { code } });
		expect(back.body.participant).toBe(ben.participant);
		const own = { role: 'facilitator', account: ada.account } as const;
		expect(await server.app.access.seat(id, own)).not.toBeNull();
	} finally {
		await server.close();
	}
});
