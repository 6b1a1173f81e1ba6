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

/** An id as it may come over the wire; never `constructor` and its kin, which every object has. */
export const idSchema = v.pipe(
	v.string(),
	v.regex(/^[A-Za-z0-9_-]{6,40}$/),
	v.check((id) => !(id in Object.prototype))
);

/** The languages that Plenary is made for. */
const LANGUAGES = ['en', 'fr', 'es', 'de', 'ru', 'ar', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];
export const languageSchema = v.picklist(LANGUAGES);

/** Whether what Plenary says in it reads from the right. */
export const isRightToLeft = (language: Language): boolean => language === 'ar';
