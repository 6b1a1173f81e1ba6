/**
 * Who facilitates a workshop right now, and what was done last: told to each of them, so that two who
 * lead it together know of each other.
 */
import { COMMANDS } from '#shared/facilitation/commands.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { WorkshopId } from '#shared/ids.ts';
import type { LastDeed } from '#shared/wire/events.ts';
import type { Plenary } from '../app.ts';
import type { AuditRow } from '../store/audit.ts';
import { ofAccountIn, type OneSocket, type Sockets } from './addresses.ts';
import type { Soon } from './soon.ts';

/** In ms: a page that is loaded anew is not somebody who goes and comes. */
const SOON = 300;
/** Lines of the audit list among which the last step is looked for. */
const A_FEW = 10;

export interface Facilitators {
	came(socket: OneSocket): void;
	left(socket: OneSocket): void;
	/** Tells them, soon: somebody has done something. */
	changed(workshop: WorkshopId): void;
	tell(socket: OneSocket): Promise<void>;
}

const isStep = ({ accountId, deed }: AuditRow): boolean =>
	accountId !== null &&
	deed in COMMANDS &&
	COMMANDS[deed as keyof typeof COMMANDS].kind === 'facilitation';

export function createFacilitators(io: Sockets, app: Plenary, soon: Soon): Facilitators {
	/** Of each workshop, the sockets of each account. */
	const here = new Map<WorkshopId, Map<string, Set<string>>>();

	const nameOf = (account: string) => app.accounts.nameOf(account);

	async function read(workshop: WorkshopId) {
		const accounts = [...(here.get(workshop)?.keys() ?? [])];
		const names = new Map<string, string>();
		for (const account of accounts) names.set(account, await nameOf(account));
		const step = (await app.stores.audit.last(workshop, A_FEW)).find(isStep);
		const by = step && (await nameOf(step.accountId!));
		return (account: string): [string[], LastDeed | null] => [
			accounts.filter((one) => one !== account).map((one) => names.get(one)!),
			step
				? {
						by: step.accountId === account ? null : by!,
						at: step.at,
						deed: step.deed as LastDeed['deed'],
						about: step.about
					}
				: null
		];
	}

	function changed(workshop: WorkshopId): void {
		if (!here.has(workshop)) return;
		soon.run(`facilitators/${workshop}`, SOON, async () => {
			const of = await read(workshop);
			for (const account of here.get(workshop)?.keys() ?? [])
				io.to(ofAccountIn(workshop, account)).emit('facilitators:changed', ...of(account));
		});
	}

	return {
		changed,
		came(socket) {
			const { workshop, who } = socket.data;
			if (!('account' in who) || !isFacilitator(who.role)) return;
			const accounts = here.get(workshop) ?? new Map<string, Set<string>>();
			const sockets = accounts.get(who.account) ?? new Set();
			here.set(workshop, accounts.set(who.account, sockets.add(socket.id)));
			changed(workshop);
		},
		left(socket) {
			const { workshop, who } = socket.data;
			const accounts = here.get(workshop);
			const sockets = 'account' in who ? accounts?.get(who.account) : undefined;
			if (!accounts || !sockets || !('account' in who)) return;
			sockets.delete(socket.id);
			if (sockets.size > 0) return;
			accounts.delete(who.account);
			if (accounts.size === 0) here.delete(workshop);
			changed(workshop);
		},
		async tell(socket) {
			const { workshop, who } = socket.data;
			if (!('account' in who)) return;
			socket.emit('facilitators:changed', ...(await read(workshop))(who.account));
		}
	};
}
