import { networkInterfaces } from 'node:os';

/** Where people reach this server: here, and from phones in the same network. */
export function addressesOf(port: number, host: string | undefined, origin: string): string[] {
	if (origin) return [origin];
	const everywhere = host === undefined || host === '0.0.0.0' || host === '::';
	if (!everywhere) return [`http://${host.includes(':') ? `[${host}]` : host}:${port}`];
	const others = Object.values(networkInterfaces())
		.flatMap((addresses) => addresses ?? [])
		.filter(({ internal, family }) => !internal && family === 'IPv4')
		.map(({ address }) => `http://${address}:${port}`);
	return [`http://localhost:${port}`, ...others];
}
