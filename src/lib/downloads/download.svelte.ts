/** One file on its way to this device: fetched by the page, which can say how far it is, and stop. */
import { REFUSALS, type RefusalReason } from '#shared/refusals.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import { m } from '$lib/paraglide/messages.js';

export type DownloadState =
	| { is: 'idle' }
	/** `late`: long enough that somebody wonders. */
	| { is: 'making'; late: boolean }
	| { is: 'coming'; late: boolean; done: number; total: number }
	/** `left`: what is not in it. */
	| { is: 'taken'; left: string[] }
	| { is: 'failed'; why: string };

/** In ms: what is quicker needs no word. */
const LATE = 1000;

export class Download {
	state = $state.raw<DownloadState>({ is: 'idle' });
	readonly isUnderWay = $derived(this.state.is === 'making' || this.state.is === 'coming');
	#stop: AbortController | null = null;

	readonly #href: string;

	constructor(href: string) {
		this.#href = href;
	}

	async take(): Promise<void> {
		if (this.isUnderWay) return;
		if (!navigator.onLine) return this.#fail(m.downloads_offline());
		const stop = (this.#stop = new AbortController());
		this.state = { is: 'making', late: false };
		const waiting = setTimeout(() => {
			if (this.state.is === 'making' || this.state.is === 'coming')
				this.state = { ...this.state, late: true };
		}, LATE);
		try {
			const response = await fetch(this.#href, { signal: stop.signal });
			if (!response.ok) return this.#fail(await reasonOf(response));
			const file = await this.#read(response);
			keep(file, nameOf(response));
			this.state = { is: 'taken', left: leftOutOf(response) };
		} catch {
			if (stop.signal.aborted) this.state = { is: 'idle' };
			else this.#fail(navigator.onLine ? m.downloads_broken() : m.downloads_offline());
		} finally {
			clearTimeout(waiting);
		}
	}

	cancel(): void {
		this.#stop?.abort();
	}

	#fail(why: string): void {
		this.state = { is: 'failed', why };
	}

	async #read(response: Response): Promise<Blob> {
		const total = Number(response.headers.get('content-length'));
		const pieces: Uint8Array<ArrayBuffer>[] = [];
		let done = 0;
		const reader = response.body!.getReader();
		for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
			pieces.push(piece.value);
			done += piece.value.length;
			const late = 'late' in this.state && this.state.late;
			if (total > 0) this.state = { is: 'coming', late, done, total };
		}
		return new Blob(pieces, { type: response.headers.get('content-type') ?? '' });
	}
}

/** A file's refusal, in a sentence about files. */
async function reasonOf(response: Response): Promise<string> {
	const body = (await response.json().catch(() => null)) as { error?: { code?: string } } | null;
	const code = body?.error?.code ?? '';
	if (code === 'try-again') return m.downloads_busy();
	return sentence(code in REFUSALS ? (code as RefusalReason) : 'server-fault');
}

const nameOf = (response: Response): string =>
	/filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'plenary';

function leftOutOf(response: Response): string[] {
	const said = response.headers.get('x-plenary-left-out');
	return said ? decodeURIComponent(said).split('\n') : [];
}

/** Hands it to the browser, which puts it where it puts what is downloaded. */
function keep(file: Blob, name: string): void {
	const url = URL.createObjectURL(file);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	document.body.append(link);
	link.click();
	link.remove();
	// A browser may ask whether to keep it, and reads it then.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
