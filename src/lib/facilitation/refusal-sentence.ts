import type { RefusalReason } from '#shared/refusals.ts';
import { m } from '$lib/paraglide/messages.js';

const SENTENCES = {
	malformed: m.refusal_malformed,
	'invalid-name': m.refusal_invalid_name,
	'invalid-email': m.refusal_invalid_email,
	'weak-password': m.refusal_weak_password,
	'unknown-exercise': m.refusal_unknown_exercise,
	'unknown-format': m.refusal_unknown_format,
	unauthenticated: m.refusal_unauthenticated,
	'wrong-password': m.refusal_wrong_password,
	'not-allowed': m.refusal_not_allowed,
	'foreign-origin': m.refusal_foreign_origin,
	'link-used': m.refusal_link_used,
	'registration-closed': m.refusal_registration_closed,
	'email-taken': m.refusal_email_taken,
	'too-many-tries': m.refusal_too_many_tries,
	'wrong-code': m.refusal_wrong_code,
	'not-found': m.refusal_not_found,
	'no-such-card': m.refusal_no_such_card,
	'not-open': m.refusal_not_open,
	'board-live': m.refusal_board_live,
	'no-board': m.refusal_no_board,
	'wrong-phase': m.refusal_wrong_phase,
	'already-revealed': m.refusal_already_revealed,
	'would-reveal': m.refusal_would_reveal,
	'moved-on': m.refusal_moved_on,
	'timer-not-running': m.refusal_timer_not_running,
	'already-run': m.refusal_already_run,
	budget: m.refusal_budget,
	'too-many-on-one': m.refusal_too_many_on_one,
	'too-long': m.refusal_too_long,
	'foreign-path': m.refusal_foreign_path,
	'foreign-delete': m.refusal_foreign_delete,
	'client-id-taken': m.refusal_client_id_taken,
	'card-id-taken': m.refusal_card_id_taken,
	'unknown-content': m.refusal_unknown_content,
	gap: m.refusal_gap,
	'too-large': m.refusal_too_large,
	'too-many-cards': m.refusal_too_many_cards,
	'other-epoch': m.refusal_other_epoch,
	'try-again': m.refusal_try_again,
	'server-fault': m.refusal_server_fault
} as const satisfies Record<RefusalReason, () => string>;

/** What a person reads of a refusal: what happened, then what to do. */
export const sentence = (reason: RefusalReason): string => SENTENCES[reason]();
