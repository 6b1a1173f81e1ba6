import type { Phase } from '#shared/exercises/format.ts';
import { m } from '$lib/paraglide/messages.js';

const NAMES = {
	brief: m.desk_phase_brief,
	write: m.desk_phase_write,
	share: m.desk_phase_share,
	group: m.desk_phase_group,
	vote: m.desk_phase_vote,
	discuss: m.desk_phase_discuss,
	act: m.desk_phase_act,
	done: m.desk_phase_done
} as const satisfies Record<Phase, () => string>;

const SENTENCES = {
	brief: m.desk_sentence_brief,
	write: m.desk_sentence_write,
	share: m.desk_sentence_share,
	group: m.desk_sentence_group,
	vote: m.desk_sentence_vote,
	discuss: m.desk_sentence_discuss,
	act: m.desk_sentence_act,
	done: m.desk_sentence_done
} as const satisfies Record<Phase, () => string>;

/** The word for a phase: on the slip, the stamp and the button that goes there. */
export const phaseName = (phase: Phase): string => NAMES[phase]();

/** What people do in a phase, in one short sentence. */
export const phaseSentence = (phase: Phase): string => SENTENCES[phase]();
