/** Browsers of people: each its own context, with everything its pages hear and complain about. */
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';

export const DEVICES = {
	/** A small phone, held upright. */
	phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
	laptop: { viewport: { width: 1280, height: 800 } },
	desk: { viewport: { width: 1440, height: 900 } },
	projector: { viewport: { width: 1920, height: 1080 } }
} as const satisfies Record<string, BrowserContextOptions>;

/** What a browser says of a server that is away: expected where a test takes it away. */
export const AWAY =
	/ERR_CONNECTION_(?:REFUSED|RESET|CLOSED)|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONTENT_LENGTH_MISMATCH|ERR_SOCKET_NOT_CONNECTED|WebSocket connection to .* failed|already in CLOSING/;

/** One person's page. */
export interface Opened {
	page: Page;
	/** Everything that its websockets have received, as text; what is not text is kept as it came. */
	heard: () => string;
	/** Complaints that match are expected from now on. */
	forgive: (complaint: RegExp) => void;
}

export class People {
	readonly #browser: Browser;
	readonly #complaints: string[] = [];
	readonly #leaving: (() => Promise<void>)[] = [];

	constructor(browser: Browser) {
		this.#browser = browser;
	}

	/** A browser of its own, for one person. */
	async open(who: string, device: BrowserContextOptions): Promise<Opened> {
		// What moves is drawn by the processor here, a frame after the other, on every page at once.
		const still = { locale: 'en-GB', reducedMotion: 'reduce' } as const;
		const context = await this.#browser.newContext({ ...still, ...device });
		const page = await context.newPage();
		this.#leaving.push(() => context.close());
		const frames: string[] = [];
		const forgiven: RegExp[] = [];
		const complain = (words: string) => {
			if (!forgiven.some((one) => one.test(words))) this.#complaints.push(`${who}: ${words}`);
		};
		// What a policy forbids is reported on the console too.
		context.on('console', (message) => {
			if (message.type() === 'error') complain(`${message.text()} (${message.location().url})`);
		});
		context.on('weberror', (error) => complain(String(error.error().stack ?? error.error())));
		page.on('websocket', (socket) =>
			socket.on('framereceived', ({ payload }) => frames.push(payload.toString()))
		);
		const forgive = (complaint: RegExp) => void forgiven.push(complaint);
		return { page, heard: () => frames.join('\n'), forgive };
	}

	/** Closes every browser; answers with what their pages complained about. */
	async leave(): Promise<string[]> {
		for (const leave of this.#leaving) await leave();
		return this.#complaints;
	}
}
