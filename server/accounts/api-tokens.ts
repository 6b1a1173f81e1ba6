/** API tokens: an account's, made and revoked by its owner; shown once, and kept as a hash. */
import type { Clock } from '#shared/clock.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import type { ApiTokenSummary } from '#server/app.ts';
import { cleanName } from '#server/doors/names.ts';
import { hashOf, newSecret } from '#server/doors/secrets.ts';
import type { AccountRow, AccountStore } from '#server/store/accounts.ts';

/** When a token was last used is known to the minute: not every request writes. */
const NOTED_EVERY = 60_000;

export interface ApiTokens {
	/** Whose a token is; null where it is nobody's. */
	accountOf(token: string): Promise<AccountRow | null>;
	list(account: string): Promise<ApiTokenSummary[]>;
	/** The token itself, which nobody can find out again. */
	add(account: string, label: string): Promise<string | Refusal>;
	revoke(account: string, id: string): Promise<void>;
}

export function createApiTokens(deps: {
	store: AccountStore;
	clock: Clock;
	ids: () => string;
}): ApiTokens {
	const { store, clock, ids } = deps;
	return {
		async accountOf(token) {
			const hash = hashOf(token);
			const found = await store.byToken(hash);
			if (!found) return null;
			const now = clock.now();
			if (now - (found.lastUsedAt ?? 0) >= NOTED_EVERY) await store.tokenUsed(hash, now);
			return found.account;
		},
		list: (account) => store.tokensOf(account),
		async add(account, typed) {
			const label = cleanName(typed);
			if (isRefusal(label)) return label;
			const token = newSecret();
			await store.addToken({
				hash: hashOf(token),
				id: ids(),
				label,
				accountId: account,
				createdAt: clock.now()
			});
			return token;
		},
		revoke: (account, id) => store.removeToken(account, id)
	};
}
