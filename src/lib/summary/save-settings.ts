/** How what a facilitator makes of a summary reaches the server: on the version that it was made of. */
import * as v from 'valibot';
import type { WorkshopId } from '#shared/ids.ts';
import { summarySettingsSchema, type SummarySettings } from '#shared/summary/settings.ts';
import type { Saved } from '../sync/notes-keeper.ts';
import { readSettings, writeSettings } from './merged-settings.ts';

export interface Versioned {
	version: number;
	settings: SummarySettings;
}

const answerSchema = v.object({
	saved: v.boolean(),
	version: v.number(),
	settings: summarySettingsSchema
});

interface Deps {
	/** What the server had when the page was made. */
	there: Versioned;
	/** Asks the server to take it; null where there is no such answer. */
	put: (given: Versioned) => Promise<unknown>;
	/** What stands there now; null where that is not known. */
	latest: () => Promise<Versioned | null>;
	/** Somebody else was faster. */
	onother: () => void;
}

/** Saves what a `NotesKeeper` keeps, settings written as text. */
export function savingSettings({ there, put, latest, onother }: Deps) {
	let { version } = there;
	return async (base: string, text: string): Promise<Saved> => {
		if (text === base) {
			const now = await latest();
			if (now) version = now.version;
			return now && { saved: false, notes: writeSettings(now.settings) };
		}
		const answer = v.safeParse(answerSchema, await put({ version, settings: readSettings(text) }));
		if (!answer.success) return null;
		version = answer.output.version;
		if (answer.output.saved) return { saved: true };
		const notes = writeSettings(answer.output.settings);
		if (notes !== text) onother();
		return { saved: false, notes };
	};
}

/** In bytes: what browsers send on behind a page that has gone, and a little less. */
const SENT_BEHIND = 60_000;

export async function putSettings(workshop: WorkshopId, given: Versioned): Promise<unknown> {
	const body = JSON.stringify(given);
	try {
		const response = await fetch(`/workshops/${workshop}/summary/settings`, {
			method: 'PUT',
			headers: { 'content-type': 'application/json', accept: 'application/json' },
			body,
			keepalive: new TextEncoder().encode(body).length < SENT_BEHIND
		});
		return await response.json();
	} catch {
		return null; // no connection, or an answer that is not the server's
	}
}
