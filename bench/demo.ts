/**
 * `npm run demo`: a server with a full room. Forty simulated people write, group, vote, comment
 * and act through all seven exercises while you watch; open the addresses that it prints.
 * `PORT` says where (3000), `PACE` how fast (1 is about three minutes an exercise).
 */
import { nanoid } from 'nanoid';
import { AGENDAS, CATALOGUE } from '#shared/exercises/catalogue.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { showCode } from '#shared/code.ts';
import type { BoardId, CardId } from '#shared/ids.ts';
import { startOwnServer } from './own-server.ts';
import { sampleOf, samplePeople, type Sample } from '#server/rehearsal/sample.ts';
import { pause, post, SimulatedPerson } from './simulated-person.ts';

const pace = Number(process.env['PACE'] ?? 1);
const server = await startOwnServer(Number(process.env['PORT'] ?? 3000));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
	process.on(signal, () => void server.stop().then(() => process.exit(0)));

const api = (path: string, body: unknown) =>
	post(`${server.url}/api/v1/${path}`, body, server.token);
const agenda = AGENDAS[0]!.items;
const workshop = (await api('workshops', { title: 'Partners within reach', agenda })) as {
	id: string;
	code: string;
};
const command = (body: Record<string, unknown>) => api(`workshops/${workshop.id}/commands`, body);
await command({ type: 'open' });

console.log(`
The desk          ${server.url}/workshops/${workshop.id}
                  log in as ${server.email}, password: ${server.password}
Join as a phone   ${server.url}/?code=${workshop.code}   (code ${showCode(workshop.code)})
The room screen   open it from the desk
`);

const people: SimulatedPerson[] = [];
for (const person of samplePeople()) {
	people.push(await SimulatedPerson.join(server.url, workshop.code, person));
	await pause(120 / pace);
}
const who = new Map(people.map((person) => [person.sample, person]));

for (const [index, item] of agenda.entries()) {
	if (typeof item !== 'string') continue;
	const exercise = CATALOGUE.find(({ id }) => id === item)!;
	console.log(`${exercise.title} …`);
	await run(index, exercise);
	await pause(15_000 / pace);
}
await command({ type: 'close' });
console.log(
	'The workshop is closed; its pages and downloads stay until you stop this with Ctrl+C.'
);

async function run(index: number, exercise: Exercise): Promise<void> {
	const { board } = (await command({ type: 'start', exercise: index })) as { board: BoardId };
	const sample = sampleOf(exercise, (id) => who.get(id)?.participant ?? id);
	await Promise.all(people.map((person) => person.sitDown(board, exercise)));
	await pause(6000 / pace);
	await command({ type: 'next' });

	const ids: CardId[] = [];
	const opensLater = (column: string) =>
		exercise.columns.find(({ id }) => id === column)?.opens === 'share';
	const write = (later: boolean) =>
		writeAll(sample, ids, (card) => opensLater(card.column) === later);
	await write(false);
	await pause(4000 / pace);
	await command({ type: 'next' });
	await pause(5000 / pace);
	await write(true);
	await command({ type: 'next' });
	await group();
	await command({ type: 'next' });
	await vote(sample);
	await command({ type: 'next' });
	await command({ type: 'show-votes' });
	for (const { participant, card, text } of sample.comments) {
		if (ids[card])
			await who.get(participant)?.give({ type: 'comment', id: nanoid(), card: ids[card], text });
		await pause(1500 / pace);
	}
	await command({ type: 'next' });
	for (const action of sample.actions) {
		const person = who.get(action.who);
		const name = samplePeople().find(({ id }) => id === action.who)?.name ?? action.who;
		await person?.give({
			type: 'action',
			id: nanoid(),
			what: action.what,
			who: name,
			when: action.when
		});
		await pause(2500 / pace);
	}
	await command({ type: 'finish' });
}

/** Everybody at once, each at their own speed; a person's cards one after the other. */
async function writeAll(
	sample: Sample,
	ids: CardId[],
	chosen: (card: Sample['cards'][number]) => boolean
): Promise<void> {
	await Promise.all(
		people.map(async (person, seat) => {
			for (const [at, card] of sample.cards.entries()) {
				if (card.participant !== person.sample || !chosen(card)) continue;
				await pause((500 + ((seat * 137 + at * 61) % 4000)) / pace);
				const answers = card.answers === undefined ? undefined : ids[card.answers];
				ids[at] = await person.write(card, answers, 250 / pace);
			}
		})
	);
}

/** A few people put cards of one column together, as a room does: three groups of up to five. */
async function group(): Promise<void> {
	const hands = people.slice(0, 3);
	for (const [hand, person] of hands.entries()) {
		const { cards } = person.board();
		const column = cards[0]?.column;
		const [first, ...others] = cards
			.filter((card) => card.column === column)
			.filter((_, i) => i % 3 === hand);
		for (const other of others.slice(0, 4)) {
			if (first)
				person.group(
					other.id,
					first.id,
					['Near to each other', 'Worth a plan', 'Ask around'][hand]!
				);
			await pause(1800 / pace);
		}
	}
}

/** Five dots each, more of them on what comes first, so that something wins. */
async function vote(sample: Sample): Promise<void> {
	await Promise.all(
		people.map(async (person, seat) => {
			const { cards } = person.board();
			for (let dot = 0; dot < 3 && cards.length > 0; dot++) {
				await pause((800 + ((seat * 211 + dot * 97) % 3000)) / pace);
				const at =
					Math.floor(((seat * 7 + dot * 13) % sample.cards.length) ** 2 / sample.cards.length) %
					cards.length;
				await person.give({
					type: 'vote',
					target: { card: cards[at]!.id },
					count: dot === 0 ? 2 : 1
				});
			}
		})
	);
}
