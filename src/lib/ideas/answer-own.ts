import { isRefusal } from '#shared/refusals.ts';
import { known } from '$lib/api/permission.ts';
import { refused, text } from '$lib/home/answers.ts';

/** The action by which whoever facilitates answers for a card of their own. */
export async function answerOwn({ locals, request }: { locals: App.Locals; request: Request }) {
	const { app, account } = known(locals);
	const form = await request.formData();
	const given = { idea: text(form, 'idea'), answer: text(form, 'answer') };
	const said = await app.ideas.answer({ account: account.id }, given);
	return isRefusal(said) ? refused(said, {}) : { done: true };
}
