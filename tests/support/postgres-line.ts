/** The line to a Postgres, which a test may cut, or silence in one way or both. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export class PostgresLine {
	/** `silent`: nothing passes; `unanswered`: what is asked arrives, and no answer comes back. */
	state: 'good' | 'silent' | 'unanswered' | 'down' = 'good';
	/** Connections that were tried. */
	tries = 0;
	readonly #ends = new Set<Socket>();
	readonly #server = createServer((near) => this.#accept(near));
	#far = { host: '', port: 0 };

	/** Answers the same address, by this line. */
	async open(url: string): Promise<string> {
		const through = new URL(url);
		this.#far = { host: through.hostname, port: Number(through.port) };
		await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
		through.host = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
		return through.href;
	}

	/** As a server that is stopped: what is open ends, and nobody is let in. */
	cut(state: PostgresLine['state'] = 'down'): void {
		this.state = state;
		for (const end of this.#ends) end.destroy();
	}

	close(): void {
		this.cut();
		this.#server.close();
	}

	#accept(near: Socket): void {
		this.tries += 1;
		if (this.state === 'down') return void near.resetAndDestroy();
		const far = connect(this.#far);
		const ways: [Socket, Socket, (state: PostgresLine['state']) => boolean][] = [
			[near, far, (state) => state === 'good' || state === 'unanswered'],
			[far, near, (state) => state === 'good']
		];
		for (const [from, to, passes] of ways) {
			this.#ends.add(from);
			from.on('data', (bytes) => {
				if (passes(this.state)) to.write(bytes); // else it is gone for good
			});
			from.on('error', () => {});
			from.on('close', () => {
				this.#ends.delete(from);
				to.destroy();
			});
		}
	}
}
