/**
 * Passwords: argon2id with the parameters that OWASP asks for, in PHC's format. Hashing takes
 * memory and a core on purpose, so it is done in turn: a flood of log-ins waits for itself, and
 * nobody else does.
 */
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { refuse, type Refusal } from '#shared/refusals.ts';
import { createTurns } from '#server/turns.ts';

const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }; // argon2id is its default

/** A password is all that guards an account, so who types one into a form makes it long. */
const SHORTEST = { form: 15, operator: 10 } as const;
const LONGEST = 200;

/** Where a password was given: on a page, or by whoever runs the server, on the command line. */
export type GivenBy = keyof typeof SHORTEST;

/** The same letters are the same password, whichever way a keyboard composes them. */
const composed = (password: string): string => password.normalize('NFKC');
/** Looked at before anything is done with it: composing and hashing a megabyte is work. */
const isTooLong = (password: string): boolean => password.length > 4 * LONGEST;

/** Whether a new password is long enough, in characters, and not too long. */
export function isStrong(password: string, givenBy: GivenBy): boolean {
	if (isTooLong(password)) return false;
	const { length } = [...composed(password)];
	return length >= SHORTEST[givenBy] && length <= LONGEST;
}

/** Whether a hash was made with less than what we ask for today. */
export function isOutdated(passwordHash: string): boolean {
	const { memoryCost, timeCost, parallelism } = parseOptions(passwordHash);
	return (
		!passwordHash.startsWith('$argon2id$') ||
		memoryCost < PARAMETERS.memoryCost ||
		timeCost < PARAMETERS.timeCost ||
		parallelism < PARAMETERS.parallelism
	);
}

export interface Passwords {
	/** The hash to keep; `try-again` where too many are waiting. */
	hash(password: string): Promise<string | Refusal>;
	/**
	 * Whether the password is the one of this hash. Without a hash (no such account) it takes the
	 * same time and is not, so that an answer does not tell which addresses have an account.
	 */
	matches(password: string, passwordHash: string | null): Promise<boolean | Refusal>;
}

export function createPasswords(): Passwords {
	const turns = createTurns({ atOnce: 2, waiting: 100 });
	let nobodys: Promise<string> | undefined;
	const hashNow = (password: string) => hash(composed(password), PARAMETERS);

	return {
		hash: (password) => turns.take(() => hashNow(password)) ?? Promise.resolve(refuse('try-again')),
		matches(password, passwordHash) {
			if (isTooLong(password)) return Promise.resolve(false);
			const compared = turns.take(async () => {
				nobodys ??= hashNow('nobody has this password');
				const equal = await verify(passwordHash ?? (await nobodys), composed(password));
				return equal && passwordHash !== null;
			});
			return compared ?? Promise.resolve(refuse('try-again'));
		}
	};
}
