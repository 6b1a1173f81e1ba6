/** What somebody takes home, as `templates/take-away.typ` sets it. */
import type { TakeAway } from '#shared/take-away.ts';
import { isRightToLeft } from '#shared/ids.ts';
import { fit } from './summary/print.ts';
import { clean } from './text.ts';
import { wordsIn } from './words.ts';

export function takeAwayPage(mine: TakeAway): object {
	const words = wordsIn(mine.language);
	return {
		...fit(mine, words),
		language: mine.language,
		rtl: mine.direction === 'rtl',
		ownRtl: isRightToLeft(mine.language),
		document: clean(`${mine.title.text}: ${mine.kind}`),
		author: clean(mine.name?.text ?? ''),
		words: { page: words.say('export_page') }
	};
}
