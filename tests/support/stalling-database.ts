/**
 * Loaded into a server before it starts (`--import`): at SIGUSR2 its embedded database does not
 * answer any more. `DATABASE_BECOMES` says how: `silent`, or `away` with an error at once.
 */
import { PGlite } from '@electric-sql/pglite';

const becomes = process.env['DATABASE_BECOMES'];
let works = true;
process.on('SIGUSR2', () => {
	works = false;
	process.stderr.write(`the database is ${becomes} now\n`);
});

type Call = (this: PGlite, ...asked: unknown[]) => Promise<unknown>;

for (const name of ['query', 'exec', 'transaction', 'runExclusive'] as const) {
	const call = PGlite.prototype[name] as unknown as Call;
	const instead: Call = function (...asked) {
		if (works) return call.apply(this, asked);
		if (becomes === 'silent') return new Promise(() => {});
		return Promise.reject(Object.assign(new Error('nobody answers'), { code: 'ECONNREFUSED' }));
	};
	Object.defineProperty(PGlite.prototype, name, { value: instead });
}
