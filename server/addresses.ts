import { networkInterfaces } from 'node:os';

const isEverywhere = (host: string | undefined): boolean =>
	host === undefined || host === '0.0.0.0' || host === '::';

/** Where people reach this server: here, and from phones in the same network. */
export function addressesOf(port: number, host: string | undefined, origin: string): string[] {
	if (origin) return [origin];
	if (host !== undefined && !isEverywhere(host))
		return [`http://${host.includes(':') ? `[${host}]` : host}:${port}`];
	const others = inNetworks().map((address) => `http://${address}:${port}`);
	return [`http://localhost:${port}`, ...others];
}

const inNetworks = (): string[] =>
	Object.values(networkInterfaces())
		.flatMap((addresses) => addresses ?? [])
		.filter(({ internal, family }) => !internal && family === 'IPv4')
		.map(({ address }) => address);

/** Names that lead each machine to itself. */
const OWN_NAMES = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The origin that other people are told, on screens, paper and in links, by who asks for a page at
 * `asked`: as configured, else the one that was asked for; where only this machine knows that one, its
 * address in the first of its `networks`.
 */
export function addressForOthers(
	asked: URL,
	{ origin, host }: { origin: string; host: string | undefined },
	networks = inNetworks
): string {
	if (origin) return origin;
	const address = OWN_NAMES.test(asked.hostname) && isEverywhere(host) ? networks()[0] : undefined;
	if (address === undefined) return asked.origin;
	return `${asked.protocol}//${address}${asked.port && `:${asked.port}`}`;
}
