/** The doors: which Origin may knock, and who somebody is in a workshop. */
import type { Who } from '#shared/permissions.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Accounts } from '#server/accounts/accounts.ts';
import type { Credentials } from '#server/app.ts';
import { readCookie, type CookieJar } from './cookies.ts';
import { hashOf, sameSecret, screenKey } from './secrets.ts';
import type { CofacilitatorStore } from '#server/store/cofacilitators.ts';
import type { ParticipantRow, ParticipantStore } from '#server/store/participants.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { StoredWorkshop } from '#server/store/workshops.ts';

/** What of a request tells where it comes from. */
interface Knock {
	origin: string | null;
	host: string | null;
	/** The `Cookie` header. */
	cookies: string;
	/** A bearer or `?token=`: nobody's browser adds one by itself. */
	token: string | null;
	/** Whether it changes something, or opens a socket: whether it must not come from another site. */
	acts: boolean;
}

export type MayKnock = (knock: Knock) => boolean;

/** A foreign Origin is refused everywhere; where a cookie would authenticate an act, ours is demanded. */
export function createDoorkeeper(origin: string, jar: CookieJar): MayKnock {
	const isOwn = (given: string, host: string | null): boolean => {
		if (origin !== '') return given === origin;
		if (host === null || !URL.canParse(given)) return false;
		const { protocol } = new URL(given);
		const here = `${protocol}//${host}`;
		return URL.canParse(here) && new URL(here).origin === given;
	};
	return (knock) => {
		if (knock.origin !== null) return isOwn(knock.origin, knock.host);
		return !knock.acts || knock.token !== null || !jar.hasOurs(knock.cookies);
	};
}

export interface Access {
	/** Who somebody is in a workshop; `visitor` where nobody. */
	who(workshop: StoredWorkshop | null, credentials: Credentials): Promise<Who>;
	/** Whether somebody is known at all: has an account, or takes part in whatever workshop. */
	isSomebody(credentials: Credentials): Promise<boolean>;
	/** The seat whose notebook somebody may write; a facilitator's is made when first asked for. */
	seat(workshop: WorkshopId, who: Who): Promise<ParticipantId | null>;
	/** Somebody without a device, for who may write and vote for them; never who has joined. */
	seatFor(
		workshop: WorkshopId,
		who: Who,
		participant: ParticipantId
	): Promise<ParticipantRow | Refusal>;
}

interface AccessDeps {
	accounts: Accounts;
	participants: ParticipantStore;
	cofacilitators: Pick<CofacilitatorStore, 'has'>;
	jar: CookieJar;
	newSeat(workshop: WorkshopId, account: string): Promise<ParticipantId>;
}

/** Seats of one browser that are looked at, to tell whether anybody knows it. */
const MOST_SEATS = 20;

const VISITOR: Who = { role: 'visitor' };

export function createAccess(deps: AccessDeps): Access {
	const { accounts, participants, cofacilitators, jar, newSeat } = deps;

	async function roleOf(
		{ id, ownerId }: StoredWorkshop,
		account: string
	): Promise<'facilitator' | 'co-facilitator' | null> {
		if (account === ownerId) return 'facilitator';
		return (await cofacilitators.has(id, account)) ? 'co-facilitator' : null;
	}

	async function byParticipantToken(workshop: WorkshopId, token: string): Promise<Who> {
		const row = await participants.byToken(hashOf(token));
		return row?.workshopId === workshop ? { role: 'participant', participant: row.id } : VISITOR;
	}

	return {
		async who(workshop, credentials) {
			if (!workshop) return VISITOR;
			// What is shown on purpose wins over a cookie that a browser sends by itself, and where it
			// is not good, the cookie is not asked instead.
			if (credentials.screen !== null) {
				const right = screenKey(workshop.id, workshop.screenSecret);
				return sameSecret(credentials.screen, right) ? { role: 'screen' } : VISITOR;
			}
			// Most tokens are participants', and no token is both.
			const shown = credentials.token;
			const seated = shown === null ? VISITOR : await byParticipantToken(workshop.id, shown);
			if (seated.role === 'participant') return seated;
			const account = credentials.as === 'participant' ? null : await accounts.of(credentials);
			const role = account && (await roleOf(workshop, account.id));
			if (account && role) {
				const by = { role, account: account.id } as const;
				return credentials.token === null ? by : { ...by, token: true };
			}
			if (shown !== null) return VISITOR;
			const token = readCookie(credentials.cookies, jar.participantName(workshop.id));
			return token === null ? VISITOR : byParticipantToken(workshop.id, token);
		},
		async isSomebody(credentials) {
			if (await accounts.of(credentials)) return true;
			const { token, cookies } = credentials;
			for (const secret of token === null ? jar.secrets(cookies).slice(0, MOST_SEATS) : [token])
				if (await participants.byToken(hashOf(secret))) return true;
			return false;
		},
		async seat(workshop, who) {
			if (who.role === 'participant') return who.participant;
			if (who.role !== 'facilitator' && who.role !== 'co-facilitator') return null;
			return (await participants.seatOf(workshop, who.account)) ?? newSeat(workshop, who.account);
		},
		async seatFor(workshop, who, participant) {
			const row = await participants.byId(participant);
			if (row?.workshopId !== workshop || row.removedAt !== null) return refuse('no-such-person');
			const keeps = who.role === 'participant' && row.keptBy === who.participant;
			const mayWrite = row.withoutDevice && (keeps || isFacilitator(who.role));
			return mayWrite ? row : refuse('not-allowed');
		}
	};
}

/** Whose commands and client ids something is: one person, over all their devices. */
export function holderOf(who: Who): string {
	switch (who.role) {
		case 'facilitator':
		case 'co-facilitator':
			return who.account;
		case 'participant':
			return who.participant;
		case 'screen':
		case 'visitor':
			return who.role;
	}
}
