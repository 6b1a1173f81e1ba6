import { REFUSALS, refuse, type Refusal, type RefusalReason } from '#shared/refusals.ts';

const isReason = (code: unknown): code is RefusalReason =>
	typeof code === 'string' && code in REFUSALS;

/**
 * Asks one of the desk's own routes; answers with its JSON, or with why not. No answer at all is
 * `try-again`: waiting mends it.
 */
export async function askServer<Answer>(
	path: string,
	method: 'GET' | 'POST' | 'DELETE' = 'GET'
): Promise<Answer | Refusal> {
	try {
		const response = await fetch(path, { method, headers: { accept: 'application/json' } });
		const answer: unknown = await response.json();
		if (response.ok) return answer as Answer;
		const { error } = answer as { error?: { code?: unknown } };
		return refuse(isReason(error?.code) ? error.code : 'server-fault');
	} catch {
		return refuse('try-again');
	}
}
