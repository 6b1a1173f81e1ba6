/** What a document would be after an update: within the limits, and its groups whole. */
import type * as Y from 'yjs';
import { LIMITS } from '#shared/doc/schema.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { Container, Places } from './guard-paths.ts';
import { longest } from './guard-rules.ts';

/** Looks only at the containers that the update changed. */
export function judgeAmounts(places: Places, exercise: Exercise): Refusal | null {
	for (const container of places.touched) {
		const refusal = judgeContainer(container, places, exercise);
		if (refusal) return refusal;
	}
	return null;
}

function judgeContainer(container: Container, places: Places, exercise: Exercise): Refusal | null {
	switch (container.kind) {
		case 'author':
			return exceeds(container, places, LIMITS.cardsPerPerson) ? refuse('too-many-cards') : null;
		case 'placements':
			return exceeds(container, places, LIMITS.placements)
				? refuse('too-large', 'placements')
				: null;
		case 'groups':
			if (exceeds(container, places, LIMITS.groups)) return refuse('too-large', 'groups');
			return groupsAreWhole(container)
				? null
				: refuse('unknown-content', 'a group without kind or title');
		case 'text':
		case 'title':
			return textIsTooLong(container, exercise)
				? refuse('too-large', `${container.kind}/${container.key}`)
				: null;
		default:
			return null;
	}
}

/** Only what grows is too long: who shortens a text is never stopped. */
function textIsTooLong(text: Container, exercise: Exercise): boolean {
	if (text.inserted === 0) return false;
	const before = (text.type as Y.Text | null)?.length ?? 0;
	return before + text.inserted - text.removed > longest(text, exercise);
}

/** Kind and title are set with their group and never afterwards: nobody could add what it lacks. */
const groupsAreWhole = (groups: Container): boolean =>
	groups.made.every(({ opens }) => {
		if (!opens) return true;
		const keys = new Set(opens.made.map(({ key }) => key));
		return keys.has('kind') && keys.has('title');
	});

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
