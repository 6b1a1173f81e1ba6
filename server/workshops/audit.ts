/**
 * The audit list: what was done in a workshop, by whom. It has ids, phases and numbers; names are
 * looked up when it is read, so that a name that is erased is not in it.
 */
import type { Clock } from '#shared/clock.ts';
import type { AuditAbout, AuditView } from '#shared/facilitation/audit.ts';
import type { FacilitationCommand, PeopleCommand } from '#shared/facilitation/commands.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import type { WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { AuditRow, AuditStore } from '#server/store/audit.ts';
import type { ParticipantStore } from '#server/store/participants.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

const MOST_SHOWN = 500;

interface Deed {
	workshop: WorkshopId;
	/** Who did it; null: the server itself. */
	account: string | null;
	deed: AuditView['deed'];
	about: AuditAbout;
}

export interface Audit {
	/** A deed as its row, for who writes it in the transaction that does it. */
	row(deed: Deed): AuditRow;
	note(deed: Deed): Promise<void>;
	/** The newest first, for who facilitates. */
	view(workshop: WorkshopId, who: Who): Promise<AuditView[] | Refusal>;
}

interface AuditDeps {
	store: AuditStore;
	workshops: StoredWorkshops;
	participants: ParticipantStore;
	/** Empty where the account is gone. */
	nameOfAccount(account: string): Promise<string>;
	clock: Clock;
	ids: () => string;
}

export function createAudit(deps: AuditDeps): Audit {
	const { store, workshops, participants, clock, ids } = deps;

	const row = ({ workshop, account, deed, about }: Deed): AuditRow => ({
		id: ids(),
		workshopId: workshop,
		at: clock.now(),
		accountId: account,
		deed,
		about
	});

	async function namesOf(accounts: Iterable<string>): Promise<Map<string, string>> {
		const all = [...new Set(accounts)];
		const names = await Promise.all(all.map((account) => deps.nameOfAccount(account)));
		return new Map(all.map((account, i) => [account, names[i]!]));
	}

	return {
		row,
		note: (deed) => store.write(row(deed)),
		async view(id, who) {
			if (!isFacilitator(who.role)) return refuse('not-allowed');
			if (!(await workshops.load(id))) return refuse('not-found');
			const [rows, seats] = await Promise.all([store.last(id, MOST_SHOWN), participants.seats(id)]);
			const people = new Map(seats.map(({ id: person, name }) => [person, name]));
			const names = await namesOf(rows.flatMap(({ accountId }) => accountId ?? []));
			return rows.map(({ id: line, at, accountId, deed, about }) => ({
				id: line,
				at,
				by: (accountId !== null && names.get(accountId)) || null,
				deed: deed as AuditView['deed'],
				about,
				person: (typeof about.person === 'string' && people.get(about.person)) || null
			}));
		}
	};
}

/** The account that does something; null where it is not an account's. */
export const accountOf = (who: Who): string | null => ('account' in who ? who.account : null);

/** What a facilitation command was about, in the state that it made. */
export function aboutFacilitation(command: FacilitationCommand, after: WorkshopState): AuditAbout {
	const live = after.boards.findLast(({ id }) => id === (after.live ?? id));
	switch (command.type) {
		case 'rename':
		case 'open':
		case 'close':
		case 'close-doors':
		case 'open-doors':
		case 'change-code':
		case 'end-break':
		case 'undo':
		case 'to-tables':
		case 'to-plenary':
		case 'blank-screen':
		case 'unblank-screen':
			return {};
		case 'ask':
			return { kind: command.poll.kind };
		case 'set-tables':
			return { tables: command.tables?.length ?? 0 };
		case 'seat-person':
			return { person: command.person };
		case 'collect':
			return { exercise: command.exercise };
		case 'end-collecting':
			return { board: command.board };
		case 'set-going-on':
			return { by: command.by };
		case 'replan':
			return { minutes: command.minutes };
		case 'set-note':
			return { item: command.item };
		case 'show-text':
			return { shown: command.text !== null };
		case 'set-language':
			return { language: command.language };
		case 'set-anonymous':
			return { anonymous: command.anonymous };
		case 'set-agenda':
			return { items: command.agenda.length };
		case 'set-retention':
			return { days: command.days };
		case 'start':
			return { exercise: command.exercise, ...(live ? { board: live.id } : {}) };
		case 'start-break':
			return command.item === undefined
				? { minutes: command.minutes ?? 0 }
				: { item: command.item };
		case 'hide-card':
		case 'show-card':
			return { board: command.board, card: command.card };
		case 'pause':
		case 'resume':
		case 'extend':
		case 'end-timer':
			// While a break is on, these are about its timer.
			return {
				...(live && !after.break ? { board: live.id } : {}),
				...('minutes' in command ? { minutes: command.minutes } : {})
			};
		case 'next':
		case 'back':
		case 'go':
		case 'finish':
			return live ? { board: live.id, phase: live.phase } : {};
		case 'set-writing':
			return { ...(live ? { board: live.id } : {}), mode: command.mode };
		case 'set-grouping':
			return { ...(live ? { board: live.id } : {}), who: command.who };
		case 'show-nudge':
			return { ...(live ? { board: live.id } : {}), nudge: command.nudge };
		case 'lock':
		case 'unlock':
			return { ...(live ? { board: live.id } : {}), what: command.what ?? 'cards' };
		case 'set-dots':
			return { ...(live ? { board: live.id } : {}), dots: command.dots, onOne: command.onOne };
		case 'set-voting':
		case 'new-round':
			return { ...(live ? { board: live.id } : {}), ...(command.way ? { way: command.way } : {}) };
		case 'spotlight':
		case 'show-columns':
		case 'mute':
		case 'unmute':
		case 'show-votes':
		case 'hide-votes':
			return live ? { board: live.id } : {};
		default:
			return command satisfies never;
	}
}

/** What a command about somebody was about. */
export const aboutPerson = (command: PeopleCommand): AuditAbout => ({
	person: command.person,
	...(command.type === 'remove-person' ? { cards: command.cards } : {})
});
