/** Who facilitates a workshop beside its owner: asked by a link, and let go again. */
import type { Clock } from '#shared/clock.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { Who } from '#shared/permissions.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Account, App } from '#server/app.ts';
import { accountOf, type Audit } from './audit.ts';
import type { News } from '#server/news.ts';
import type { Queues } from '#server/queues.ts';
import { hashOf, newSecret } from '#server/doors/secrets.ts';
import type { CofacilitatorStore } from '#server/store/cofacilitators.ts';
import type { StoredWorkshop } from '#server/store/workshops.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

const INVITE_LASTS = 7 * 24 * 60 * 60 * 1000;

interface CofacilitationDeps {
	cofacilitators: CofacilitatorStore;
	workshops: StoredWorkshops;
	audit: Audit;
	queues: Queues;
	news: News;
	clock: Clock;
}

export function createCofacilitation(deps: CofacilitationDeps): App['workshops']['cofacilitators'] {
	const { cofacilitators, workshops, audit, queues, news, clock } = deps;

	/** The workshop, for who facilitates it. */
	async function facilitated(id: WorkshopId, who: Who): Promise<StoredWorkshop | Refusal> {
		if (!isFacilitator(who.role)) return refuse('not-allowed');
		return (await workshops.load(id)) ?? refuse('not-found');
	}

	/** Used or not, a link harms nobody who has a place there already: it takes them to it. */
	async function hasPlace(workshop: StoredWorkshop, account: Account): Promise<boolean> {
		return workshop.ownerId === account.id || (await cofacilitators.has(workshop.id, account.id));
	}

	return {
		async list(id, who) {
			const workshop = await facilitated(id, who);
			return isRefusal(workshop) ? workshop : cofacilitators.list(id);
		},
		async invite(id, who) {
			if (who.role !== 'facilitator') return refuse('not-allowed');
			const workshop = await facilitated(id, who);
			if (isRefusal(workshop)) return workshop;
			const token = newSecret();
			const expiresAt = clock.now() + INVITE_LASTS;
			const deed = 'invited-cofacilitator' as const;
			await cofacilitators.addInvite(
				{ hash: hashOf(token), workshopId: id, expiresAt },
				audit.row({ workshop: id, account: who.account, deed, about: {} })
			);
			return `/cofacilitate/${token}`;
		},
		async peek(token) {
			const invite = await cofacilitators.invite(hashOf(token));
			const workshop = invite?.good(clock.now()) ? await workshops.load(invite.workshop) : null;
			return workshop && { workshop: workshop.id, title: workshop.state.title };
		},
		async accept(token, account) {
			const hash = hashOf(token);
			const invite = await cofacilitators.invite(hash);
			const workshop = invite && (await workshops.load(invite.workshop));
			if (!workshop) return refuse('link-used');
			if (await hasPlace(workshop, account)) return workshop.id;
			const deed = 'joined-as-cofacilitator' as const;
			const accepted = await cofacilitators.accept(hash, {
				accountId: account.id,
				now: clock.now(),
				note: audit.row({ workshop: workshop.id, account: account.id, deed, about: {} })
			});
			return accepted ?? refuse('link-used');
		},
		async revoke(id, who, account) {
			const workshop = await facilitated(id, who);
			if (isRefusal(workshop)) return workshop;
			const isOwn = 'account' in who && who.account === account;
			if (who.role !== 'facilitator' && !isOwn) return refuse('not-allowed');
			const deed = 'revoked-cofacilitator' as const;
			const note = audit.row({ workshop: id, account: accountOf(who), deed, about: { account } });
			return queues.run(id, async () => {
				const now = await workshops.load(id);
				if (!now) return refuse('not-found');
				// Whoever was let go has the room screen's link as well, and perhaps an invitation. A room is not left in the dark by
				// who leaves of their own accord.
				const screenSecret = isOwn ? now.screenSecret : newSecret();
				const how = { note, screenSecret, invitesToo: !isOwn };
				if (!(await cofacilitators.remove(id, account, how))) return refuse('no-such-person');
				workshops.replace({ ...now, screenSecret });
				news.tell({ kind: 'access-ended', workshop: id, account, screens: !isOwn });
				return true;
			});
		}
	};
}
