/** Random secrets, and the hashes of them that are all the database ever holds. */
import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { CODE_ALPHABET, CODE_LENGTH } from '#shared/code.ts';

/** 256 bits, safe in a link and in a cookie. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** The code that is read from the last row. */
export const newCode = (): string =>
	Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join(
		''
	);

/** The key in a room screen's link: whoever has it may look, and only look. */
export const screenKey = (workshop: string, secret: string): string =>
	createHmac('sha256', secret).update(workshop).digest('base64url');

/** Compares without telling, by the time it takes, how much was right. */
export function sameSecret(given: string, right: string): boolean {
	const [some, other] = [Buffer.from(given), Buffer.from(right)];
	return some.length === other.length && timingSafeEqual(some, other);
}
