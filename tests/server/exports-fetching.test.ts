import { once } from 'node:events';
import { request } from 'node:http';
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, join, putCard, type Ada, type Person } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
let ben: Person;
let workshop: string;
let board: string;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	const { id, code } = await ada.open();
	ben = await join(server, code, 'Ben');
	const put = await putCard(server, { ada, workshop: id, by: ben, phase: 'share' });
	[workshop, board] = [id, put.board];
	await ada.command(id, { type: 'hide-card', board, card: put.card });
});
afterAll(() => server.close());

const take = (path: string, token: string, known?: string): Promise<Response> =>
	fetch(`${server.url}/api/v1/${path}`, {
		headers: { authorization: `Bearer ${token}`, ...(known && { 'if-none-match': known }) }
	});
const refusal = async (answer: Promise<Response>) => {
	const { error } = (await (await answer).json()) as { error: { code: string } };
	return error.code;
};

test('EX54 who has the same content already is told so, and is sent nothing', async () => {
	const csv = await take(`boards/${board}/export.csv`, ada.token);
	const etag = csv.headers.get('etag')!;
	expect(etag).toMatch(/^"[\w-]{43}"$/);
	expect((await take(`boards/${board}/export.xlsx`, ada.token)).headers.get('etag')).not.toBe(etag);
	for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
		const again = await take(`boards/${board}/export.csv`, ada.token, known);
		expect([again.status, await again.text()]).toEqual([304, '']);
	}
	expect((await take(`boards/${board}/export.csv`, ada.token, '"other"')).status).toBe(200);
	await ada.command(workshop, { type: 'rename', title: 'Another title' });
	expect((await take(`boards/${board}/export.csv`, ada.token, etag)).status).toBe(200);
});

test('EX55 a file is as long as it says, and is called what it is', async () => {
	const pdf = await take(`boards/${board}/export.pdf`, ada.token);
	const body = new Uint8Array(await pdf.arrayBuffer());
	expect(pdf.headers.get('content-type')).toBe('application/pdf');
	expect(pdf.headers.get('content-length')).toBe(String(body.length));
	expect(body.length).toBeGreaterThan(0);
	expect(new TextDecoder().decode(body.slice(0, 5))).toBe('%PDF-');
	expect(pdf.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+\.pdf"$/);
});

test('EX56 choices that are none are malformed; what is of a board alone is no workshop’s', async () => {
	const csv = (query: string) => take(`boards/${board}/export.csv?${query}`, ada.token);
	expect((await csv('paper=letter&as=facilitator')).status).toBe(200);
	for (const query of ['paper=a3', 'layout=round', 'size=1', 'picture='])
		expect(await refusal(csv(query))).toBe('malformed');
	expect((await take(`boards/${board}/export.svg`, ada.token)).status).toBe(200);
	for (const format of ['svg', 'png', 'exe', 'toString'])
		expect(await refusal(take(`workshops/${workshop}/export.${format}`, ada.token))).toBe(
			'unknown-format'
		);
});

test('EX57 who takes a file hears what it leaves out', async () => {
	const left = async (format: string, { token }: { token: string }) => {
		const { headers } = await take(`boards/${board}/export.${format}`, token);
		return decodeURIComponent(headers.get('x-plenary-left-out') ?? '').split('\n');
	};
	for (const who of [ada, ben]) {
		expect(await left('csv', who)).toContain('1 hidden card is left out.');
		expect(await left('pdf', who)).toContain('1 hidden card is left out.');
	}
	expect(await left('json', ada)).toEqual(['']);
	expect(await left('json', ben)).toEqual(['1 hidden card is left out.']);
});

test('EX52 who goes away has nothing made for them', async () => {
	const asked = request(`${server.url}/api/v1/workshops/${workshop}/export.pdf`, {
		headers: { authorization: `Bearer ${ben.token}` }
	});
	asked.on('error', () => {});
	asked.end();
	await once(asked, 'finish');
	asked.destroy();
	await until(() =>
		server.log.some((line) => line.includes('"outcome":"try-again"') && line.includes('"export"'))
	);
	expect((await take(`workshops/${workshop}/export.pdf`, ben.token)).status).toBe(200);
});

test('EX88 a form that would hold nothing is refused, as a board’s and as the workshop’s', async () => {
	for (const who of [ada, ben])
		for (const of of [`boards/${board}`, `workshops/${workshop}`])
			for (const form of ['vcf', 'ics']) {
				const answer = take(`${of}/export.${form}`, who.token);
				expect([(await answer).status, await refusal(answer)]).toEqual([404, 'empty-file']);
			}
	const page = await fetch(`${server.url}/p/${workshop}/summary`, {
		headers: { cookie: ben.cookie }
	});
	const offered = await page.text();
	expect(offered).toContain('No action here has a day yet.');
	expect(offered.match(/export\.\w+/g)).toEqual(
		['pdf', 'docx', 'xlsx', 'md', 'csv', 'json'].map((form) => `export.${form}`)
	);
	await ada.command(workshop, { type: 'go', phase: 'act' });
	for (const [when, status] of [
		['soon', 404],
		['2027-03-01', 200]
	] as const) {
		const action = { type: 'action', board, id: nanoid(), what: 'Call', who: '', when } as const;
		expect((await ada.command(workshop, action)).status).toBe(200);
		expect((await take(`boards/${board}/export.ics`, ada.token)).status).toBe(status);
	}
});

test('EX53 one person has thirty files a minute; the others are served', async () => {
	server.clock.nextMinute();
	const csv = (token: string) => take(`boards/${board}/export.csv`, token);
	for (let i = 0; i < 30; i++) if ((await csv(ben.token)).status !== 200) break;
	const answer = await csv(ben.token);
	expect([answer.status, await refusal(Promise.resolve(answer))]).toEqual([429, 'too-many-files']);
	const after = Number(answer.headers.get('retry-after'));
	expect(after).toBeGreaterThan(0);
	expect(after).toBeLessThanOrEqual(60);
	expect((await csv(ada.token)).status).toBe(200);
	server.clock.nextMinute();
	expect((await csv(ben.token)).status).toBe(200);
});
