/** What a document would be after an update: within the limits, and what is made whole. */
import type * as Y from 'yjs';
import type { Exercise } from '#shared/exercises/format.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { Container, Places } from './guard-paths.ts';
import { ruleOf } from './guard-rules.ts';

/** Looks only at the containers that the update changed. */
export function judgeAmounts(places: Places, exercise: Exercise): Refusal | null {
	for (const container of places.touched) {
		const refusal = judgeContainer(container, places, exercise);
		if (refusal) return refusal;
	}
	return null;
}

function judgeContainer(container: Container, places: Places, exercise: Exercise): Refusal | null {
	const { keys, letters } = ruleOf(container);
	const name = `${container.kind}/${container.key}`;
	if (keys && exceeds(container, places, keys.most)) return refuse(keys.else, name);
	if (letters && isTooLong(container, letters(container, exercise)))
		return refuse('too-large', name);
	const isWhole = container.made.every(({ opens }) => opens === null || isMadeWhole(opens));
	return isWhole ? null : refuse('unknown-content', `${name} is not made whole`);
}

/** Only what grows is too long: who shortens a text is never stopped. */
function isTooLong(text: Container, most: number): boolean {
	if (text.inserted === 0) return false;
	const before = (text.type as Y.Text | null)?.length ?? 0;
	return before + text.inserted - text.removed > most;
}

/** What is set with its container and never afterwards, nobody could add. */
function isMadeWhole(opened: Container): boolean {
	const { madeWith = [] } = ruleOf(opened);
	return madeWith.every((key) => opened.made.some((one) => one.key === key));
}

/** Whether more keys would be live than may be. Counted only where that is possible at all. */
function exceeds(container: Container, places: Places, most: number): boolean {
	const entries = container.type?._map;
	const added = container.made.filter(({ item }) => !places.stillborn.has(item));
	if (added.length === 0 || (entries?.size ?? 0) + added.length <= most) return false;
	const live = new Set<string>();
	for (const [key, item] of entries ?? []) if (!item.deleted) live.add(key);
	for (const key of container.cleared) live.delete(key);
	for (const { key } of added) live.add(key);
	return live.size > most;
}
