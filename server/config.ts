/** The environment, read once: a typed configuration, or sentences that say what is allowed. */
import { resolve } from 'node:path';
import * as v from 'valibot';

export interface Config {
	port: number;
	/** Every address of this machine where absent. */
	host: string | undefined;
	dataDir: string;
	/** Postgres instead of the embedded database. */
	databaseUrl: string | undefined;
	/** `https://plenary.example`; empty where it is whatever `Host` says. */
	origin: string;
	registration: 'closed' | 'invite' | 'open';
	metrics: boolean;
	/** Addresses come from the last entry of `X-Forwarded-For`, which the proxy in front writes. */
	trustProxy: boolean;
}

const port = v.pipe(
	v.string(),
	v.regex(/^\d{1,5}$/),
	v.transform(Number),
	v.minValue(0),
	v.maxValue(65_535)
);
const some = v.pipe(v.string(), v.trim(), v.nonEmpty());
const isPostgres = (url: string) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url);
/** A path would never equal what a browser sends. */
function isOrigin(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, host, href } = new URL(url);
	return /^https?:$/.test(protocol) && href === `${protocol}//${host}/`;
}
const origin = v.pipe(
	v.string(),
	v.check(isOrigin),
	v.transform((url) => (isOrigin(url) ? new URL(url).origin : url))
);
const onOff = v.pipe(
	v.picklist(['on', 'off']),
	v.transform((value) => value === 'on')
);

/** Each variable: how it is read, what holds where it is not set, and what is allowed. */
const VARIABLES = {
	PORT: [v.optional(port, '3000'), 'a number from 0 to 65535 (0 takes any free port)'],
	HOST: [v.optional(some), 'an address of this machine, such as 127.0.0.1; leave it out for all'],
	DATA_DIR: [v.optional(some, './data'), 'a folder that this process may write to'],
	DATABASE_URL: [
		v.optional(v.pipe(some, v.check(isPostgres))),
		'postgres://user:password@host:5432/database; leave it out for the embedded database'
	],
	ORIGIN: [
		v.optional(origin, undefined),
		'a scheme and a host without a path, such as https://plenary.example'
	],
	REGISTRATION: [
		v.optional(v.picklist(['closed', 'invite', 'open']), 'closed'),
		'closed, invite or open'
	],
	METRICS: [v.optional(onOff, 'off'), 'on or off'],
	TRUST_PROXY: [v.optional(onOff, 'off'), 'on or off']
} as const;

type Variable = keyof typeof VARIABLES;
type Read<V extends Variable> = v.InferOutput<(typeof VARIABLES)[V][0]>;

/** Reads the environment. Empty values count as not set; secrets are never repeated in a sentence. */
export function readConfig(
	environment: Record<string, string | undefined>
): { config: Config } | { wrong: string[] } {
	const wrong: string[] = [];
	const read = <V extends Variable>(name: V): Read<V> => {
		const [schema, allowed] = VARIABLES[name];
		const value = environment[name] === '' ? undefined : environment[name];
		const result = v.safeParse(schema, value);
		if (result.success) return result.output as Read<V>;
		const shown = name === 'DATABASE_URL' ? 'what was given' : `"${value}"`;
		wrong.push(`${name} cannot be ${shown}. It may be ${allowed}.`);
		return undefined as Read<V>;
	};
	if (environment.REDIS_URL)
		wrong.push(
			'REDIS_URL is set, but several nodes are not there yet: run one server, and leave REDIS_URL out.'
		);
	const config: Config = {
		port: read('PORT'),
		host: read('HOST'),
		dataDir: resolve(read('DATA_DIR') ?? '.'),
		databaseUrl: read('DATABASE_URL'),
		origin: read('ORIGIN') ?? '',
		registration: read('REGISTRATION'),
		metrics: read('METRICS'),
		trustProxy: read('TRUST_PROXY')
	};
	return wrong.length > 0 ? { wrong } : { config };
}
