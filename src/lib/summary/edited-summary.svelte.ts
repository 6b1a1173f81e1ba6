import { tick } from 'svelte';
import type { Item } from '#shared/summary/model.ts';
import type { SummarySettings } from '#shared/summary/settings.ts';
import { caretIn } from '../sync/merged-notes.ts';
import type { NotesKeeper, NotesShown } from '../sync/notes-keeper.ts';
import { readSettings, writeSettings } from './merged-settings.ts';

/** What a facilitator is making of a summary, on the screen; `keeper` keeps it. */
export class EditedSummary {
	#shown: NotesShown;
	/** Somebody else changed it meanwhile, and both are in it. */
	merged = $state(false);
	readonly settings: SummarySettings;
	readonly #keeper: NotesKeeper;
	readonly #onsaved: () => void;

	constructor(keeper: NotesKeeper, onsaved: () => void) {
		this.#keeper = keeper;
		this.#onsaved = onsaved;
		this.#shown = $state.raw(keeper.shown);
		this.settings = $derived(readSettings(this.#shown.text));
	}

	get keeping(): NotesShown['keeping'] {
		return this.#shown.keeping;
	}
	get savedAt(): number | null {
		return this.#shown.savedAt;
	}

	/** Until the answer is called. */
	follow(): () => void {
		return this.#keeper.follow((shown) => {
			const saved = shown.keeping === 'saved' && this.#shown.keeping !== 'saved';
			const fromElsewhere = shown.text !== this.#shown.text;
			if (fromElsewhere) keepCaret();
			this.#shown = shown;
			if (saved || (fromElsewhere && shown.keeping === 'saved')) this.#onsaved();
		});
	}

	change(part: Partial<SummarySettings>): void {
		this.#keeper.typed(writeSettings({ ...this.settings, ...part }));
	}

	isOut(item: Item): boolean {
		return item.card !== undefined && this.settings.cards.includes(item.card);
	}
	toggleCard(card: string): void {
		this.change({ cards: toggled(this.settings.cards, card) });
	}
	toggleSection(section: string): void {
		this.change({ leftOut: toggled(this.settings.leftOut, section) });
	}

	/** An input method has a field in hand: what others wrote waits until it is done. */
	composing(now: boolean): void {
		this.#keeper.composing = now;
	}
}

const toggled = (list: readonly string[], one: string): string[] =>
	list.includes(one) ? list.filter((other) => other !== one) : [...list, one];

/** Where somebody types, the caret stays beside its letters when the words around it change. */
function keepCaret(): void {
	const field = document.activeElement;
	if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
	const { value, selectionStart, selectionEnd } = field;
	if (selectionStart === null || selectionEnd === null) return;
	void tick().then(() => {
		if (field.value === value) return;
		const at = [selectionStart, selectionEnd].map((caret) => caretIn(value, field.value, caret));
		field.setSelectionRange(at[0]!, at[1]!);
	});
}
