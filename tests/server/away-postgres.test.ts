/** A Postgres that goes away in each of the ways in which one does. Needs TEST_POSTGRES_URL. */
import { afterEach, describe, expect, test } from 'vitest';
import { PostgresLine } from '../support/postgres-line.ts';
import { until } from '../support/until.ts';
import { TestRoom } from './yjs-room.ts';

const STALLED_FOR = 600;

let room: TestRoom | null = null;
let line: PostgresLine | null = null;
afterEach(async () => {
	await room?.close();
	line?.close();
	room = line = null;
});

async function open() {
	const opened = (line = new PostgresLine());
	const through = (url: string) => opened.open(url);
	room = await TestRoom.openly({ database: { through, stalledFor: STALLED_FOR } });
	const ben = await room.device('ben', 'notebook');
	const screen = await room.device('screen', 'board');
	await ben.saved();
	ben.put('Before');
	await ben.saved();
	return { room, line: opened, ben, screen };
}

describe.skipIf(!process.env['TEST_POSTGRES_URL'])('on Postgres', () => {
	test.each(['down', 'silent', 'unanswered'] as const)(
		'SA57 a Postgres that is %s: all wait, nothing is told; back, everything is saved once and in order',
		async (how) => {
			const { room, line, ben, screen } = await open();
			const { committed } = ben;
			const { tries } = line;
			if (how === 'down') line.cut();
			else line.state = how;
			ben.put('In between 1');
			// A connection that says nothing is given up, and another one is tried.
			await until(() => line.tries > tries + 1);
			ben.put('In between 2');
			await ben.echo();
			expect(ben.committed).toBe(committed);
			expect(screen.words()).toEqual(['Before']);

			// What was open then is open still, and never says anything again.
			line.state = 'good';
			const back = performance.now();
			await until(() => ben.committed === ben.sent, { what: 'all saved' });
			// Five seconds, and the rest for a machine that has others to serve.
			expect(performance.now() - back).toBeLessThan(20_000);
			await until(() => screen.words().length === 3);
			expect(ben.closed).toBeNull();
			const seqs = (await room.stored()).map(({ seq }) => seq);
			expect(new Set(seqs).size).toBe(seqs.length);
			await room.restart();
			expect(await room.words()).toEqual(['Before', 'In between 1', 'In between 2']);
			expect(room.log.map(({ message }) => message)).not.toContain(
				'a room is dropped and read again'
			);
		}
	);

	test('SA57 a connection that is cut while a commit is under way: it counts once', async () => {
		const { room, line, ben } = await open();
		for (let round = 1; round <= 5; round++) {
			line.state = 'unanswered'; // it is carried out, and nobody hears of it
			ben.put(`Round ${round}`);
			await until(async () => room.rooms.unsaved().bytes > 0);
			await ben.echo();
			line.cut('good');
			await until(() => ben.committed === ben.sent);
		}
		expect(ben.closed).toBeNull();
		await room.restart();
		expect(await room.words()).toHaveLength(6);
	});
});
