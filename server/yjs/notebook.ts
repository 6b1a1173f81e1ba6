import type { AuthorKey, ParticipantId } from '#shared/ids.ts';
import type { Author } from '#server/store/updates.ts';
import { Document } from './document.ts';

/** One author's document, and how far it stands on the board. */
export class Notebook {
	readonly key: AuthorKey;
	readonly participant: ParticipantId;
	readonly account: string | null;
	/** The author's map, as it was made: what the board needs before their first words. */
	readonly map: Uint8Array;
	readonly document = new Document();
	/** The last row with something of it. */
	last = 0;
	/** It stands on the board up to this row. */
	forwarded = 0;
	/** When the first row was committed that does not. */
	heldSince: number | null = null;
	/** It has something that the board does not have yet. */
	behind = false;

	constructor({ key, participant, account, mapUpdate }: Author) {
		this.key = key;
		this.participant = participant;
		this.account = account;
		this.map = mapUpdate;
	}

	/** Rows are committed that the board does not have. */
	get held(): boolean {
		return this.last > this.forwarded;
	}

	/** A row with something of it was committed, or one that says how far it stands on the board. */
	committed(
		row: { seq: number; at: number },
		entry: { gained: boolean; forwarded: boolean }
	): void {
		this.stands(stand(this, row, entry));
	}

	stands({ last, forwarded, heldSince }: Standing): void {
		this.last = last;
		this.forwarded = forwarded;
		this.heldSince = heldSince;
	}
}

export type Standing = Pick<Notebook, 'last' | 'forwarded' | 'heldSince'>;

/** Where a notebook stands after a row. */
export function stand(
	was: Standing,
	{ seq, at }: { seq: number; at: number },
	entry: { gained: boolean; forwarded: boolean }
): Standing {
	const last = entry.gained ? seq : was.last;
	const forwarded = entry.forwarded ? seq : was.forwarded;
	return { last, forwarded, heldSince: last > forwarded ? (was.heldSince ?? at) : null };
}
