/** Words that were sent from a form in which somebody goes on typing before the answer is there. */
import { SvelteMap } from 'svelte/reactivity';
import type { CardId } from '#shared/ids.ts';

/** What stays once `sent` was taken: what says something else by now. */
export function typedSince<Words extends Record<string, string>>(now: Words, sent: Words): Words {
	const stays = Object.entries(now).map(([name, words]) => [
		name,
		words === sent[name] ? '' : words
	]);
	return Object.fromEntries(stays) as Words;
}

/**
 * Comments being written, and such as were not taken, by card: neither a card that is shut nor a
 * phase that passes takes them away.
 */
export const typedComments = new SvelteMap<CardId, string>();

/** Sends one by `give`, which answers why not; then it is there again, before what was typed since. */
export async function sendComment(
	card: CardId,
	text: string,
	give: () => Promise<string | null>
): Promise<string | null> {
	typedComments.delete(card);
	const no = await give();
	const since = typedComments.get(card) ?? '';
	if (no) typedComments.set(card, since.trim() === '' ? text : `${text}\n${since}`);
	return no;
}
