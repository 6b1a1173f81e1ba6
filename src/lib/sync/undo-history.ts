import * as Y from 'yjs';
import { LOCAL } from '#shared/doc/notebook.ts';
import { cardsOf, groupsOf, placementsOf } from '#shared/doc/schema.ts';

/** When a step was taken or taken back, by the history's own count. */
const AT = 'at';

/**
 * Undo for one person: what they did over notebook and board, in order of time. It holds this
 * phase only; and after the notebook or the board began anew, nothing of before.
 */
export class UndoHistory {
	#managers: Y.UndoManager[] = [];
	#count = 0;
	readonly #changed: () => void;

	constructor(changed: () => void) {
		this.#changed = changed;
	}

	/** Follows these documents from now on. */
	follow(board: Y.Doc, notebook: Y.Doc | null): void {
		this.close();
		const scopes = [
			[placementsOf(board), groupsOf(board)],
			...(notebook ? [[cardsOf(notebook)]] : [])
		];
		for (const scope of scopes) {
			const manager = new Y.UndoManager(scope as Y.AbstractType<unknown>[], {
				trackedOrigins: new Set([LOCAL])
			});
			manager.on('stack-item-added', ({ stackItem, origin }) => {
				stackItem.meta.set(AT, (this.#count += 1));
				if (origin === LOCAL) this.#stepTaken(manager);
				this.#changed();
			});
			manager.on('stack-item-updated', ({ origin }) => {
				if (origin === LOCAL) this.#stepTaken(manager);
				this.#changed();
			});
			manager.on('stack-item-popped', this.#changed);
			this.#managers.push(manager);
		}
		this.#changed();
	}

	get canUndo(): boolean {
		return this.#managers.some((manager) => manager.canUndo());
	}

	get canRedo(): boolean {
		return this.#managers.some((manager) => manager.canRedo());
	}

	undo(): void {
		latest(this.#managers, 'undoStack')?.undo();
	}

	redo(): void {
		latest(this.#managers, 'redoStack')?.redo();
	}

	/** What comes next is a step of its own: deleting a card is not the end of having typed it. */
	beginStep(): void {
		for (const manager of this.#managers) manager.stopCapturing();
	}

	/** A new phase: what was done before it stays done. */
	empty(): void {
		for (const manager of this.#managers) manager.clear();
		this.#changed();
	}

	close(): void {
		for (const manager of this.#managers) manager.destroy();
		this.#managers = [];
	}

	/** A new step closes what the other document was in the middle of, and its way forward. */
	#stepTaken(by: Y.UndoManager): void {
		for (const other of this.#managers) {
			if (other === by) continue;
			other.stopCapturing();
			other.clear(false, true);
		}
	}
}

function latest(
	managers: Y.UndoManager[],
	stack: 'undoStack' | 'redoStack'
): Y.UndoManager | undefined {
	const at = (manager: Y.UndoManager): number => manager[stack].at(-1)?.meta.get(AT) ?? 0;
	return managers.filter((one) => at(one) > 0).sort((a, b) => at(b) - at(a))[0];
}
