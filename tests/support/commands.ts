/** Every command once, as somebody may send it. */
import type { CommandOf } from '#shared/facilitation/commands.ts';
import type { CommandType } from '#shared/permissions.ts';

/** One of each, without its type, about this board; the card and the person are nobody's. */
export function oneOfEach(
	board: string,
	id = 'an-id-of-its-own'
): { [T in CommandType]: Omit<CommandOf<T>, 'type'> } {
	const about = { board, card: 'no-such-card' };
	return {
		rename: { title: 'A day in Dakar' },
		'set-language': { language: 'fr' },
		'set-anonymous': { anonymous: false },
		'set-agenda': { agenda: ['barrier'] },
		'set-retention': { days: 30 },
		open: {},
		close: {},
		'close-doors': {},
		'open-doors': {},
		'change-code': {},
		start: { exercise: 0 },
		'start-break': { item: 0 },
		'end-break': {},
		next: {},
		back: {},
		go: { phase: 'share' },
		finish: {},
		pause: {},
		resume: {},
		extend: { minutes: 1 },
		'set-writing': { mode: 'open' },
		'set-grouping': { who: 'everyone' },
		lock: {},
		unlock: {},
		mute: {},
		unmute: {},
		'show-nudge': { nudge: null },
		'show-votes': {},
		'hide-votes': {},
		'hide-card': about,
		'show-card': about,
		'rename-person': { person: 'no-such-person', name: 'Ben' },
		'remove-person': { person: 'no-such-person', cards: 'stay' },
		'erase-person': { person: 'no-such-person' },
		'remove-card': about,
		'restore-card': about,
		'let-in': { board },
		leave: { board },
		'withdraw-card': about,
		vote: { board, target: { card: 'no-such-card' }, count: 1 },
		comment: { ...about, id, text: 'So true' },
		'remove-comment': { board, id },
		action: { board, id, what: 'Ask', who: 'Ben', when: 'soon' },
		'remove-action': { board, id }
	};
}
