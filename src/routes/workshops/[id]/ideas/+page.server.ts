import { isRefusal, REFUSALS } from '#shared/refusals.ts';
import { refused, text } from '$lib/home/answers.ts';
import { answerOwn } from '$lib/ideas/answer-own.ts';
import { known } from '$lib/api/permission.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import { error } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
	const { app, who, account } = known(locals);
	const [there, asked] = await Promise.all([
		app.ideas.cards(params.id, who),
		app.ideas.mine({ account: account.id }, params.id)
	]);
	if (isRefusal(there)) error(REFUSALS[there.refused].status, sentence(there.refused));
	return { account, asked, ...there };
};

export const actions: Actions = {
	ask: async ({ params, request, locals: { app, who } }) => {
		const form = await request.formData();
		const cards = form.getAll('card').filter((card) => typeof card === 'string');
		const asked = await app.ideas.ask(params.id, who, { board: text(form, 'board'), cards });
		return isRefusal(asked) ? refused(asked, {}) : asked;
	},
	answer: answerOwn
};
