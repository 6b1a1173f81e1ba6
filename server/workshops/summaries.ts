/** Summaries: who may see one, what facilitators make of it, and the links that show it. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Clock } from '#shared/clock.ts';
import type { AuditAbout } from '#shared/facilitation/audit.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Summary } from '#shared/summary/model.ts';
import {
	MOST_LINKS,
	summaryLinkSchema,
	summarySettingsSchema,
	type Logo,
	type SummarySettings,
	WHOLE_SUMMARY
} from '#shared/summary/settings.ts';
import type { Asker, SummaryLink } from '#server/app.ts';
import { askedAgain } from './asked-again.ts';
import { accountOf, type Audit } from './audit.ts';
import type { RateLimits } from '#server/doors/rate-limit.ts';
import { holderOf } from '#server/doors/access.ts';
import { hashOf, newSecret } from '#server/doors/secrets.ts';
import type { Exports } from '#server/exports/exports.ts';
import type { Allowed, Gathering } from './gathering-input.ts';
import { readLogo } from './logo.ts';
import type { Queues } from '#server/queues.ts';
import type { AuditRow } from '#server/store/audit.ts';
import type { SummaryStore } from '#server/store/summaries.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

const DAY = 24 * 60 * 60 * 1000;
const VISITOR: Who = { role: 'visitor' };

const changeSchema = v.strictObject({
	version: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
	settings: summarySettingsSchema
});

/** What facilitators make of a summary, and who sees it. */
export interface Summaries {
	/**
	 * As who asks may see it; participants where they may. `whole`, for those who facilitate: as if
	 * they had left nothing out, so that they can be shown what they did.
	 */
	of(workshop: WorkshopId, who: Who, whole?: boolean, asker?: Asker): Promise<Summary | Refusal>;
	settings(
		workshop: WorkshopId,
		who: Who
	): Promise<{ version: number; settings: SummarySettings; logo: boolean } | Refusal>;
	/** Writes `{version, settings}` where that version stands; else answers with what does. */
	set(
		workshop: WorkshopId,
		who: Who,
		given: unknown
	): Promise<{ saved: boolean; version: number; settings: SummarySettings } | Refusal>;
	/** Null where there is none. `etag`: as in `ExportFile`. */
	logo(workshop: WorkshopId, who: Who): Promise<(Logo & { etag: string }) | null | Refusal>;
	/** A PNG or a JPEG, by its own first bytes; null takes it away. */
	setLogo(workshop: WorkshopId, who: Who, bytes: Uint8Array | null): Promise<true | Refusal>;
	links: {
		list(workshop: WorkshopId, who: Who): Promise<SummaryLink[] | Refusal>;
		/** `path`: `/s/<token>`, told this once. */
		create(
			workshop: WorkshopId,
			who: Who,
			given: unknown
		): Promise<(SummaryLink & { path: string }) | Refusal>;
		revoke(workshop: WorkshopId, who: Who, link: string): Promise<true | Refusal>;
	};
	/** What a link shows; `not-found` where it is not good (any more). `address`: for rate limits. */
	byLink(token: string, address: string, asker?: Asker): Promise<Summary | Refusal>;
	logoByLink(token: string, address: string): Promise<Logo | null | Refusal>;
}

interface SummariesDeps {
	summaries: SummaryStore;
	workshops: StoredWorkshops;
	gathering: Gathering;
	exports: Pick<Exports, 'summary'>;
	audit: Audit;
	limits: RateLimits;
	queues: Queues;
	clock: Clock;
	ids: () => string;
}

export function createSummaries(deps: SummariesDeps): Summaries {
	const { summaries, workshops, gathering, exports, audit, limits, queues, clock, ids } = deps;

	/** Does something for who facilitates a workshop that is there. */
	async function facilitating<T>(
		id: WorkshopId,
		who: Who,
		act: () => Promise<T | Refusal>
	): Promise<T | Refusal> {
		if (!isFacilitator(who.role)) return refuse('not-allowed');
		return (await workshops.load(id)) ? act() : refuse('not-found');
	}

	const noteOf = (
		workshop: WorkshopId,
		who: Who,
		deed: 'changed-summary' | 'shared-summary' | 'revoked-summary-link',
		about: AuditAbout
	): AuditRow => audit.row({ workshop, account: accountOf(who), deed, about });

	/** What a link shows. A wrong one is counted against the address from which it came. */
	async function followed(token: string, address: string): Promise<Allowed | Refusal> {
		const workshop = await summaries.workshopOfLink(hashOf(token), clock.now());
		const seen = workshop === null ? null : await gathering.shown(workshop);
		// Asked after the look-up: of many guesses at once, a right one must not slip through.
		if (await limits.links.mustWait(address)) return refuse('too-many-tries');
		if (!seen) await limits.links.failed(address);
		return seen ?? refuse('not-found');
	}

	return {
		of(id, who, whole = false, asker) {
			const make = async (may: Allowed) => {
				const input = await gathering.gather(may, who);
				const waiting = { person: holderOf(who), gone: asker?.gone };
				if (!whole || !isFacilitator(who.role)) return exports.summary(input, waiting);
				const { leftOut, cards } = WHOLE_SUMMARY;
				const summary = { ...input.summary, leftOut, cards };
				return exports.summary({ ...input, summary }, waiting);
			};
			return askedAgain(() => gathering.allowed(id, who), make, asker);
		},
		settings: (id, who) => facilitating(id, who, () => summaries.settings(id)),
		set: (id, who, given) =>
			facilitating(id, who, async () => {
				const asked = v.safeParse(changeSchema, given);
				if (!asked.success) return refuse('malformed', v.summarize(asked.issues));
				const { version, settings } = asked.output;
				const note = noteOf(id, who, 'changed-summary', {});
				const set = await summaries.set(id, version, settings, note);
				if (set) return { saved: true, ...set };
				const there = await summaries.settings(id);
				return { saved: false, version: there.version, settings: there.settings };
			}),

		async logo(id, who) {
			const may = await gathering.allowed(id, who);
			if (isRefusal(may)) return may;
			const logo = await summaries.logo(id);
			const tag = logo && createHash('sha256').update(logo.bytes).digest('base64url');
			return logo && { ...logo, etag: `"${tag}"` };
		},
		setLogo: (id, who, bytes) =>
			facilitating(id, who, async () => {
				const logo = bytes && (await readLogo(bytes));
				if (isRefusal(logo)) return logo;
				const note = noteOf(id, who, 'changed-summary', { logo: logo !== null });
				await summaries.setLogo(id, logo, note);
				return true as const;
			}),

		links: {
			list: (id, who) => facilitating(id, who, () => summaries.links(id, clock.now())),
			create: (id, who, given) =>
				facilitating(id, who, async () => {
					const asked = v.safeParse(summaryLinkSchema, given);
					if (!asked.success) return refuse('malformed', v.summarize(asked.issues));
					const { days } = asked.output;
					// One after the other, so that no two are the last.
					return queues.run(id, async () => {
						const now = clock.now();
						if ((await summaries.links(id, now)).length >= MOST_LINKS)
							return refuse('too-many-links');
						const token = newSecret();
						const link = { id: ids(), createdAt: now, expiresAt: now + days * DAY };
						const row = { ...link, workshopId: id, hash: hashOf(token) };
						const note = noteOf(id, who, 'shared-summary', { link: link.id, days });
						await summaries.addLink(row, note);
						return { ...link, path: `/s/${token}` };
					});
				}),
			revoke: (id, who, link) =>
				facilitating(id, who, async () => {
					await summaries.removeLink(id, link, noteOf(id, who, 'revoked-summary-link', { link }));
					return true as const;
				})
		},
		byLink(token, address, asker) {
			const make = async (seen: Allowed) => {
				const waiting = { person: address, gone: asker?.gone };
				return exports.summary(await gathering.gather(seen, VISITOR), waiting);
			};
			return askedAgain(() => followed(token, address), make, asker);
		},
		async logoByLink(token, address) {
			const seen = await followed(token, address);
			return isRefusal(seen) ? seen : summaries.logo(seen.workshop.id);
		}
	};
}
