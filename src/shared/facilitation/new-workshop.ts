import type { Language } from '../ids.ts';
import { isRefusal, type Refusal } from '../refusals.ts';
import { readAgenda, type ExerciseOf } from './agenda.ts';
import type { AgendaInput } from './commands.ts';
import type { WorkshopState } from './state.ts';

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
		live: null,
		break: null,
		openedAt: null,
		closedAt: null
	};
}
