import * as v from 'valibot';
import type { WorkshopId } from '#shared/ids.ts';
import type { Saved } from '../sync/notes-keeper.ts';

/** In bytes: what browsers send on behind a page that has gone, and a little less. */
const SENT_BEHIND = 60_000;

const answerSchema = v.variant('saved', [
	v.object({ saved: v.literal(true) }),
	v.object({ saved: v.literal(false), notes: v.string() })
]);

/** Writes a workshop's notes where `base` is what stands there; null where it is not known. */
export async function saveNotes(workshop: WorkshopId, base: string, notes: string): Promise<Saved> {
	const body = JSON.stringify({ base, notes });
	try {
		const response = await fetch(`/workshops/${workshop}/notes`, {
			method: 'PUT',
			headers: { 'content-type': 'application/json', accept: 'application/json' },
			body,
			keepalive: new TextEncoder().encode(body).length < SENT_BEHIND
		});
		const answer = v.safeParse(answerSchema, await response.json());
		return answer.success ? answer.output : null;
	} catch {
		return null; // no connection, or an answer that is not the server's
	}
}
