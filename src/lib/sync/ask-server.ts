import { REFUSALS, refuse, type Refusal, type RefusalReason } from '#shared/refusals.ts';

const isReason = (code: unknown): code is RefusalReason =>
	typeof code === 'string' && code in REFUSALS;

/**
 * Asks one of a page's own routes, with JSON or a file; answers with its JSON, or with why not. No
 * answer at all is `try-again`: waiting mends it.
 */
export async function askServer<Answer>(
	path: string,
	method: 'GET' | 'POST' | 'PUT' | 'DELETE' = 'GET',
	body?: string | Blob
): Promise<Answer | Refusal> {
	try {
		const headers = {
			accept: 'application/json',
			...(typeof body === 'string' && { 'content-type': 'application/json' })
		};
		const response = await fetch(path, { method, headers, ...(body && { body }) });
		const answer: unknown = await response.json();
		if (response.ok) return answer as Answer;
		const { error } = answer as { error?: { code?: unknown } };
		return refuse(isReason(error?.code) ? error.code : 'server-fault');
	} catch {
		return refuse('try-again');
	}
}
