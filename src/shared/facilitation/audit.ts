/** The audit list: what was done in a workshop, by whom, as the desk shows it. */
import type { Command } from './commands.ts';

/** What is done to a workshop by other ways than a command. */
type AuditedDeed =
	| 'created'
	| 'imported'
	| 'asked-ideas'
	| 'invited-cofacilitator'
	| 'joined-as-cofacilitator'
	| 'revoked-cofacilitator'
	| 'exported'
	| 'changed-summary'
	| 'shared-summary'
	| 'revoked-summary-link'
	| 'deleted'
	| 'restored';

/** Kinds, phases, numbers and ids, never words that somebody typed. */
export type AuditAbout = Record<string, string | number | boolean | null>;

/** One line of the list, names filled in for whoever reads it; the newest first. */
export interface AuditView {
	id: string;
	at: number;
	/** The facilitator's name; null: the server itself, or an account that is gone. */
	by: string | null;
	deed: AuditedDeed | Command['type'];
	about: AuditAbout;
	/** The name of the person that it was done to, where there still is one. */
	person: string | null;
}
