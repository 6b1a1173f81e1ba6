import { configDefaults, defineConfig } from 'vitest/config';

/** What is about no database, or makes embedded ones of its own: on a Postgres it would be the same again. */
const OF_NO_POSTGRES = [
	'tests/shared/**',
	'tests/server/{config-start,disk-full,faults,power-cut,stopping}.test.ts',
	'tests/server/exports-!(fetching).test.ts',
	'tests/server/{access-guessing,headers,logo,origins}.test.ts',
	'tests/server/security-{floods,paths,strings}.test.ts'
];

export default defineConfig({
	test: {
		include: ['tests/**/*.test.ts'],
		exclude: [
			...configDefaults.exclude,
			...(process.env['TEST_POSTGRES_URL'] ? OF_NO_POSTGRES : [])
		],
		pool: 'forks',
		maxWorkers: 2,
		testTimeout: 30_000,
		hookTimeout: 60_000,
		retry: 0
	}
});
