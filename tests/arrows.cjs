/** The arrows of the house (dependency-cruiser): routes → src/lib → src/shared ← server. */
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: 'shared-is-pure',
			comment:
				'src/shared runs on both sides: it imports nothing of ours but itself, and nothing of Node.',
			severity: 'error',
			from: { path: '^src/shared' },
			to: { pathNot: ['^src/shared', 'node_modules'], dependencyTypesNot: ['npm'] }
		},
		{
			name: 'kit-reaches-the-server-as-types-only',
			comment: 'A runtime import would put a second server into the bundle: use locals.app.',
			severity: 'error',
			from: { path: '^src/' },
			to: { path: '^server', dependencyTypesNot: ['type-only'] }
		},
		{
			name: 'server-knows-no-interface',
			comment: 'server imports src/shared and nothing else of src.',
			severity: 'error',
			from: { path: '^server' },
			to: { path: '^src/(lib|routes)' }
		},
		{
			name: 'nobody-imports-a-route',
			comment: 'Move what two routes need to src/lib.',
			severity: 'error',
			from: { path: '^(src/lib|src/shared|server|tests|bench)' },
			to: { path: '^src/routes' }
		},
		{
			name: 'tables-belong-to-the-stores',
			comment:
				'Ask a store: SQL in one folder is what keeps both databases alike. A backup is of every table, whatever it holds.',
			severity: 'error',
			from: {
				path: '^server',
				pathNot: ['^server/(db|store|backup)', '^server/(main|cli/alone).ts$']
			},
			to: { path: '^server/db', dependencyTypesNot: ['type-only'] }
		},
		{
			name: 'no-cycles',
			comment: 'Two files that need each other are one file, or three.',
			severity: 'error',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
		}
	],
	options: {
		doNotFollow: { path: ['node_modules', 'build', '.svelte-kit', 'src/lib/paraglide'] },
		exclude: { path: ['src/lib/paraglide', '\\.svelte-kit', '^build'] },
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'svelte', 'node', 'default']
		}
	}
};
