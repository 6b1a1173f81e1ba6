/**
 * The log, a line of JSON for each event: who did what, by id, and what went wrong and where. Never
 * what people wrote, nor a name, an address, a code or a secret.
 */
import { pino, type DestinationStream, type Logger } from 'pino';
import type { Who } from '#shared/permissions.ts';

export const createLog = (destination: DestinationStream): Logger =>
	pino({ level: 'info', base: null, serializers: { err: plain } }, destination);

/** Who did something, as the log says it. */
export function byWhom(who: Who): { role: string; account?: string; participant?: string } {
	const { role } = who;
	if (role === 'participant') return { role, participant: who.participant };
	return 'account' in who ? { role, account: who.account } : { role };
}
/**
 * A failed query tells its values: drizzle after its text, Postgres in quotes and in `detail`. So does
 * what could not be parsed, in quotes.
 */
function plain(error: unknown): object {
	if (!(error instanceof Error)) return { message: String(error) };
	const code = 'code' in error ? { code: error.code } : {};
	const cause = error.cause === undefined ? {} : { cause: plain(error.cause) };
	const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
	const query = error.message.startsWith('Failed query:');
	const state = 'code' in error && /^[0-9A-Z]{5}$/.test(String(error.code));
	let { message } = error;
	if (query) message = message.slice(0, message.indexOf('\nparams:'));
	else if (state || error instanceof SyntaxError) message = message.replace(/".*"/gs, '"…"');
	return { type: error.name, message, ...code, stack, ...cause };
}
