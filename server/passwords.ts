/** Passwords: argon2id with the parameters that OWASP asks for, in PHC's format. */
import { hash, verify } from '@node-rs/argon2';

const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }; // argon2id is its default

const SHORTEST = 10;
const LONGEST = 200;

export const isStrong = (password: string): boolean =>
	password.length >= SHORTEST && password.length <= LONGEST;

export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS);

let nobodys: Promise<string> | undefined;

/**
 * Whether the password is the one of this hash. Without a hash (no such account) it takes the same
 * time and is not, so that an answer does not tell which addresses have an account.
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
	if (password.length > LONGEST) return false;
	nobodys ??= hashPassword('nobody has this password');
	const matches = await verify(passwordHash ?? (await nobodys), password);
	return matches && passwordHash !== null;
}
