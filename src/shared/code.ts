/** The code of a workshop: what people type to come in. Apart from `ids.ts`, so that the join page stays light. */

/** No O and 0, I and 1, L, U and V: read aloud, or from the last row, none is mistaken for another. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTWXYZ';
export const CODE_LENGTH = 6;

/** Reads a workshop code as people type it: any case, spaces and hyphens anywhere. Null if it cannot be one. */
export function readCode(typed: string): string | null {
	const code = typed.toUpperCase().replace(/[\s-]/g, '');
	const known = [...code].every((letter) => CODE_ALPHABET.includes(letter));
	return code.length === CODE_LENGTH && known ? code : null;
}

/** A code as it is shown: `K7M 4PR`. */
export const showCode = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;
