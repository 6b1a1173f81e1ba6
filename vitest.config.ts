import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What runs once more on a real Postgres: whatever is about the database itself, about what stands in
 * it and how it gets there or goes for good, about several who write at once; and one workshop all the
 * way. What is about rules, pages, frames or files would be the same again.
 */
const ON_POSTGRES = [
	// Reached, away and back; migrated; copied out and in
	'{away,away-postgres,backup,backup-tools,cleaning,database,losses,migrations}',
	// The log of updates: saved, snapshots, damage, what is erased from it
	'{late-return,left-cards,yjs-erasing,yjs-log,yjs-log-course,yjs-log-damage,yjs-log-growth,yjs-saving}',
	// Rows, in transactions: two at once, once and not twice, all or nothing
	'{access-accounts,account-owner,audit,card-removal,cofacilitators,facilitation-voting,history,matching,notes,people,racing,reactions,rehearsal,signals,suggestions,undo,undo-races,without-device}',
	// Put in as a whole, kept beyond a workshop, read across them, gone for good
	'{across,collected-kept,erasure,exercises,exercises-brought,ideas,import,import-pieces,personal-data,retention,summaries,summary-links,voting-exports,voting-ways}',
	// What no database holds; and from the doors to the files
	'{course,exports-fetching,take-away,text}'
].map((names) => `tests/server/${names}.test.ts`);

/** What measures the process that it runs in, or changes what all in it use. */
const ALONE = [
	'tests/server/{access-passwords,away-memory,herd,security-floods,security-strings,slow-sockets,yjs-frames}.test.ts'
];

/** Half a minute and more each: they begin first, so that nobody waits for the last of them alone. */
const LONG = /\/(backup-tools|config-start|faults|permissions|power-cut|stopping|text)\.test\.ts$/;

class LongFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const sorted = await super.sort(files);
		const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
		return [...sorted.filter(isLong), ...sorted.filter((one) => !isLong(one))];
	}
}

const postgres = Boolean(process.env['TEST_POSTGRES_URL']);
const all = {
	pool: 'forks',
	testTimeout: 300_000,
	hookTimeout: 300_000,
	retry: 0
} as const;

export default defineConfig({
	test: {
		maxWorkers: 2,
		sequence: { sequencer: LongFirst },
		projects: [
			{
				test: {
					...all,
					name: 'together',
					// A process of its own for each file is a third of what the files take.
					isolate: false,
					include: postgres ? ON_POSTGRES : ['tests/**/*.test.ts'],
					exclude: [...configDefaults.exclude, ...ALONE]
				}
			},
			{
				test: { ...all, name: 'alone', include: postgres ? [] : ALONE }
			}
		]
	}
});
