import { isRefusal } from '#shared/refusals.ts';
import { known } from '$lib/api/permission.ts';
import { refused, text } from '$lib/home/answers.ts';
import { answerOwn } from '$lib/ideas/answer-own.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { app, account } = known(locals);
	const [found, page, asked] = await Promise.all([
		app.ideas.kept(account, Object.fromEntries(url.searchParams)),
		app.ideas.page(account),
		app.ideas.mine({ account: account.id })
	]);
	const { query, ideas, all } = found;
	const of = (values: (string | null)[]) =>
		[...new Set(values.filter((one) => one !== null))].toSorted();
	return {
		account,
		asked,
		page,
		query,
		ideas,
		none: all.length === 0,
		choices: {
			exercises: [...new Map(all.map(({ idea: { exercise } }) => [exercise.id, exercise.title]))],
			tags: of(all.flatMap(({ idea }) => idea.exercise.tags)),
			countries: of(all.map(({ idea }) => idea.country)),
			years: of(all.map(({ idea }) => String(idea.year)))
		}
	};
};

export const actions: Actions = {
	answer: answerOwn,
	publish: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const form = await request.formData();
		const given = { idea: text(form, 'idea'), published: text(form, 'published') === 'yes' };
		const answer = await app.ideas.publish(account, given);
		return isRefusal(answer) ? refused(answer, {}) : { done: true };
	},
	page: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const form = await request.formData();
		const [title, key] = [text(form, 'title'), text(form, 'key').trim()];
		const given = { title, key, published: text(form, 'published') === 'yes' };
		const answer = await app.ideas.setPage(account, given);
		return isRefusal(answer) ? refused(answer, { title, key }) : { done: true };
	}
};
