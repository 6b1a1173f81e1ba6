import type { Attachment } from 'svelte/attachments';
import type * as Y from 'yjs';
import { editText } from '#shared/doc/notebook.ts';

type Delta = Y.YTextEvent['delta'];

/** Where a caret at `index` stands after `delta`: text before it moves it, text at it does not. */
export function caretAfter(index: number, delta: Delta): number {
	let at = 0;
	let moved = index;
	for (const part of delta) {
		if (part.retain !== undefined) at += part.retain;
		else if (typeof part.insert === 'string') {
			if (at < moved) moved += part.insert.length;
			at += part.insert.length;
		} else if (part.delete !== undefined && at < moved) moved = Math.max(at, moved - part.delete);
	}
	return moved;
}

/**
 * Ties a field to a Y.Text: what is typed becomes the smallest edit, and what changes elsewhere
 * (another device, an undo) comes into the field without moving the caret. `text` is asked for at
 * each letter, because the first one makes it: then `begin` is given what stands in the field.
 */
export const written =
	(
		text: () => Y.Text | null,
		begin: (value: string) => void = () => {}
	): Attachment<HTMLInputElement | HTMLTextAreaElement> =>
	(element) => {
		const now = text();
		const value = now?.toString() ?? '';
		if (element.value !== value) element.value = value;

		let composing = false;
		const typed = () => {
			const target = text();
			if (target) editText(target, element.value);
			else if (element.value !== '') begin(element.value);
		};
		const changed = (event: Y.YTextEvent) => {
			const value = event.target.toString();
			// While an input method composes, its text must not be replaced under it.
			if (composing || element.value === value) return;
			const [start, end] = [element.selectionStart ?? 0, element.selectionEnd ?? 0];
			element.value = value;
			if (document.activeElement === element)
				element.setSelectionRange(caretAfter(start, event.delta), caretAfter(end, event.delta));
		};
		const begun = () => (composing = true);
		const ended = () => {
			composing = false;
			typed();
		};
		element.addEventListener('input', typed);
		element.addEventListener('compositionstart', begun);
		element.addEventListener('compositionend', ended);
		now?.observe(changed);
		return () => {
			element.removeEventListener('input', typed);
			element.removeEventListener('compositionstart', begun);
			element.removeEventListener('compositionend', ended);
			now?.unobserve(changed);
		};
	};
