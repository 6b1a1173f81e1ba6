/**
 * Reading is work as well: boards are gathered for each who looks at a summary. So nobody looks too
 * often, by their account, their seat, or the address from which they follow a link.
 */
import type { App } from '#server/app.ts';
import { holderOf } from '#server/doors/access.ts';
import { createLimits, PAGES, PAGES_OF_ADDRESS } from '#server/doors/work-limits.ts';

type Read = Pick<
	App,
	'summaries' | 'suggestions' | 'takeAways' | 'across' | 'ideas' | 'earlier' | 'soFar' | 'splitting'
>;

/** The same parts, of which one person reads so much a minute. */
export function withReadLimits(parts: Read, now: () => number, aMinute?: number): Read {
	const { summaries, suggestions, takeAways, across, ideas, earlier, soFar, splitting } = parts;
	const instead = aMinute === undefined ? {} : { aMinute };
	const people = createLimits(now, { ...PAGES, ...instead });
	const addresses = createLimits(now, { ...PAGES_OF_ADDRESS, ...instead });

	return {
		summaries: {
			...summaries,
			of: (id, who, whole, asker) =>
				people.one(holderOf(who), () => summaries.of(id, who, whole, asker)),
			byLink: (token, address, asker) =>
				addresses.one(address, () => summaries.byLink(token, address, asker))
		},
		suggestions: {
			...suggestions,
			of: (id, board, who) => people.one(holderOf(who), () => suggestions.of(id, board, who))
		},
		takeAways: {
			...takeAways,
			of: (id, person, asker) => people.one(person, () => takeAways.of(id, person, asker))
		},
		earlier: {
			of: (id, who) => {
				const reader = who.role === 'screen' ? `screen ${id}` : holderOf(who);
				return people.one(reader, () => earlier.of(id, who));
			}
		},
		soFar: { of: (id, person) => people.one(person, () => soFar.of(id, person)) },
		splitting: { known: (id, who) => people.one(holderOf(who), () => splitting.known(id, who)) },
		across: {
			...across,
			contacts: (account, ...asked) =>
				people.one(account.id, () => across.contacts(account, ...asked)),
			answers: (account, ...asked) =>
				people.one(account.id, () => across.answers(account, ...asked))
		},
		ideas: {
			...ideas,
			byKey: (key, address) => addresses.one(address, () => ideas.byKey(key, address))
		}
	};
}
