import { fileAnswer, jsonFile } from '$lib/api/file.ts';
import { known } from '$lib/api/permission.ts';
import type { RequestHandler } from './$types';

/** All that is stored about somebody with an account, for that one. */
export const GET: RequestHandler = async ({ locals }) => {
	const { app, account } = known(locals);
	return fileAnswer(jsonFile('plenary-my-account.json', await app.accounts.dataOf(account)));
};
