import { showCode } from '#shared/code.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import { sentence } from '$lib/facilitation/refusal-sentence.ts';
import { m } from '$lib/paraglide/messages.js';
import type { DoorAnswer } from './door.ts';

/** What someone at the door reads of a refusal; on the server only. */
export function doorAnswer(reason: RefusalReason, code: string): DoorAnswer {
	if (reason === 'wrong-code')
		return {
			happened: m.room_join_wrong({ code: showCode(code) }),
			advice: m.room_join_wrong_then()
		};
	return { happened: sentence(reason), advice: '' };
}
