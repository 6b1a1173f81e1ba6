/** Workshops: making, finding, showing and ending them. What happens inside one is `commands.ts`. */
import * as v from 'valibot';
import type { Clock } from '#shared/clock.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import { agendaSchema, type Who } from '#shared/facilitation/commands.ts';
import { newWorkshop } from '#shared/facilitation/new-workshop.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import { votesLeft } from '#shared/facilitation/votes.ts';
import { languageSchema, type BoardId, type WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Access } from './access.ts';
import type { App, WorkshopSummary } from './app.ts';
import type { RunCommand } from './commands.ts';
import type { News } from './news.ts';
import type { Participants } from './participants.ts';
import { newCode, newSecret, screenKey } from './secrets.ts';
import type { StoredWorkshop, WorkshopStore } from './store/workshops.ts';
import type { VoteStore } from './store/votes.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

const LONGEST_NOTES = 50_000;

const formSchema = v.object({
	title: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200)),
	agenda: agendaSchema,
	anonymous: v.optional(v.boolean(), false),
	language: v.optional(languageSchema, 'en')
});

interface WorkshopDeps {
	store: WorkshopStore;
	workshops: StoredWorkshops;
	participants: Participants;
	access: Access;
	votes: VoteStore;
	run: RunCommand;
	news: News;
	clock: Clock;
	ids: () => string;
}

export function createWorkshops(deps: WorkshopDeps): App['workshops'] {
	const { store, workshops, participants, access, votes, run, news, clock, ids } = deps;

	/** The workshop, for who facilitates it. Nobody else hears whether it is there. */
	async function facilitated(id: WorkshopId, who: Who): Promise<StoredWorkshop | Refusal> {
		if (!isFacilitator(who.role)) return refuse('not-allowed');
		return (await workshops.load(id)) ?? refuse('not-found');
	}

	async function add(workshop: Omit<StoredWorkshop, 'code'>): Promise<StoredWorkshop> {
		for (;;) {
			const coded = { ...workshop, code: newCode() };
			if (await store.add(coded)) return coded;
		}
	}

	return {
		async list(account) {
			const mine = await store.ownedBy(account.id);
			const people = await store.people(mine.map(({ id }) => id));
			return mine.map((workshop) => summaryOf(workshop, people.get(workshop.id) ?? 0));
		},
		async create(account, given) {
			const form = v.safeParse(formSchema, given);
			if (!form.success) return refuse('malformed', v.summarize(form.issues));
			const state = newWorkshop(form.output, findExercise);
			if (isRefusal(state)) return state;
			const { id, code } = await add({
				id: ids(),
				ownerId: account.id,
				screenSecret: newSecret(),
				state,
				version: 1,
				createdAt: clock.now()
			});
			return { id, code };
		},
		async who(id, credentials) {
			return access.who(await workshops.load(id), credentials);
		},
		async view(id, who) {
			// Nobody is told whether a workshop that is not theirs is there at all.
			if (who.role === 'visitor') return refuse('unauthenticated');
			const workshop = await workshops.load(id);
			return workshop ? viewFor(workshop, who.role, clock.now()) : refuse('not-found');
		},
		async byCode(code, address) {
			const workshop = await participants.workshopOf(code, address);
			if (isRefusal(workshop)) return workshop;
			const { id, state } = workshop;
			return { id, title: state.title, anonymous: state.anonymous };
		},
		async byScreen(code, key) {
			const workshop = await workshops.byCode(code);
			const shown = { cookies: '', token: null, screen: key, address: '' };
			const who = await access.who(workshop, shown);
			return workshop && who.role === 'screen'
				? { id: workshop.id, title: workshop.state.title }
				: null;
		},
		ofBoard: (board: BoardId) => workshops.ofBoard(board),
		run,
		async ballot(board, who) {
			if (who.role !== 'participant') return refuse('not-allowed');
			const id = await workshops.ofBoard(board);
			const workshop = id === null ? null : await workshops.load(id);
			const state = workshop?.state.boards.find((one) => one.id === board);
			if (!state) return refuse('not-found');
			const mine = await votes.mine(board, who.participant);
			return { mine, left: votesLeft(state, mine) };
		},
		async screenLink(id, who) {
			const workshop = await facilitated(id, who);
			if (isRefusal(workshop)) return workshop;
			return `/screen/${workshop.code}?key=${screenKey(id, workshop.screenSecret)}`;
		},
		async notes(id, who, set) {
			const workshop = await facilitated(id, who);
			if (isRefusal(workshop)) return workshop;
			if (set === undefined) return store.notes(id);
			if (set.length > LONGEST_NOTES) return refuse('too-long');
			await store.setNotes(id, set);
			return set;
		},
		async people(id) {
			return (await store.people([id])).get(id) ?? 0;
		},
		async remove(id, account) {
			const workshop = await workshops.load(id);
			if (workshop?.ownerId !== account.id) return refuse('not-found');
			await store.remove(id);
			workshops.forget(id);
			news.tell({ kind: 'deleted', workshop: id });
			return true;
		}
	};
}

function summaryOf(
	{ id, code, state, createdAt }: StoredWorkshop,
	people: number
): WorkshopSummary {
	return {
		id,
		title: state.title,
		status: state.status,
		code,
		createdAt,
		people,
		exercises: state.agenda.flatMap((item) => (item.kind === 'exercise' ? [item.title] : []))
	};
}
