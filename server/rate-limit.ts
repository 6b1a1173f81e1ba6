/**
 * Guessing is slowed; a roomful of right codes is not. Only failures are counted, and an address
 * from which people have joined is a room: it may mistype more.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';

const FAILED_CODES = 20; // a minute for an address, and one more for each join of the last hour
const FAILED_CODES_OF_ALL = 600; // a minute for the server
const FAILED_LOG_INS = 10; // in five minutes for an account from an address
const FAILED_LOG_INS_OF_ADDRESS = 60;
const NEW_ACCOUNTS = 20; // an hour for an address

export interface RateLimits {
	codes: {
		/** Whether this address has to wait. */
		mustWait(address: string): Promise<boolean>;
		failed(address: string): Promise<void>;
		joined(address: string): Promise<void>;
	};
	logIns: {
		/** Counts an attempt before its password is looked at, so that many at once are many; whether it has to wait. */
		attempt(email: string, address: string): Promise<boolean>;
		succeeded(email: string, address: string): Promise<void>;
	};
	/** Counts an attempt to make an account; whether it has to wait. */
	newAccount(address: string): Promise<boolean>;
}

/** Counts in memory: a restart forgets, and that is well. */
export function createRateLimits(): RateLimits {
	const counter = (seconds: number) =>
		new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: seconds });
	const count = async (of: RateLimiterMemory, key: string) =>
		(await of.get(key))?.consumedPoints ?? 0;
	const add = async (to: RateLimiterMemory, key: string) => (await to.consume(key)).consumedPoints;

	const failedCodes = counter(60);
	const joins = counter(3600);
	const failedLogIns = counter(300);
	const newAccounts = counter(3600);
	const pair = (email: string, address: string) => JSON.stringify([email, address]);

	return {
		codes: {
			async mustWait(address) {
				const failures = await count(failedCodes, address);
				if (failures === 0) return false;
				// When the whole server is being guessed at, who has just failed waits; a room, with
				// its right codes, never does.
				if ((await count(failedCodes, 'all')) >= FAILED_CODES_OF_ALL) return true;
				return failures >= FAILED_CODES + (await count(joins, address));
			},
			async failed(address) {
				await add(failedCodes, address);
				await add(failedCodes, 'all');
			},
			async joined(address) {
				await add(joins, address);
			}
		},
		logIns: {
			async attempt(email, address) {
				const ofPair = await add(failedLogIns, pair(email, address));
				const ofAddress = await add(failedLogIns, address);
				return ofPair > FAILED_LOG_INS || ofAddress > FAILED_LOG_INS_OF_ADDRESS;
			},
			async succeeded(email, address) {
				await failedLogIns.delete(pair(email, address));
				await failedLogIns.reward(address, 1);
			}
		},
		newAccount: async (address) => (await add(newAccounts, address)) > NEW_ACCOUNTS
	};
}
