import { isRefusal } from '#shared/refusals.ts';
import { orError } from '$lib/api/answer.ts';
import { runCommand } from '$lib/api/commands.ts';
import { known } from '$lib/api/permission.ts';
import { refused, text } from '$lib/home/answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { app, who, account } = known(event.locals);
	const { id, board } = event.params;
	const history = orError(await app.histories.of(id, board, who), event);
	const last = history.moments.at(-1);
	const shown = last ? orError(await app.histories.moment(id, board, last.at, who), event) : null;
	return { account, history, shown };
};

export const actions: Actions = {
	restore: async ({ params, request, locals: { app, who } }) => {
		const form = await request.formData();
		const at = text(form, 'at') === '' ? undefined : Number(text(form, 'at'));
		const command = { type: 'restore-moment', id: text(form, 'id'), board: params.board, at };
		const done = await runCommand(app, { workshop: params.id, who }, command);
		return isRefusal(done) ? refused(done, {}) : { restored: at };
	}
};
