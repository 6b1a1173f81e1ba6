/** Actions as a calendar, read by another library. */
import ical from 'node-ical';
import { expect, test } from 'vitest';
import { icalOf } from '#server/exports/ical.ts';
import type { ExportInput } from '#server/exports/input.ts';
import { wordsIn } from '#server/exports/words.ts';
import { advocates, contacts, workshopOf } from './exports-data-files.ts';
import { text } from './exports-workshop.ts';

const fileOf = (input: ExportInput) => text(icalOf(input, input.boards, wordsIn('en')));
const eventsOf = (file: string) =>
	Object.values(ical.sync.parseICS(file)).flatMap((one) => (one?.type === 'VEVENT' ? [one] : []));

const both = workshopOf(contacts, advocates);

test('EX38 an action with a day is an event of that whole day, which keeps nobody busy', () => {
	const [event, ...others] = eventsOf(fileOf(both));
	expect(others).toEqual([]);
	expect(event).toMatchObject({
		uid: 'act-1@plenary',
		summary: 'Ben: Call; then, write\nto them',
		description: 'International organisations in your country\nUNESCO, Nairobi; office',
		datetype: 'date',
		transparency: 'TRANSPARENT',
		dtstamp: new Date('2026-11-24T09:30:00Z')
	});
	const day = event!.start;
	expect([day.getFullYear(), day.getMonth() + 1, day.getDate()]).toEqual([2027, 2, 28]);
	expect(fileOf(both)).toContain('DTSTART;VALUE=DATE:20270228\r\nDTEND;VALUE=DATE:20270301\r\n');
	// Nothing of the moment.
	expect(fileOf(both)).toBe(fileOf(workshopOf(contacts, advocates)));
});

test('EX38 the calendar says what it leaves out: actions without a day, hidden cards', () => {
	const unfolded = fileOf(both).replaceAll('\r\n ', '');
	expect(unfolded).toContain('X-WR-CALNAME:Partners within reach\r\n');
	expect(unfolded).toMatch(
		/X-WR-CALDESC:1 hidden card is left out\..* Only actions with a date are in/
	);
	expect(unfolded).not.toMatch(/before summer|2027-02-31|Leap/);
});

test('EX38 an event says nothing of the hidden card that its action is about', () => {
	const input = workshopOf({
		...contacts,
		contents: {
			actions: [
				{
					id: 'a',
					board: 'board-1',
					what: 'Go',
					who: '',
					when: '2027-03-01',
					card: 'card-4',
					at: 0
				}
			]
		}
	});
	const [event] = eventsOf(fileOf(input));
	expect(event).toMatchObject({
		summary: 'Go',
		description: 'International organisations in your country'
	});
	expect(fileOf(input)).not.toContain('Unspeakable');
});
