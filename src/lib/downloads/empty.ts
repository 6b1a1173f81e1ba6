/** Which forms would hold nothing, as far as a page knows that has not read the boards. */
import { emptyForms } from '#shared/empty-forms.ts';
import type { ExportFormat } from '#shared/export-formats.ts';
import type { BoardId } from '#shared/ids.ts';
import type { Workshop } from '$lib/state/workshop.svelte.ts';

/** Of these boards together; none while one of them is not known yet. */
export function emptyFormsOf(
	{ exercises, actions, counts }: Pick<Workshop, 'exercises' | 'actions' | 'counts'>,
	boards: { id: BoardId }[]
): ExportFormat[] {
	const known = boards.flatMap(({ id }) => {
		const exercise = exercises[id];
		if (!exercise) return [];
		const none = counts[id]?.cards === 0;
		return [{ exercise, actions: actions[id] ?? [], ...(none && { board: { cards: [] } }) }];
	});
	return known.length < boards.length ? [] : emptyForms(known);
}
