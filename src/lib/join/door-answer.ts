import { showCode } from '#shared/code.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import { m } from '$lib/paraglide/messages.js';
import type { DoorAnswer } from './door.ts';

/** What someone at the door reads of a refusal; on the server only. */
export function doorAnswer(reason: RefusalReason, code: string): DoorAnswer {
	if (reason === 'wrong-code')
		return {
			happened: m.room_join_wrong({ code: showCode(code) }),
			advice: m.room_join_wrong_then()
		};
	if (reason === 'doors-closed')
		return { happened: m.room_join_doors_closed(), advice: m.room_join_doors_closed_then() };
	if (reason === 'room-full')
		return { happened: m.room_join_full(), advice: m.room_join_full_then() };
	return { happened: sentence(reason), advice: '' };
}
