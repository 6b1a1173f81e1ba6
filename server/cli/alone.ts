/** The command line without a server beside it. Loaded only then: the database is slow to wake. */
import { nanoid } from 'nanoid';
import { pino } from 'pino';
import { realClock } from '#shared/clock.ts';
import { createAccounts } from '#server/accounts/accounts.ts';
import { createApiTokens } from '#server/accounts/api-tokens.ts';
import { addressesOf } from '../addresses.ts';
import { createSessions } from '../auth.ts';
import type { Config } from '../config.ts';
import { createCookieJar } from '#server/doors/cookies.ts';
import { prepareFolder } from '../data-folder.ts';
import { openDatabase } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { createLog } from '../log.ts';
import { createNews } from '../news.ts';
import { createPasswords } from '#server/accounts/passwords.ts';
import { createRateLimits } from '#server/doors/rate-limit.ts';
import { createAccountStore } from '../store/accounts.ts';
import { createAdmin, type AdminAnswer, type AdminRequest } from './admin.ts';

/** Opens the database, answers, and closes it again. `inUse` where another process has it. */
export async function answerAlone(
	config: Config,
	request: AdminRequest
): Promise<AdminAnswer & { inUse?: true }> {
	const folder = prepareFolder(config.dataDir);
	if (folder) return { ok: false, lines: [folder.unavailable] };
	const log = createLog(pino.destination(2));
	const database = await openDatabase({ ...config, log });
	if ('unavailable' in database)
		return { ok: false, lines: [database.unavailable], inUse: database.inUse };
	try {
		await migrate(database.db);
		const store = createAccountStore(database.db);
		const news = createNews();
		const parts = { store, news, clock: realClock, ids: nanoid, config };
		const accounts = createAccounts({
			...parts,
			sessions: createSessions(store, createCookieJar(config.origin), news),
			passwords: createPasswords(),
			tokens: createApiTokens(parts),
			limits: createRateLimits()
		});
		const [address] = addressesOf(config.port, config.host, config.origin);
		return await createAdmin(accounts, address!)(request);
	} finally {
		await database.close();
	}
}
