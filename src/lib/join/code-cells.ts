import { CODE_ALPHABET, CODE_LENGTH } from '#shared/code.ts';

/** What six cells make of what was typed or pasted into them. */
export interface TypedCode {
	/** At most six, in capitals. */
	letters: string;
	/** The first letter or digit that no code has, for telling so; null where all can be in one. */
	strange: string | null;
}

/** Any case, with spaces, hyphens and the address of a QR code's link around it. */
export function typedCode(typed: string): TypedCode {
	const inLink = /[?&]code=([^&#\s]+)/.exec(typed)?.[1];
	const marks = [...(inLink ?? typed).toUpperCase()];
	return {
		letters: marks
			.filter((mark) => CODE_ALPHABET.includes(mark))
			.slice(0, CODE_LENGTH)
			.join(''),
		strange:
			marks.find((mark) => /[\p{L}\p{N}]/u.test(mark) && !CODE_ALPHABET.includes(mark)) ?? null
	};
}
