import { orError } from '$lib/api/answer.ts';
import { askerOf } from '$lib/api/permission.ts';
import { choicesOf, wordsOf } from '$lib/summary/outline.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	event.depends('plenary:summary');
	const { app, who } = event.locals;
	const { id } = event.params;
	const asker = askerOf(event);
	const [shown, made] = await Promise.all([
		app.summaries.of(id, who, false, asker),
		app.summaries.settings(id, who)
	]);
	const summary = orError(shown, event);
	const { version, settings, logo } = orError(made, event);
	const isWhole = settings.leftOut.length === 0 && settings.cards.length === 0;
	const whole = isWhole ? summary : orError(await app.summaries.of(id, who, true, asker), event);
	return {
		origin: app.addressFor(event.url),
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
