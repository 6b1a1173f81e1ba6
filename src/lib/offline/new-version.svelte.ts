/**
 * A new version of the app, and the moment to take it. Where there is a service worker, the new one
 * has fetched everything aside and waits; elsewhere the server has just said that it has another
 * build. Either way the page goes on as it is until it is told to take it.
 */
import type { Asked } from './kept-pages.ts';

/** In ms. After a restart a whole room comes back: it does not look for a new version all at once. */
const SPREAD = { least: 10_000, most: 120_000 };
const LOOK_AGAIN = 60 * 60 * 1000;

/** Kit's `updated`: whether the server has another build than this page. */
interface Updated {
	readonly current: boolean;
	check(): Promise<boolean>;
}

export class NewVersion {
	/** There is one, and it can be taken. */
	ready = $state(false);
	readonly #updated: Updated;
	#registration: ServiceWorkerRegistration | null = null;
	#looking: ReturnType<typeof setTimeout> | undefined;
	#taking = false;

	constructor(updated: Updated) {
		this.#updated = updated;
	}

	/** Begins to look, on a page; ends when the answer is called. */
	watch(): () => void {
		void this.#watchWorker();
		const hourly = setInterval(() => void this.#look(), LOOK_AGAIN);
		return () => {
			clearInterval(hourly);
			clearTimeout(this.#looking);
		};
	}

	/** The server may have been started anew: in a while it is asked whether as another version. */
	cameBack(): void {
		clearTimeout(this.#looking);
		const later = SPREAD.least + Math.random() * (SPREAD.most - SPREAD.least);
		this.#looking = setTimeout(() => void this.#look(), later);
	}

	/** Takes it now: the page is loaded again, as the new version. */
	take(): void {
		if (this.#taking) return;
		this.#taking = true;
		if (!this.#registration?.waiting) return location.reload();
		navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
		this.#takeOver();
	}

	async #look(): Promise<void> {
		try {
			await this.#registration?.update();
		} catch {
			return; // No network: another time.
		}
		if (await this.#updated.check()) this.ready = true;
	}

	async #watchWorker(): Promise<void> {
		if (!('serviceWorker' in navigator)) return;
		const workers = navigator.serviceWorker;
		let controlled = workers.controller !== null;
		workers.addEventListener('controllerchange', () => {
			// Another tab has taken it; or this was the first one, which is this version.
			if (controlled) void this.#found();
			controlled = true;
		});
		const registration = await workers.ready;
		this.#registration = registration;
		if (registration.waiting) await this.#found();
		registration.addEventListener('updatefound', () => {
			const { installing } = registration;
			installing?.addEventListener('statechange', () => {
				if (installing.state === 'installed') void this.#found();
			});
		});
	}

	/** A page that came from the server after the new worker is of that version already. */
	async #found(): Promise<void> {
		if (await this.#updated.check()) this.ready = true;
		else if (!this.#taking) this.#takeOver();
	}

	#takeOver(): void {
		const asked: Asked = 'take over';
		this.#registration?.waiting?.postMessage(asked);
	}
}
