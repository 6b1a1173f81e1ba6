/** What takes time to make is given to who may still have it when it is there. */
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import type { Asker } from '#server/app.ts';

/**
 * Asks what somebody may have, makes it, and asks again: a place that ended meanwhile, a link that was
 * taken back or a workshop that was deleted gets nothing that was begun before. `ask` is told what was
 * made, the second time.
 */
export async function askedAgain<May, Made>(
	ask: (made?: Made) => Promise<May | Refusal>,
	make: (may: May) => Promise<Made | Refusal>,
	asker: Asker = {}
): Promise<Made | Refusal> {
	const may = await ask();
	if (isRefusal(may)) return may;
	const made = await make(may);
	if (isRefusal(made)) return made;
	const still = (await asker.still?.()) ?? (await ask(made));
	return isRefusal(still) ? still : made;
}
