import type { AuditView } from '#shared/facilitation/audit.ts';
import { RUNNING_PHASES, type Phase } from '#shared/exercises/format.ts';
import { m } from '$lib/paraglide/messages.js';
import { phaseName } from './phase-name.ts';

/** What a sentence may name. */
interface Said {
	person: string;
	phase: string;
	minutes: number;
}

/** One sentence for each deed, to be read after who did it: a new deed does not compile without. */
const DEEDS: Record<AuditView['deed'], (said: Said) => string> = {
	rename: m.desk_audit_rename,
	'set-language': m.desk_audit_set_language,
	'set-anonymous': m.desk_audit_set_anonymous,
	'set-agenda': m.desk_audit_set_agenda,
	'set-retention': m.desk_audit_set_retention,
	open: m.desk_audit_open,
	close: m.desk_audit_close,
	'close-doors': m.desk_audit_close_doors,
	'open-doors': m.desk_audit_open_doors,
	'change-code': m.desk_audit_change_code,
	start: m.desk_audit_start,
	'start-break': m.desk_audit_start_break,
	'end-break': m.desk_audit_end_break,
	next: m.desk_audit_next,
	back: m.desk_audit_back,
	go: m.desk_audit_go,
	finish: m.desk_audit_finish,
	pause: m.desk_audit_pause,
	resume: m.desk_audit_resume,
	extend: m.desk_audit_extend,
	'set-going-on': m.desk_audit_set_going_on,
	replan: m.desk_audit_replan,
	'set-note': m.desk_audit_set_note,
	'show-text': m.desk_audit_show_text,
	'blank-screen': m.desk_audit_blank_screen,
	'unblank-screen': m.desk_audit_unblank_screen,
	undo: m.desk_audit_undo,
	'end-timer': m.desk_audit_end_timer,
	spotlight: m.desk_audit_spotlight,
	'show-columns': m.desk_audit_show_columns,
	'set-dots': m.desk_audit_set_dots,
	ask: m.desk_audit_ask,
	'set-tables': m.desk_audit_set_tables,
	'seat-person': m.desk_audit_seat_person,
	'to-tables': m.desk_audit_to_tables,
	'to-plenary': m.desk_audit_to_plenary,
	collect: m.desk_audit_collect,
	'end-collecting': m.desk_audit_end_collecting,
	'set-voting': m.desk_audit_set_voting,
	'new-round': m.desk_audit_new_round,
	place: m.desk_audit_place,
	rank: m.desk_audit_rank,
	prefer: m.desk_audit_prefer,
	react: m.desk_audit_react,
	ready: m.desk_audit_ready,
	pulse: m.desk_audit_pulse,
	'raise-hand': m.desk_audit_raise_hand,
	'turn-page': m.desk_audit_turn_page,
	'tell-page': m.desk_audit_tell_page,
	'lower-hand': m.desk_audit_lower_hand,
	'set-writing': m.desk_audit_set_writing,
	'set-grouping': m.desk_audit_set_grouping,
	lock: m.desk_audit_lock,
	unlock: m.desk_audit_unlock,
	mute: m.desk_audit_mute,
	unmute: m.desk_audit_unmute,
	'show-nudge': m.desk_audit_show_nudge,
	'show-votes': m.desk_audit_show_votes,
	'hide-votes': m.desk_audit_hide_votes,
	'hide-card': m.desk_audit_hide_card,
	'show-card': m.desk_audit_show_card,
	'add-person': m.desk_audit_add_person,
	'rename-person': m.desk_audit_rename_person,
	'remove-person': m.desk_audit_remove_person,
	'erase-person': m.desk_audit_erase_person,
	'remove-card': m.desk_audit_remove_card,
	'restore-card': m.desk_audit_restore_card,
	'restore-moment': m.history_audit,
	'withdraw-card': m.desk_audit_withdraw_card,
	'let-in': m.desk_audit_let_in,
	leave: m.desk_audit_leave,
	vote: m.desk_audit_vote,
	comment: m.desk_audit_comment,
	'remove-comment': m.desk_audit_remove_comment,
	action: m.desk_audit_action,
	'remove-action': m.desk_audit_remove_action,
	match: m.matching_audit,
	'leave-contact': m.matching_audit_contact,
	created: m.desk_audit_created,
	imported: m.import_audit,
	'asked-ideas': m.ideas_audit,
	'invited-cofacilitator': m.desk_audit_invited_cofacilitator,
	'joined-as-cofacilitator': m.desk_audit_joined_as_cofacilitator,
	'revoked-cofacilitator': m.desk_audit_revoked_cofacilitator,
	exported: m.desk_audit_exported,
	'changed-summary': m.desk_audit_changed_summary,
	'shared-summary': m.desk_audit_shared_summary,
	'revoked-summary-link': m.desk_audit_revoked_summary_link,
	deleted: m.desk_audit_deleted,
	restored: m.desk_audit_restored
};

const isPhase = (value: unknown): value is Phase =>
	value === 'done' || RUNNING_PHASES.some((phase) => phase === value);

/** What was done, and to whom or where, where that is known: "removed Ben", "went on: Share". */
export function auditSentence({
	deed,
	about,
	person
}: Pick<AuditView, 'deed' | 'about' | 'person'>) {
	const { phase, minutes } = about;
	return DEEDS[deed]({
		person: person ?? m.desk_audit_somebody(),
		phase: isPhase(phase) ? phaseName(phase) : m.desk_audit_a_phase(),
		minutes: typeof minutes === 'number' ? minutes : 0
	});
}
