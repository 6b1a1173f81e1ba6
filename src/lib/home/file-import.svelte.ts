/** A file on its way to become a workshop: how far it is, and what came of it. */
import { REFUSALS, type RefusalReason } from '#shared/refusals.ts';
import { FILE_LIMITS } from '#shared/workshop-file.ts';
import { sentence } from '$lib/refusal-sentence.ts';

export type ImportState =
	| { is: 'idle' }
	/** From 0 to 1. */
	| { is: 'sending'; share: number }
	/** The server has all of it. */
	| { is: 'reading' }
	/** `where`: the place in the file that is wrong; '' where it is about all of it. */
	| { is: 'refused'; why: string; where: string };

export class FileImport {
	state = $state.raw<ImportState>({ is: 'idle' });
	readonly isUnderWay = $derived(this.state.is === 'sending' || this.state.is === 'reading');
	#request: XMLHttpRequest | null = null;

	/** The new workshop's id; null where there is none. */
	async bring(file: File): Promise<string | null> {
		if (this.isUnderWay) return null;
		if (file.size > FILE_LIMITS.bytes) return this.#refuse('too-large');
		this.state = { is: 'sending', share: 0 };
		const answer = await this.#send(file);
		if (answer === 'stopped') this.state = { is: 'idle' };
		else if (answer === null) return this.#refuse('try-again');
		else if (answer.id !== undefined) return answer.id;
		else return this.#refuse(answer.error?.code, answer.error?.where);
		return null;
	}

	stop(): void {
		this.#request?.abort();
	}

	#refuse(code: string | undefined, where = ''): null {
		const isKnown = code !== undefined && Object.hasOwn(REFUSALS, code);
		const why = sentence(isKnown ? (code as RefusalReason) : 'server-fault');
		this.state = { is: 'refused', why, where };
		return null;
	}

	/** `fetch` does not say how much of a body has gone. */
	#send(file: File): Promise<Answer | 'stopped' | null> {
		const request = (this.#request = new XMLHttpRequest());
		return new Promise((resolve) => {
			request.upload.addEventListener('progress', ({ loaded, total }) => {
				const share = total > 0 ? loaded / total : 0;
				this.state = share < 1 ? { is: 'sending', share } : { is: 'reading' };
			});
			request.addEventListener('load', () => resolve(answerOf(request.responseText)));
			request.addEventListener('error', () => resolve(null));
			request.addEventListener('abort', () => resolve('stopped'));
			request.open('POST', '/api/v1/workshops/import');
			request.setRequestHeader('content-type', 'application/json');
			request.send(file);
		});
	}
}

interface Answer {
	id?: string;
	error?: { code?: string; where?: string };
}

function answerOf(text: string): Answer | null {
	try {
		return JSON.parse(text) as Answer;
	} catch {
		return null;
	}
}
