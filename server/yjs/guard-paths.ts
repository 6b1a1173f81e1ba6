/**
 * Where a struct belongs. An item that has a neighbour carries neither its container nor its key:
 * it takes both from the neighbour, in the document or in the update itself, exactly as Yjs does
 * when it integrates. So no overwrite hides behind an allowed struct.
 */
import * as Y from 'yjs';
import { refuse, type Refusal } from '#shared/refusals.ts';
import { indexAt, type EncodedParent, type Struct, type Update } from './guard-update.ts';

type YType = Y.ContentType['type'];

/** The containers of the schema (`src/shared/doc/schema.ts`), by what they hold. */
type ContainerKind =
	| 'cards'
	| 'author'
	| 'card'
	| 'fields'
	| 'text'
	| 'placements'
	| 'groups'
	| 'group'
	| 'title'
	/** A place that the schema lacks. */
	| 'nowhere'
	/** Gone: documents are kept with `gc` on, and what is written here has no effect. */
	| 'void';

export interface Container {
	readonly kind: ContainerKind;
	readonly parent: Container | null;
	/** The key that it stands under: an author, a card, a field, a group. */
	readonly key: string;
	/** The document's own type; null where this very update makes it. */
	readonly type: YType | null;
	/** The items that this update puts here, with their keys. */
	readonly made: { item: Y.Item; key: string; opens: Container | null }[];
	/** The keys that it clears here, and the letters that it adds and takes. */
	readonly cleared: string[];
	inserted: number;
	removed: number;
}

/** A container, and the key in it; null in a text. */
export interface Place {
	container: Container;
	key: string | null;
}

/** What stands under which key. */
function kindBelow(parent: ContainerKind, key: string | null): ContainerKind {
	if (key === null) return 'nowhere';
	switch (parent) {
		case 'cards':
			return 'author';
		case 'author':
			return 'card';
		case 'card':
			return key === 'fields' ? 'fields' : 'nowhere';
		case 'fields':
			return 'text';
		case 'groups':
			return 'group';
		case 'group':
			return key === 'title' ? 'title' : 'nowhere';
		default:
			return 'nowhere';
	}
}

const container = (
	kind: ContainerKind,
	key: string,
	parent: Container | null,
	type: YType | null
): Container => ({
	kind,
	key,
	parent,
	type,
	made: [],
	cleared: [],
	inserted: 0,
	removed: 0
});

const ROOT_KINDS = new Set<string>(['cards', 'placements', 'groups']);

/** The places of one update over one document: nothing of it outlives a judgement. */
export class Places {
	/** The containers that the update changes. */
	readonly touched = new Set<Container>();
	/** New items that the same update deletes. */
	readonly stillborn = new Set<Struct>();
	readonly #doc: Y.Doc;
	readonly #update: Update;
	readonly #roots = new Map<string, Container>();
	readonly #containers = new Map<YType, Container>();
	/** Where this update's new structs are, and what they open. */
	readonly #places = new Map<Struct, Place>();
	readonly #opened = new Map<Struct, Container>();
	readonly #void = container('void', '', null, null);

	constructor(doc: Y.Doc, update: Update) {
		this.#doc = doc;
		this.#update = update;
	}

	/** The struct that covers an id: what the document has of it, else what the update brings. */
	find(id: Y.ID): Struct {
		if (id.clock < Y.getState(this.#doc.store, id.client)) return Y.getItem(this.#doc.store, id);
		const section = this.#update.sections.get(id.client);
		const struct = section?.structs[indexAt(section, id.clock)];
		if (!struct) throw new Error('an id that neither the document nor the update has');
		return struct;
	}

	/** Where an item will stand. */
	locate(item: Y.Item): Place | Refusal {
		const left = item.origin && this.placeOf(this.find(item.origin));
		const right = item.rightOrigin && this.placeOf(this.find(item.rightOrigin));
		if (left?.container === this.#void || right?.container === this.#void)
			return { container: this.#void, key: null };
		if (left && right && (left.container !== right.container || left.key !== right.key))
			return refuse('malformed', 'neighbours from two containers');
		if (left) return left;
		if (right) return right;

		const parent = item.parent as EncodedParent;
		if (parent === null) return refuse('malformed', 'an item without a container');
		if (typeof parent === 'string') return { container: this.root(parent), key: item.parentSub };
		const within = this.#inside(this.find(parent));
		return within ? { container: within, key: item.parentSub } : refuse('unknown-content');
	}

	/** Where a struct stands, in the document or by this update. */
	placeOf(struct: Struct): Place {
		const place = this.#places.get(struct);
		if (place) return place;
		if (!(struct instanceof Y.Item)) return { container: this.#void, key: null };
		return {
			container: this.containerOf(struct.parent as YType),
			key: struct.parentSub
		};
	}

	/** Notes a new struct, so that later ones find it. */
	put(struct: Struct, place: Place): void {
		this.#places.set(struct, place);
		if (!(struct instanceof Y.Item) || place.container === this.#void) return;
		const { container: within, key } = place;
		let opens: Container | null = null;
		if (struct.content instanceof Y.ContentType) {
			opens = container(kindBelow(within.kind, key), key ?? '', within, null);
			this.#opened.set(struct, opens);
			this.touched.add(opens);
		}
		if (key !== null && !(struct.content instanceof Y.ContentDeleted))
			within.made.push({ item: struct, key, opens });
		this.touched.add(within);
	}

	isVoid(place: Place): boolean {
		return place.container === this.#void;
	}

	get nothing(): Place {
		return { container: this.#void, key: null };
	}

	root(name: string): Container {
		let root = this.#roots.get(name);
		if (!root) {
			const type = this.#doc.share.get(name) ?? null;
			const kind = ROOT_KINDS.has(name) ? (name as ContainerKind) : 'nowhere';
			root = container(kind, name, null, type);
			this.#roots.set(name, root);
		}
		return root;
	}

	/** The container that a type of the document is. */
	containerOf(type: YType): Container {
		let found = this.#containers.get(type);
		if (!found) {
			const item = type._item;
			if (item === null) found = this.root(Y.findRootTypeKey(type));
			else {
				const parent = this.containerOf(item.parent as YType);
				const kind = kindBelow(parent.kind, item.parentSub);
				found = container(kind, item.parentSub ?? '', parent, type);
			}
			this.#containers.set(type, found);
		}
		return found;
	}

	/** The container that an item opens; void where it is gone, null where it opens none. */
	#inside(struct: Struct): Container | null {
		const opened = this.#opened.get(struct);
		if (opened) return opened;
		if (this.#places.get(struct)?.container === this.#void) return this.#void;
		if (!(struct instanceof Y.Item) || struct.content instanceof Y.ContentDeleted)
			return this.#void;
		return struct.content instanceof Y.ContentType ? this.containerOf(struct.content.type) : null;
	}
}
