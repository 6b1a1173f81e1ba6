/** What the command line may ask for: the same whether the server carries it out or the tool itself. */
import type { Writable } from 'node:stream';
import * as v from 'valibot';
import type { RefusalReason } from '#shared/refusals.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { Operator } from '#server/accounts/accounts.ts';

const email = v.string();
export const requestSchema = v.variant('command', [
	v.strictObject({ command: v.literal('add'), email, password: v.string() }),
	v.strictObject({ command: v.literal('reset'), email, password: v.string() }),
	v.strictObject({ command: v.literal('token'), email }),
	v.strictObject({ command: v.literal('list') }),
	v.strictObject({ command: v.literal('invite') }),
	v.strictObject({ command: v.literal('backup') })
]);
export type AdminRequest = v.InferOutput<typeof requestSchema>;

export const answerSchema = v.strictObject({ ok: v.boolean(), lines: v.array(v.string()) });
export type AdminAnswer = v.InferOutput<typeof answerSchema>;

/** What follows an answer: bytes until their end, which it makes as well. */
export type Following = (out: Writable) => Promise<void>;

export type Admin = (
	request: AdminRequest
) => Promise<AdminAnswer & { following?: Following | undefined }>;

/** The answers of the command line; whoever runs a server reads English. */
const SENTENCES: Partial<Record<RefusalReason, string>> = {
	'invalid-email': 'This is not an e-mail address.',
	'invalid-name': 'This e-mail address gives no name to show.',
	'weak-password': 'The password needs 10 to 200 characters.',
	'email-taken':
		'There is an account with this e-mail address already. To give it a new password: npm run user -- reset EMAIL',
	'not-found': 'There is no account with this e-mail address. To see them all: npm run user -- list'
};

export function createAdmin(accounts: Operator, address: string, backup: Following): Admin {
	const said = (...lines: string[]): AdminAnswer => ({ ok: true, lines });
	const refused = (reason: RefusalReason): AdminAnswer => ({
		ok: false,
		lines: [SENTENCES[reason] ?? `That did not work: ${reason}.`]
	});

	return async (request) => {
		switch (request.command) {
			case 'add': {
				const made = await accounts.add(request.email, request.password);
				return isRefusal(made) ? refused(made.refused) : said(`${made.email} can log in now.`);
			}
			case 'reset': {
				const account = await accounts.reset(request.email, request.password);
				if (isRefusal(account)) return refused(account.refused);
				return said(`${account.email} has a new password, and is logged out everywhere.`);
			}
			case 'token': {
				const token = await accounts.token(request.email);
				if (typeof token !== 'string') return refused(token.refused);
				return said(
					'This token is shown once. Whoever has it can do all that the account can.',
					token
				);
			}
			case 'list': {
				const all = await accounts.list();
				return said(
					...(all.length > 0 ? all.map((one) => one.email) : ['There is no account yet.'])
				);
			}
			case 'invite': {
				const token = await accounts.invite();
				if (token === null)
					return {
						ok: false,
						lines: [
							'This server makes no accounts by link: REGISTRATION is closed. Use: npm run user -- add EMAIL'
						]
					};
				return said('This link makes one account, within a day:', `${address}/invite/${token}`);
			}
			case 'backup':
				return { ...said(), following: backup };
			default:
				return request satisfies never;
		}
	};
}
