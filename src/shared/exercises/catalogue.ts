/** The exercises that ship with Plenary, and the agendas that are made of them. Data, read once. */
import * as v from 'valibot';
import type { AgendaInput } from '../facilitation/commands.ts';
import advocate from './catalogue/advocate.json' with { type: 'json' };
import barrier from './catalogue/barrier.json' with { type: 'json' };
import commonChallenge from './catalogue/common-challenge.json' with { type: 'json' };
import organisations from './catalogue/organisations.json' with { type: 'json' };
import potentialPartner from './catalogue/potential-partner.json' with { type: 'json' };
import sixPs from './catalogue/six-ps.json' with { type: 'json' };
import workWith from './catalogue/work-with.json' with { type: 'json' };
import { exerciseSchema, type Exercise } from './format.ts';

/** In the order of the partnerships agenda. */
export const CATALOGUE: readonly Exercise[] = [
	commonChallenge,
	barrier,
	potentialPartner,
	workWith,
	advocate,
	organisations,
	sixPs
].map((exercise) => v.parse(exerciseSchema, exercise));

export const findExercise = (id: string): Exercise | undefined =>
	CATALOGUE.find((exercise) => exercise.id === id);

/** Ready-made agendas: the sum of the partnerships agenda is ninety minutes with its breaks. */
export const AGENDAS: readonly { id: 'partnerships'; items: AgendaInput }[] = [
	{
		id: 'partnerships',
		items: [
			'common-challenge',
			'barrier',
			'potential-partner',
			{ break: 10 },
			'work-with',
			'advocate',
			{ break: 10 },
			'organisations',
			'six-ps'
		]
	}
];
