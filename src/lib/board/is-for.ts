/** What a card says of the earlier exercise that it is for. */
import type { CardValue } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import { sourceOf, type Source } from '#shared/earlier.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { BoardId } from '#shared/ids.ts';
import { m } from '$lib/paraglide/messages.js';
import type { Earlier } from '$lib/state/earlier.svelte.ts';

/** What it is for, of what this page knows. */
export const sourceFor = (
	card: CardValue,
	board: BoardId,
	exercise: Exercise,
	earlier: Earlier | undefined
): Source | null =>
	card.from && earlier
		? sourceOf(board, { from: card.from, text: mainText(card, exercise) }, earlier.find)
		: null;

/** "For: no time for joint projects"; where it only says the same, from which exercise it is. */
export const sourceSaid = (source: Source | null): string | null =>
	source &&
	(source.carried
		? m.feeds_from({ exercise: source.of.title })
		: m.feeds_for({ card: source.of.text }));
