/** What a room tells the rest of the server: how much is written, and what is held back. Never what. */
import { isPutDown, readNotebook } from '#shared/doc/read.ts';
import { forwards } from '#shared/facilitation/phases.ts';
import type { AuthorKey, ParticipantId } from '#shared/ids.ts';
import { lateCards, writtenOn, type LateCard } from './late-cards.ts';
import type { Notebook } from './notebook.ts';
import type { Counts, Late } from './ports.ts';
import type { Room } from './room.ts';

/** News wait for more of the kind. */
const TOLD_EVERY = 300;
/** Somebody whose notebook changed so short a time ago is writing. */
const WRITING_FOR = 5000;

export class RoomNewsDesk {
	readonly #room: Room;
	/** Cards that are put down, by notebook; one that has changed is counted again. */
	readonly #cards = new Map<AuthorKey, number>();
	readonly #changed = new Set<Notebook>();
	readonly #writtenAt = new Map<AuthorKey, number>();
	#scheduled: (() => void) | null = null;
	#over = false;
	/** What everybody was told last, as JSON; null where somebody knows otherwise. */
	readonly #told: { counts: string | null; late: string | null; writers: string } = {
		counts: null,
		late: '[]',
		writers: ''
	};

	constructor(room: Room) {
		this.#room = room;
		for (const notebook of room.documents.notebooks.values()) this.#changed.add(notebook);
	}

	/** Its author wrote. */
	written(notebook: Notebook): void {
		this.#writtenAt.set(notebook.key, this.#room.deps.pace.now());
		this.changed(notebook);
	}

	changed(notebook: Notebook): void {
		this.#changed.add(notebook);
		this.stir();
	}

	/** Something may be otherwise: it is looked at, and told, in a moment. */
	stir(after = TOLD_EVERY): void {
		if (this.#over || this.#scheduled) return;
		this.#scheduled = this.#room.deps.pace.after(after, () => {
			this.#scheduled = null;
			this.#tell();
		});
	}

	end(): void {
		this.#over = true;
		this.#scheduled?.();
	}

	/** For somebody who asks. */
	counts(): Counts {
		return this.#toldApart('counts', this.#counts());
	}

	/** Nobody is told who has written on an anonymous board. */
	writers(): ParticipantId[] {
		if (this.#room.facts.state.anonymous) return [];
		this.#counts();
		return [...this.#room.documents.notebooks.values()]
			.filter(({ key }) => (this.#cards.get(key) ?? 0) > 0 && this.#isPerson(key))
			.map(({ participant }) => participant);
	}

	late(): Late[] {
		return this.#toldApart('late', this.#late());
	}

	/**
	 * Who asks between two news is told what nobody else was. So everybody is told again soon: else,
	 * where it is over before that, the one who asked would never hear of it.
	 */
	#toldApart<T>(kind: 'counts' | 'late', now: T): T {
		if (JSON.stringify(now) !== this.#told[kind]) {
			this.#told[kind] = null;
			this.stir();
		}
		return now;
	}

	/** A facilitator's own cards count, and they themselves do not. */
	#counts(): Counts {
		for (const { key, document } of this.#changed) {
			const cards = readNotebook(document.doc);
			const { exercise } = this.#room.facts;
			this.#cards.set(key, cards.filter((card) => isPutDown(card, exercise)).length);
		}
		this.#changed.clear();
		const since = this.#room.deps.pace.now() - WRITING_FOR;
		const counts: Counts = { cards: 0, people: 0, writing: 0 };
		for (const [key, cards] of this.#cards) {
			counts.cards += cards;
			if (cards > 0 && this.#isPerson(key)) counts.people += 1;
		}
		for (const [key, at] of this.#writtenAt)
			if (at <= since) this.#writtenAt.delete(key);
			else if (this.#isPerson(key)) counts.writing += 1;
		return counts;
	}

	#isPerson(key: AuthorKey): boolean {
		return this.#room.documents.notebooks.get(key)?.account === null;
	}

	/** Before the reveal nothing is late, and where words are forwarded they are only on their way. */
	lateCards(): Map<Notebook, LateCard[]> {
		const { facts, documents, deps, saving } = this.#room;
		const late = new Map<Notebook, LateCard[]>();
		if (!facts.state.revealed || forwards(facts.state, deps.clock.now())) return late;
		const behind = this.#room
			.notebooksOf()
			.filter((notebook) => notebook.behind && !saving.isForwarding(notebook.key));
		if (behind.length === 0) return late;
		const onBoard = writtenOn(documents.board.doc);
		for (const notebook of behind) {
			const cards = lateCards(notebook.document.doc, onBoard, facts.exercise);
			if (cards.length > 0) late.set(notebook, cards);
		}
		return late;
	}

	#late(): Late[] {
		return [...this.lateCards()].map(([{ participant }, cards]) => ({
			participant,
			cards: cards.length
		}));
	}

	#tell(): void {
		const { board, deps } = this.#room;
		try {
			const counts = this.#counts();
			const late = this.#late();
			const writers = this.writers();
			const now = {
				counts: JSON.stringify(counts),
				late: JSON.stringify(late),
				writers: writers.join()
			};
			if (now.counts !== this.#told.counts) deps.news.counted(board, counts);
			if (now.late !== this.#told.late) deps.news.held(board, late);
			if (now.writers !== this.#told.writers) deps.news.wrote(board, writers);
			Object.assign(this.#told, now);
			// Who stops writing makes no sign of it.
			if (this.#writtenAt.size > 0) this.stir(WRITING_FOR / 5);
		} catch (error) {
			deps.log.error({ err: error, board }, 'news of a room could not be told');
		}
	}
}
