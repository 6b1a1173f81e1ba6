/** Log-ins as the log has them: by the account's id, or why not. */
import type { Logger } from 'pino';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import type { Account } from '#server/app.ts';
import type { Accounts } from './accounts.ts';

/** The same accounts, whose log-ins are logged. */
export function withLoggedLogIns(accounts: Accounts, log: Logger): Accounts {
	function tell<T extends { account: Account }>(how: string, answer: T | Refusal): T | Refusal {
		const became = isRefusal(answer)
			? { outcome: answer.refused }
			: { account: answer.account.id, outcome: 'ok' };
		log.info({ how, ...became }, 'log-in');
		return answer;
	}
	const { passkeys } = accounts;
	return {
		...accounts,
		logIn: async (...asked) => tell('password', await accounts.logIn(...asked)),
		register: async (...asked) => tell('new account', await accounts.register(...asked)),
		passkeys: {
			...passkeys,
			finishLogIn: async (...asked) => tell('passkey', await passkeys.finishLogIn(...asked))
		}
	};
}
