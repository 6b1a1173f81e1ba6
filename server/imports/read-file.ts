/**
 * A file that somebody brings, read: a workshop, or why it is none and where in it. Nothing of it is
 * believed. What the guard would refuse of a person is refused here too, and what is taken is written
 * out again as it came.
 */
import * as v from 'valibot';
import {
	FILE_FORMAT,
	FILE_LIMITS,
	FILE_VERSION,
	workshopFileSchema,
	type WorkshopFile
} from '#shared/workshop-file.ts';
import { faultOf } from './file-faults.ts';

/** Why a file is not taken; `where` is a place in it, as `boards.0.cards.3.fields`. */
export interface Wrong {
	refused: 'wrong-file' | 'newer-file' | 'too-large';
	where: string;
}

export function readFile(bytes: Uint8Array): WorkshopFile | Wrong {
	const parsed = parse(bytes);
	if (parsed === undefined) return wrong('');
	const { value } = parsed;
	const head = v.safeParse(headSchema, value);
	if (!head.success) return wrong(placeOf(head.issues));
	if (head.output.version > FILE_VERSION) return { refused: 'newer-file', where: 'version' };
	const read = v.safeParse(workshopFileSchema, value, { abortEarly: true });
	if (!read.success) return wrong(placeOf(read.issues));
	const unread = unreadPlace(value);
	if (unread !== null) return wrong(unread);
	const file = read.output;
	let [cards, notes] = [0, 0];
	for (const [i, board] of file.boards.entries()) {
		cards += board.cards.length;
		if (cards > FILE_LIMITS.cards) return { refused: 'too-large', where: `boards.${i}.cards` };
		const voted = Object.keys(board.votes ?? {});
		const scores = (board.voted ?? []).flatMap((round) => Object.keys(round.scores));
		const reacted = Object.values(board.reactions ?? {}).flatMap((said) => Object.keys(said));
		notes +=
			board.comments.length + board.actions.length + voted.length + scores.length + reacted.length;
		if (notes > FILE_LIMITS.notes) return { refused: 'too-large', where: `boards.${i}` };
	}
	const fault = faultOf(file);
	return fault === null ? file : wrong(fault);
}

const wrong = (where: string): Wrong => ({ refused: 'wrong-file', where });

const headSchema = v.looseObject({
	format: v.literal(FILE_FORMAT),
	version: v.pipe(v.number(), v.integer(), v.minValue(1))
});

function parse(bytes: Uint8Array): { value: unknown } | undefined {
	try {
		return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
	} catch {
		return undefined;
	}
}

const placeOf = ([issue]: readonly v.BaseIssue<unknown>[]): string =>
	(issue && v.getDotPath(issue)) ?? '';

/**
 * Where a key is that every object has, or that valibot passes over: it is in no schema, and would be
 * lost without a word. Asked of what has the right shape but for these, so it is neither deep nor wide.
 */
function unreadPlace(value: unknown): string | null {
	if (typeof value !== 'object' || value === null) return null;
	for (const [key, inner] of Object.entries(value)) {
		if (key in Object.prototype || key === 'prototype') return key;
		const below = unreadPlace(inner);
		if (below !== null) return `${key}.${below}`;
	}
	return null;
}
