/** What undo would take back, by its name. */
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import type { CommandType } from '#shared/permissions.ts';
import { m } from '$lib/paraglide/messages.js';

const DEEDS = {
	rename: m.undo_rename,
	'set-language': m.undo_set_language,
	'set-anonymous': m.undo_set_anonymous,
	'set-agenda': m.undo_set_agenda,
	open: m.undo_open,
	close: m.undo_close,
	'close-doors': m.undo_close_doors,
	'open-doors': m.undo_open_doors,
	'set-retention': m.undo_set_retention,
	start: m.undo_start,
	'start-break': m.undo_start_break,
	'end-break': m.undo_end_break,
	'set-going-on': m.undo_set_going_on,
	replan: m.undo_replan,
	'set-note': m.undo_set_note,
	'show-text': m.undo_show_text,
	'blank-screen': m.undo_blank_screen,
	'unblank-screen': m.undo_unblank_screen,
	next: m.undo_next,
	back: m.undo_back,
	go: m.undo_go,
	finish: m.undo_finish,
	pause: m.undo_pause,
	resume: m.undo_resume,
	extend: m.undo_extend,
	'end-timer': m.undo_end_timer,
	'set-writing': m.undo_set_writing,
	'set-grouping': m.undo_set_grouping,
	lock: m.undo_lock,
	unlock: m.undo_unlock,
	mute: m.undo_mute,
	unmute: m.undo_unmute,
	'show-nudge': m.undo_show_nudge,
	spotlight: m.undo_spotlight,
	'show-columns': m.undo_show_columns,
	'set-dots': m.undo_set_dots,
	ask: m.undo_ask,
	'set-tables': m.undo_set_tables,
	'seat-person': m.undo_seat_person,
	'to-tables': m.undo_to_tables,
	'to-plenary': m.undo_to_plenary,
	collect: m.undo_collect,
	'end-collecting': m.undo_end_collecting,
	'set-voting': m.undo_set_voting,
	'new-round': m.undo_new_round,
	'show-votes': m.undo_show_votes,
	'hide-votes': m.undo_hide_votes,
	'hide-card': m.undo_hide_card,
	'show-card': m.undo_show_card
} as const satisfies Record<
	Exclude<FacilitationCommand['type'], 'undo' | 'change-code'>,
	() => string
>;

/** "Undo: Next"; null where there is nothing to take back. */
export function undoWords(deed: CommandType | null): string | null {
	if (!deed) return null;
	const name = deed in DEEDS ? DEEDS[deed as keyof typeof DEEDS]() : null;
	return name === null ? m.undo() : m.undo_of({ deed: name });
}
