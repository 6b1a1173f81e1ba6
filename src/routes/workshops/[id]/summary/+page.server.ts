import { isRefusal, REFUSALS, type Refusal } from '#shared/refusals.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import { choicesOf, wordsOf } from '$lib/summary/outline.ts';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, depends, locals: { app, who } }) => {
	depends('plenary:summary');
	const [summary, made] = await Promise.all([
		app.summaries.of(params.id, who).then(orError),
		app.summaries.settings(params.id, who).then(orError)
	]);
	const { version, settings, logo } = made;
	const isWhole = settings.leftOut.length === 0 && settings.cards.length === 0;
	const whole = isWhole ? summary : await app.summaries.of(params.id, who, true).then(orError);
	return {
		summary,
		there: { version, settings },
		logo,
		choices: choicesOf(whole),
		/** Of the cards that are left out. */
		words: wordsOf(whole, settings.cards),
		/** What this device keeps of it is told to this account only. */
		mine: 'account' in who ? who.account : null
	};
};

function orError<T>(answer: T | Refusal): T {
	if (isRefusal(answer)) error(REFUSALS[answer.refused].status, sentence(answer.refused));
	return answer;
}
