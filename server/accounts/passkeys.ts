/**
 * Passkeys (WebAuthn): keys on people's devices that open an account without its password. A key is
 * bound to the site that it was made on: that is `ORIGIN`, or where it is not set, the one that the
 * browser asked, which the doorkeeper has let through.
 */
import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	verifyAuthenticationResponse,
	verifyRegistrationResponse
} from '@simplewebauthn/server';
import { COSEALG, decodeClientDataJSON } from '@simplewebauthn/server/helpers';
import * as v from 'valibot';
import type { Clock } from '#shared/clock.ts';
import { isRefusal, refuse } from '#shared/refusals.ts';
import type { App } from '#server/app.ts';
import type { Sessions } from '#server/auth.ts';
import { createChallenges } from './challenges.ts';
import type { Config } from '#server/config.ts';
import { cleanName } from '#server/doors/names.ts';
import type { RateLimits } from '#server/doors/rate-limit.ts';
import { asAccount, type AccountStore } from '#server/store/accounts.ts';
import type { PasskeyRow, PasskeyStore } from '#server/store/passkeys.ts';

/** Challenges that may wait at once, of log-ins and of new keys each. */
const MOST_WAITING = 10_000;

/** What every device and browser of today can make one of. */
const ALGORITHMS = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256];

const encoded = v.pipe(v.string(), v.maxLength(64 * 1024));
const common = {
	id: encoded,
	rawId: encoded,
	type: v.literal('public-key'),
	clientExtensionResults: v.optional(v.object({}), {})
};
/** What a browser answers; whatever else it tells is left out. */
const registrationSchema = v.object({
	...common,
	response: v.object({
		clientDataJSON: encoded,
		attestationObject: encoded,
		transports: v.optional(
			v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(20)),
			[]
		)
	})
});
const logInSchema = v.object({
	...common,
	response: v.object({
		clientDataJSON: encoded,
		authenticatorData: encoded,
		signature: encoded,
		userHandle: v.optional(encoded)
	})
});

type Passkeys = App['accounts']['passkeys'];

export interface PasskeyDeps {
	store: PasskeyStore;
	accounts: AccountStore;
	sessions: Sessions;
	limits: RateLimits;
	clock: Clock;
	config: Pick<Config, 'origin'>;
}

export function createPasskeys(deps: PasskeyDeps): Passkeys {
	const { store, accounts, sessions, limits, clock, config } = deps;
	const registering = createChallenges<{ site: string; account: string }>(clock, MOST_WAITING);
	const loggingIn = createChallenges<{ site: string }>(clock, MOST_WAITING);
	const siteFor = (asked: string) => config.origin || asked;

	return {
		async list(account) {
			return (await store.of(account.id)).map(summaryOf);
		},
		remove: (account, id) => store.remove(account.id, id),

		async beginRegister(account, asked) {
			const site = siteFor(asked);
			const options = await generateRegistrationOptions({
				rpName: 'Plenary',
				rpID: new URL(site).hostname,
				userID: new TextEncoder().encode(account.id),
				userName: account.email,
				userDisplayName: account.name,
				supportedAlgorithmIDs: ALGORITHMS,
				excludeCredentials: (await store.of(account.id)).map(descriptor),
				// `required`: the key itself knows whose it is, so nobody types an address first.
				authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' }
			});
			registering.give(options.challenge, { site, account: account.id });
			return options;
		},
		async finishRegister(account, typed, given) {
			const label = cleanName(typed);
			if (isRefusal(label)) return label;
			const parsed = v.safeParse(registrationSchema, given);
			if (!parsed.success) return refuse('malformed');
			const response = parsed.output;
			const challenge = challengeOf(response.response.clientDataJSON);
			const asked = challenge === null ? null : registering.take(challenge);
			if (challenge === null || asked?.account !== account.id) return refuse('wrong-passkey');
			const judged = await orNull(() =>
				verifyRegistrationResponse({
					response,
					supportedAlgorithmIDs: ALGORITHMS,
					requireUserVerification: false,
					...of(asked, challenge)
				})
			);
			if (!judged?.verified) return refuse('wrong-passkey');
			const { id, publicKey, counter } = judged.registrationInfo.credential;
			const added = await store.add({
				id,
				accountId: account.id,
				publicKey,
				counter,
				transports: response.response.transports,
				label,
				createdAt: clock.now(),
				lastUsedAt: null
			});
			return added || refuse('wrong-passkey');
		},

		async beginLogIn(asked, address) {
			if (await limits.passkeyLogIn(address)) return refuse('too-many-tries');
			const site = siteFor(asked);
			const options = await generateAuthenticationOptions({
				rpID: new URL(site).hostname,
				userVerification: 'preferred'
			});
			loggingIn.give(options.challenge, { site });
			return options;
		},
		async finishLogIn(given, cookies) {
			const parsed = v.safeParse(logInSchema, given);
			if (!parsed.success) return refuse('malformed');
			const response = parsed.output;
			const challenge = challengeOf(response.response.clientDataJSON);
			const asked = challenge === null ? null : loggingIn.take(challenge);
			const key = await store.byId(response.id);
			const account = key && (await accounts.byId(key.accountId));
			if (challenge === null || !asked || !key || !account) return refuse('wrong-passkey');
			const { userHandle } = response.response;
			if (userHandle && userHandle !== handleOf(account.id)) return refuse('wrong-passkey');
			// It also refuses a counter that has not gone up: then there are two such keys.
			const judged = await orNull(() =>
				verifyAuthenticationResponse({
					response,
					credential: {
						...descriptor(key),
						publicKey: new Uint8Array(key.publicKey),
						counter: key.counter
					},
					requireUserVerification: false,
					...of(asked, challenge)
				})
			);
			if (!judged?.verified) return refuse('wrong-passkey');
			const counted = { before: key.counter, counter: judged.authenticationInfo.newCounter };
			if (!(await store.used(key.id, { ...counted, at: clock.now() })))
				return refuse('wrong-passkey');
			return { account: asAccount(account), cookie: await sessions.begin(account.id, cookies) };
		}
	};
}

const of = ({ site }: { site: string }, challenge: string) => ({
	expectedChallenge: challenge,
	expectedOrigin: site,
	expectedRPID: new URL(site).hostname
});

const handleOf = (account: string): string => Buffer.from(account).toString('base64url');

const descriptor = ({ id, transports }: PasskeyRow) => ({ id, transports });
const summaryOf = ({ id, label, createdAt, lastUsedAt }: PasskeyRow) => ({
	id,
	label,
	createdAt,
	lastUsedAt
});

/** The challenge that a response claims to answer. */
function challengeOf(clientDataJSON: string): string | null {
	try {
		const { challenge } = decodeClientDataJSON(clientDataJSON);
		return typeof challenge === 'string' ? challenge : null;
	} catch {
		return null; // not even JSON
	}
}

/** The library throws what is wrong with a response: written by whoever sends it, so never our fault. */
async function orNull<T>(judge: () => Promise<T>): Promise<T | null> {
	try {
		return await judge();
	} catch {
		return null;
	}
}
