/** The actions that have a day, as a calendar (iCalendar): whole days, which keep nobody busy. */
import ICAL from 'ical.js';
import { dayOf } from '#shared/day-of.ts';
import { mainText } from '#shared/doc/read.ts';
import { byTime, type BoardInput, type ExportInput } from './input.ts';
import { leftOut } from './left-out.ts';
import { clean } from './text.ts';
import type { Words } from './words.ts';

/** The lines of a file are 75 octets at most, with the space that begins one that goes on. */
ICAL.foldLength = 74;
for (const name of ['x-wr-calname', 'x-wr-caldesc'])
	ICAL.design.icalendar.property[name] = { defaultType: 'text' };

/** A property of jCal: its name, parameters, type and value. */
type Property = [string, Record<string, string>, string, string];
const text = (name: string, value: string): Property => [name, {}, 'text', clean(value)];

export function icalOf(input: ExportInput, boards: BoardInput[], words: Words): Uint8Array {
	const actions = boards.flatMap((board) =>
		[...board.contents.actions].sort(byTime).map((action) => ({ ...action, from: board }))
	);
	const dated = actions.flatMap((action) => {
		const day = dayOf(action.when);
		return day ? [{ ...action, day }] : [];
	});
	const events = dated.map(({ id, what, who, card, at, day, from }) => {
		const { board, exercise } = from.contents;
		const about = board.cards.find((one) => one.id === card);
		const answered = about?.answers && board.cards.find((one) => one.id === about.answers);
		const source = about && from.contents.sources?.[about.id];
		const next = new Date(day);
		next.setUTCDate(day.getUTCDate() + 1);
		const summary = clean(who).trim() === '' ? what : words.say('export_who_does', { who, what });
		return [
			'vevent',
			[
				text('uid', `${id}@plenary`),
				['dtstamp', {}, 'date-time', `${new Date(at).toISOString().slice(0, 19)}Z`],
				['dtstart', {}, 'date', day.toISOString().slice(0, 10)],
				['dtend', {}, 'date', next.toISOString().slice(0, 10)],
				text('summary', summary),
				text(
					'description',
					[
						from.state.title,
						about && mainText(about, exercise),
						answered && `${words.say('export_answers')}: ${mainText(answered, exercise)}`,
						source && `${words.say('export_for')}: ${source.of.text}`
					]
						.filter(Boolean)
						.join('\n')
				),
				text('transp', 'TRANSPARENT')
			],
			[]
		];
	});
	const calendar = [
		'vcalendar',
		[
			text('version', '2.0'),
			text('prodid', '-//Plenary//Plenary//EN'),
			text('calscale', 'GREGORIAN'),
			text('method', 'PUBLISH'),
			text('x-wr-calname', input.workshop.title),
			text('x-wr-caldesc', leftOut(input, boards, words, 'ics').join(' '))
		],
		events
	];
	return new TextEncoder().encode(
		`${ICAL.stringify.component(calendar, ICAL.design.icalendar)}\r\n`
	);
}
