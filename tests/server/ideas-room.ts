/** A workshop from which ideas are kept: Ada picks, Ben and Chidi are asked. */
import { nanoid } from 'nanoid';
import { addCard } from '#shared/doc/notebook.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { AskedIdea, KeptIdea } from '#shared/ideas.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import type { TestApp } from '../support/app.ts';
import { ask, join, write, type Ada, type Person, type Writing } from '../support/people.ts';
import { until } from '../support/until.ts';

export const sure = <T>(answer: T | Refusal): T => {
	if (isRefusal(answer)) throw new Error(answer.refused);
	return answer;
};

/** Ada, as the app knows her. */
export const facilitator = (ada: Ada) => ({ role: 'facilitator', account: ada.account }) as const;
export const accountOf = (ada: Ada) => ({ id: ada.account, email: '', name: '' });

/** A card in the column that answers barriers. */
export function wayRound({ notebook }: Writing, text: string, answers?: string): string {
	const id = nanoid();
	const fields = { whatWeCouldDo: text };
	const card = { id, column: 'ways-round', order: 'a1', fields, ...(answers && { answers }) };
	addCard(notebook, findExercise('barrier')!, card);
	return id;
}

/** A board in `share`: Ben has a barrier and a way round it, Chidi has another barrier. */
export async function roomOfIdeas(server: TestApp, ada: Ada, anonymous = false) {
	const { app } = server;
	const { id: workshop, code } = await ada.open({ anonymous });
	const [ben, chidi] = await Promise.all(
		['Ben', 'Chidi'].map((name) => join(server, code, anonymous ? undefined : name))
	);
	const board = await ada.run(workshop);
	const [bens, chidis] = await Promise.all(
		[ben!, chidi!].map(({ token }) => write(server, board, token))
	);
	const time = bens!.put('Nobody had time');
	const money = chidis!.put('No money');
	await until(() => app.rooms.counts(board).then((counts) => counts.cards === 2));
	await ada.command(workshop, { type: 'go', phase: 'share' });
	const hasCards = (count: number) =>
		until(async () => (await app.rooms.read(board)).cards.length === count);
	const way = wayRound(bens!, 'Ask earlier');
	await hasCards(3);
	bens!.close();
	chidis!.close();

	const mine = async (person: Person): Promise<AskedIdea[]> =>
		(await ask(server.url, `/p/${workshop}/ideas`, { cookie: person.cookie }))
			.body as unknown as AskedIdea[];
	return {
		workshop,
		board,
		ben: ben!,
		chidi: chidi!,
		cards: { time, way, money },
		hasCards,
		/** Ada writes one, too. */
		async adaWrites(text: string): Promise<string> {
			const hers = await write(server, board, ada.token);
			const card = hers.put(text);
			await hasCards(4);
			hers.close();
			return card;
		},
		askFor: async (...wanted: string[]) =>
			sure(await app.ideas.ask(workshop, facilitator(ada), { board, cards: wanted })).asked,
		mine,
		say: async (person: Person, answer: string, idea?: string) =>
			ask(server.url, `/p/${workshop}/ideas`, {
				cookie: person.cookie,
				body: { idea: idea ?? (await mine(person))[0]!.id, answer }
			}),
		/** Of this workshop alone. */
		async kept(query: object = {}): Promise<KeptIdea[]> {
			const { ideas } = await app.ideas.kept(accountOf(ada), query);
			const ours = await app.stores.ideas.ofWorkshop(workshop);
			return ideas.filter((one) => ours.some(({ id }) => id === one.id));
		},
		/** What the desk is told of each card, here or in another workshop. */
		async picking(of = workshop) {
			const { boards } = sure(await app.ideas.cards(of, facilitator(ada)));
			return boards.flatMap((one) => one.cards);
		}
	};
}
