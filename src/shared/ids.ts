import * as v from 'valibot';

/** What the ids of Plenary name. All are nanoids; who makes them is told at each. */
export type WorkshopId = string; // the server
export type BoardId = string; // the server, or the command that starts it
export type ParticipantId = string; // the server
/** A participant as one board knows them: random per board, so that a board can be anonymous. */
export type AuthorKey = string; // the server
export type CardId = string; // the author's client
export type GroupId = string; // whoever makes the group
export type CommentId = string; // the client, so that a repeated command is known again
export type ActionId = string; // the client, likewise

/** An id as it may come over the wire. */
export const idSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{6,40}$/));

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

/** The languages that Plenary is made for. */
export const LANGUAGES = ['en', 'fr', 'es', 'de', 'ru', 'ar', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];
export const languageSchema = v.picklist(LANGUAGES);
