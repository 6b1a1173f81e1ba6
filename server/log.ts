/** The log: what went wrong and where, and never what people wrote, nor a token. */
import { pino, type DestinationStream, type Logger } from 'pino';

export const createLog = (destination: DestinationStream): Logger =>
	pino({ level: 'warn', serializers: { err: plain } }, destination);

/** A failed query tells its values: drizzle after its text, Postgres in quotes and in `detail`. */
function plain(error: unknown): object {
	if (!(error instanceof Error)) return { message: String(error) };
	const code = 'code' in error ? { code: error.code } : {};
	const cause = error.cause === undefined ? {} : { cause: plain(error.cause) };
	const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
	const query = error.message.startsWith('Failed query:');
	const state = 'code' in error && /^[0-9A-Z]{5}$/.test(String(error.code));
	let { message } = error;
	if (query) message = message.slice(0, message.indexOf('\nparams:'));
	else if (state) message = message.replace(/".*"/gs, '"…"');
	return { type: error.name, message, ...code, stack, ...cause };
}
