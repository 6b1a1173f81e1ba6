/**
 * Guessing is slowed; a roomful of right codes is not. Only failures are counted, and an address
 * from which people have joined is a room: it may mistype more.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';

const FAILED_CODES = 20; // a minute for an address, and one more for each join of the last hour
const FAILED_CODES_OF_ALL = 600; // a minute for the server
const FAILED_LOG_INS = 10; // in five minutes for an account from an address
const FAILED_LOG_INS_OF_ADDRESS = 60;
const FAILED_LOG_INS_OF_ACCOUNT = 100; // an hour for an account, from everywhere
const PASSKEY_LOG_INS = 60; // in five minutes for an address
const NEW_ACCOUNTS = 20; // an hour for an address
/** Addresses of an account that are remembered as its owner's. */
const HOMES = 20;

/** What is guessed at: codes, links. */
interface Guesses {
	/** Whether this address has to wait. */
	mustWait(address: string): Promise<boolean>;
	failed(address: string): Promise<void>;
}

export interface RateLimits {
	codes: Guesses & { joined(address: string): Promise<void> };
	/** Of summaries; on a count of their own, so that who has an old link can join. */
	links: Guesses;
	logIns: {
		/** Counts an attempt before its password is looked at, so that many at once are many; whether it has to wait. */
		attempt(email: string, address: string): Promise<boolean>;
		succeeded(email: string, address: string): Promise<void>;
	};
	/** Counts an attempt to log in with a passkey; whether it has to wait. */
	passkeyLogIn(address: string): Promise<boolean>;
	/** Counts an attempt to make an account; whether it has to wait. */
	newAccount(address: string): Promise<boolean>;
}

/** Counts in memory: a restart forgets, and that is well. */
export function createRateLimits(): RateLimits {
	const passkeyLogIns = counter(300);
	const newAccounts = counter(3600);

	return {
		codes: limitGuesses(),
		links: limitGuesses(),
		logIns: limitLogIns(),
		passkeyLogIn: async (address) => (await add(passkeyLogIns, address)) > PASSKEY_LOG_INS,
		newAccount: async (address) => (await add(newAccounts, address)) > NEW_ACCOUNTS
	};
}

function limitGuesses(): RateLimits['codes'] {
	const wrong = counter(60);
	const joins = counter(3600);

	return {
		async mustWait(address) {
			const failures = await count(wrong, address);
			if (failures === 0) return false;
			// When the whole server is being guessed at, who has just failed waits; a room, with
			// its right codes, never does.
			if ((await count(wrong, 'all')) >= FAILED_CODES_OF_ALL) return true;
			return failures >= FAILED_CODES + (await count(joins, address));
		},
		async failed(address) {
			await add(wrong, address);
			await add(wrong, 'all');
		},
		async joined(address) {
			await add(joins, address);
		}
	};
}

/**
 * Three limits, so that neither one guesser nor a thousand get far. The account's own is reached by
 * whoever wants it: it must not shut its owner out, so an address from which the account has been
 * logged in to is held to the other two alone.
 */
function limitLogIns(): RateLimits['logIns'] {
	const failed = counter(300);
	const failedOfAccount = counter(3600);
	const homes = new Map<string, Set<string>>();
	const pair = (email: string, address: string) => JSON.stringify([email, address]);

	return {
		async attempt(email, address) {
			// One that waits anyway fills no memory with the accounts that it makes up.
			if ((await add(failed, address)) > FAILED_LOG_INS_OF_ADDRESS) return true;
			if ((await add(failed, pair(email, address))) > FAILED_LOG_INS) return true;
			const ofAccount = await add(failedOfAccount, email);
			return ofAccount > FAILED_LOG_INS_OF_ACCOUNT && !homes.get(email)?.has(address);
		},
		async succeeded(email, address) {
			await failed.delete(pair(email, address));
			await failed.reward(address, 1);
			await failedOfAccount.reward(email, 1);
			const known = homes.get(email) ?? new Set();
			known.delete(address);
			known.add(address); // the latest last
			for (const oldest of known) if (known.size > HOMES) known.delete(oldest);
			homes.set(email, known);
		}
	};
}

const counter = (seconds: number) =>
	new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: seconds });
const count = async (of: RateLimiterMemory, key: string) =>
	(await of.get(key))?.consumedPoints ?? 0;
const add = async (to: RateLimiterMemory, key: string) => (await to.consume(key)).consumedPoints;
