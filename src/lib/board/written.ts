import type { Attachment } from 'svelte/attachments';
import type * as Y from 'yjs';
import { editText, LOCAL } from '#shared/doc/notebook.ts';
import { Fork, type Delta } from './fork.ts';

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
export const written = (
	text: () => Y.Text | null,
	begin: (value: string) => void = () => {}
): Attachment<HTMLInputElement | HTMLTextAreaElement> => {
	// The field is tied anew whenever the board is otherwise; what is known of it stays.
	let tied: Y.Text | null = null;
	/** What the text said when the field showed all of it. */
	let said = '';
	let composing = false;
	let typing = false;
	/** Of a field whose words an input method holds, and which must not be replaced under it. */
	let fork: Fork | null = null;

	return (element) => {
		const now = text();
		const value = now?.toString() ?? '';
		if (now !== tied) fork = null;
		tied = now;
		if (!fork) {
			if (element.value !== value) element.value = value;
			said = value;
		}

		const typed = () => {
			const target = text();
			typing = true;
			if (!target) {
				if (element.value !== '') begin(element.value);
			} else if (fork && target === tied) {
				const delta = fork.typed(element.value);
				const change = () => target.applyDelta(delta);
				if (target.doc) target.doc.transact(change, LOCAL);
				else change();
			} else {
				editText(target, element.value);
				said = target.toString();
			}
			typing = false;
		};
		const show = (value: string, delta: Delta) => {
			said = value;
			if (element.value === value) return;
			const [start, end] = [element.selectionStart ?? 0, element.selectionEnd ?? 0];
			element.value = value;
			if (document.activeElement === element)
				element.setSelectionRange(caretAfter(start, delta), caretAfter(end, delta));
		};
		const changed = (event: Y.YTextEvent) => {
			if (typing) return;
			if (composing) (fork ??= new Fork(said)).missed(event.delta);
			else show(event.target.toString(), event.delta);
		};
		const begun = () => (composing = true);
		const ended = () => {
			composing = false;
			typed();
			if (fork && tied) show(tied.toString(), fork.behind());
			fork = null;
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
};
