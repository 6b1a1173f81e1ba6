/**
 * The facilitators' notes at one desk: what is typed is on this device at once, and saved behind it,
 * on the text that it was written on. Where another desk has saved since, both texts become one.
 */
import { mergeText } from './merged-notes.ts';
import type { KeptNotes, Unsaved } from './kept-notes.ts';

/** In ms: from the last letter to saving, and until it is tried again. */
const PAUSE = 800;
const AGAIN = 5000;

/** The server's answer: saved, or what stands there instead; null where it did not answer so. */
export type Saved = { saved: true } | { saved: false; notes: string } | null;

export interface NotesShown {
	text: string;
	keeping: 'saved' | 'saving' | 'device' | 'refused';
	/** When it was, in ms on this device; null where nothing was saved here. */
	savedAt: number | null;
}

interface Deps {
	/** Writes `notes` where `base` is what stands there. */
	save: (base: string, notes: string) => Promise<Saved>;
	/** Null where nothing can be kept. */
	kept: KeptNotes | null;
	now: () => number;
	/** Makes one of two that began from `base`; words become one text unless it is told. */
	merge?: (base: string, mine: string, theirs: string) => string;
}

export class NotesKeeper {
	#shown: NotesShown;
	/** What the server has, as far as this desk knows. */
	#base: string;
	readonly #deps: Deps;
	/** On its way, until the server has answered: what stands there may be either. */
	#sent: string | null = null;
	#asking = false;
	#onDevice = false;
	#closed = false;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#listener: ((shown: NotesShown) => void) | null = null;
	/** An input method has the field in hand: its text is left alone until it is done. */
	composing = false;

	constructor(stored: string, deps: Deps) {
		this.#base = stored;
		this.#deps = deps;
		this.#shown = { text: stored, keeping: 'saved', savedAt: null };
	}

	get shown(): NotesShown {
		return this.#shown;
	}

	/** Closing the page loses nothing: it is with the server, or this device keeps it. */
	get closingIsSafe(): boolean {
		return this.#shown.text === this.#base || this.#onDevice;
	}

	/** Tells of every change, until the answer is called. */
	follow(listener: (shown: NotesShown) => void): () => void {
		this.#listener = listener;
		return () => {
			if (this.#listener === listener) this.#listener = null;
		};
	}

	/** In the browser, once: what an earlier visit could not save is in the notes, and is saved. */
	async takeUp(): Promise<void> {
		const left = (await this.#deps.kept?.takeUp()) ?? [];
		if (left.length === 0) return;
		const text = left.reduce((now, one) => this.#goOn(one, now), this.#shown.text);
		const [first] = left;
		if (left.length === 1 && first!.base === this.#base && first!.sent !== this.#base)
			this.#sent ??= first!.sent; // it may be on its way still
		if (text === this.#base) this.#deps.kept?.saved();
		else this.#write(text, 0);
	}

	typed(text: string): void {
		this.#write(text, PAUSE);
	}

	/** Saves what there is; where there is nothing, learns what another desk has saved. */
	async look(): Promise<void> {
		clearTimeout(this.#timer);
		if (this.#asking) return;
		this.#asking = true;
		// What has not been answered is asked once more as it was: it may be there already.
		const sent = (this.#sent ??= this.#shown.text);
		if (sent !== this.#base) this.#keep();
		const answer = await this.#deps.save(this.#base, sent);
		this.#asking = false;
		const there = answer?.saved ? sent : answer?.notes;
		const isNews = there !== this.#base && there !== sent;
		if (there === undefined || (isNews && this.composing)) this.#unsaved(answer === null);
		else this.#found(there);
	}

	/** The field is left, or the page: what was typed goes on its way. */
	leave(): void {
		if (this.#shown.text !== this.#base) void this.look();
	}

	/** The desk is left: what is not saved stands on the device for the next visit. */
	close(): void {
		this.leave();
		this.#closed = true;
		this.#listener = null;
		this.#deps.kept?.leave();
	}

	#unsaved(failed: boolean): void {
		if (this.#sent === this.#base) this.#sent = null;
		if (this.#shown.text === this.#base) return;
		if (failed) this.#show({ keeping: this.#onDevice ? 'device' : 'refused' });
		if (!this.#closed || !this.#onDevice) this.#later(AGAIN);
	}

	/** What stands on the server: what was sent, or what another desk has saved. */
	#found(there: string): void {
		const { text } = this.#shown;
		const base = this.#base;
		const merged = this.#goOn({ base, sent: this.#sent ?? base, text }, there);
		this.#base = there;
		this.#sent = null;
		if (merged !== there) {
			this.#write(merged, merged === text ? PAUSE : 0);
			return;
		}
		this.#onDevice = false;
		this.#deps.kept?.saved();
		const savedAt = text === base ? this.#shown.savedAt : this.#deps.now();
		this.#show({ text: merged, keeping: 'saved', savedAt });
	}

	#write(text: string, pause: number): void {
		// It is kept as the next visit may have found it, which makes of it what this one would.
		if (this.#closed && this.#onDevice) return;
		this.#show({ text, keeping: 'saving' });
		this.#keep();
		this.#later(pause);
	}

	#keep(): void {
		const base = this.#base;
		const { text } = this.#shown;
		this.#onDevice = this.#deps.kept?.keep({ base, sent: this.#sent ?? base, text }) ?? false;
	}

	#later(pause: number): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.look(), pause);
	}

	#show(shown: Partial<NotesShown>): void {
		this.#shown = { ...this.#shown, ...shown };
		this.#listener?.(this.#shown);
	}

	/** `text` with what is there now; what was sent may be in it, though nobody said so. */
	#goOn({ base, sent, text }: Unsaved, there: string): string {
		const { merge = mergeText } = this.#deps;
		const isIn = merge(base, sent, there) === there;
		return merge(isIn ? sent : base, text, there);
	}
}
