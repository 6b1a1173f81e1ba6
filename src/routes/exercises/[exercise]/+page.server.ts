import { orError } from '$lib/api/answer.ts';
import { known } from '$lib/api/permission.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { app, account } = known(event.locals);
	const { exercise: id } = event.params;
	const exercise = orError(await app.exercises.get(account, id), event);
	const others = (await app.exercises.offered(account.id))
		.filter((other) => other.id !== id)
		.map((other) => ({ id: other.id, title: other.title }));
	return { others, exercise, isShipped: findExercise(id) !== undefined, owner: account.id };
};
