/** Workshops: making, finding, showing and ending them. What happens inside one is `commands.ts`. */
import * as v from 'valibot';
import type { Clock } from '#shared/clock.ts';
import { asInput } from '#shared/facilitation/agenda.ts';
import type { Who } from '#shared/permissions.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import { votesLeft } from '#shared/facilitation/votes.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Access } from '#server/doors/access.ts';
import type { App, WorkshopSummary } from '#server/app.ts';
import type { Audit } from './audit.ts';
import type { Exercises } from '#server/exercises/exercises.ts';
import type { RunCommand } from './commands.ts';
import type { Participants } from '#server/doors/participants.ts';
import { goneAt, isKept, type Retention } from './retention.ts';
import { formSchema, type Making } from './making.ts';
import { screenKey } from '#server/doors/secrets.ts';
import type { CofacilitatorStore } from '#server/store/cofacilitators.ts';
import type { StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';
import type { VoteStore } from '#server/store/votes.ts';
import { isWhole, type StoredWorkshops } from './stored-workshops.ts';

/** More than one desk takes: two desks' notes that became one are saved too. */
const LONGEST_NOTES = 50_000;

const notesSchema = v.object({ base: v.string(), notes: v.string() });

interface WorkshopDeps {
	store: WorkshopStore;
	workshops: StoredWorkshops;
	participants: Participants;
	access: Access;
	votes: VoteStore;
	cofacilitators: CofacilitatorStore;
	cofacilitation: App['workshops']['cofacilitators'];
	retention: Pick<Retention, 'remove' | 'restore'>;
	exercises: Pick<Exercises, 'offered'>;
	making: Making;
	audit: Audit;
	run: RunCommand;
	clock: Clock;
}

export function createWorkshops(deps: WorkshopDeps): App['workshops'] {
	const { store, workshops, participants, access, votes, audit, run, clock } = deps;
	const { exercises, making } = deps;

	/** The workshop, for who facilitates it. Nobody else hears whether it is there. */
	async function facilitated(id: WorkshopId, who: Who): Promise<StoredWorkshop | Refusal> {
		if (!isFacilitator(who.role)) return refuse('not-allowed');
		return (await workshops.load(id)) ?? refuse('not-found');
	}

	return {
		async list(account) {
			const [mine, beside] = await Promise.all([
				store.ownedBy(account.id),
				deps.cofacilitators.ofAccount(account.id)
			]);
			const others = (await store.byIds(beside)).filter(({ deletedAt }) => deletedAt === null);
			const now = clock.now();
			const own = mine.filter((one) => isKept(one, now));
			const all = [...own, ...others]
				.filter((one) => isWhole(one) && one.rehearsalOf === null)
				.toSorted((a, b) => b.createdAt - a.createdAt);
			const people = await store.people(all.map(({ id }) => id));
			return all.map((workshop) =>
				summaryOf(workshop, {
					people: people.get(workshop.id) ?? 0,
					role: workshop.ownerId === account.id ? 'facilitator' : 'co-facilitator'
				})
			);
		},
		async create(account, given) {
			const form = v.safeParse(formSchema, given);
			if (!form.success) return refuse('malformed', v.summarize(form.issues));
			return making.make(account.id, form.output);
		},
		async duplicate(id, account) {
			const workshop = await workshops.load(id);
			const isTheirs =
				workshop?.ownerId === account.id || (await deps.cofacilitators.has(id, account.id));
			if (!workshop || !isTheirs) return refuse('not-found');
			const { title, language, anonymous, agenda } = workshop.state;
			return making.make(account.id, { title, language, anonymous, agenda: asInput(agenda) });
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
		async exercises(id, who) {
			const workshop = await facilitated(id, who);
			if (isRefusal(workshop)) return workshop;
			return exercises.offered(workshop.ownerId, 'account' in who ? who.account : undefined);
		},
		async byCode(code, credentials) {
			const workshop = await participants.workshopOf(code, credentials);
			if (isRefusal(workshop)) return workshop;
			const { id, state } = workshop;
			return { id, title: state.title, anonymous: state.anonymous };
		},
		async byScreen(link, key) {
			const workshop = (await workshops.byCode(link)) ?? (await workshops.load(link));
			const shown = { cookies: '', token: null, screen: key, address: '' };
			const who = await access.who(workshop, shown);
			return workshop && who.role === 'screen'
				? { id: workshop.id, title: workshop.state.title, code: workshop.code }
				: null;
		},
		ofBoard: (board: BoardId) => workshops.ofBoard(board),
		run,
		cofacilitators: deps.cofacilitation,
		async ballot(board, who) {
			if (who.role !== 'participant') return refuse('not-allowed');
			const id = await workshops.ofBoard(board);
			const workshop = id === null ? null : await workshops.load(id);
			const state = workshop?.state.boards.find((one) => one.id === board);
			if (!state) return refuse('not-found');
			const { mine } = await votes.mine(state, who.participant);
			return { mine, left: votesLeft(state, mine) };
		},
		async screenLink(id, who) {
			const workshop = await facilitated(id, who);
			if (isRefusal(workshop)) return workshop;
			return `/screen/${id}?key=${screenKey(id, workshop.screenSecret)}`;
		},
		async notes(id, who) {
			const workshop = await facilitated(id, who);
			if (isRefusal(workshop)) return workshop;
			return (await store.notes(id)) ?? refuse('not-found');
		},
		async setNotes(id, who, given) {
			const workshop = await facilitated(id, who);
			if (isRefusal(workshop)) return workshop;
			const asked = v.safeParse(notesSchema, given);
			if (!asked.success) return refuse('malformed', v.summarize(asked.issues));
			const { base, notes } = asked.output;
			if (Math.max(base.length, notes.length) > LONGEST_NOTES) return refuse('too-long');
			if (await store.setNotes(id, base, notes)) return { saved: true };
			const there = await store.notes(id);
			return there === null ? refuse('not-found') : { saved: false, notes: there };
		},
		async people(id) {
			return (await store.people([id])).get(id) ?? 0;
		},
		audit: audit.view,
		remove: deps.retention.remove,
		restore: deps.retention.restore
	};
}

function summaryOf(
	workshop: StoredWorkshop,
	more: Pick<WorkshopSummary, 'people' | 'role'>
): WorkshopSummary {
	const { id, code, state, createdAt } = workshop;
	return {
		id,
		title: state.title,
		status: state.status,
		code,
		createdAt,
		...more,
		exercises: state.agenda.flatMap((item) => (item.kind === 'exercise' ? [item.title] : [])),
		deletesAt: goneAt(workshop),
		deleted: workshop.deletedAt !== null
	};
}
