import type { Language } from '../ids.ts';
import { isRefusal, type Refusal } from '../refusals.ts';
import { readAgenda, type ExerciseOf } from './agenda.ts';
import type { AgendaInput } from './commands.ts';
import { workshopBefore } from './beginnings.ts';
import type { WorkshopState } from './state.ts';

/** What people wrote is kept a year, unless the facilitator says otherwise. */
export const RETENTION_DAYS = 365;

/** A workshop as it begins: a draft with its agenda, and nothing run yet. */
export function newWorkshop(
	form: { title: string; language: Language; anonymous: boolean; agenda: AgendaInput },
	exerciseOf: ExerciseOf
): WorkshopState | Refusal {
	const agenda = readAgenda(form.agenda, exerciseOf);
	if (isRefusal(agenda)) return agenda;
	return {
		status: 'draft',
		title: form.title,
		language: form.language,
		anonymous: form.anonymous,
		agenda,
		boards: [],
		...workshopBefore(),
		retentionDays: RETENTION_DAYS,
		openedAt: null,
		closedAt: null
	};
}
