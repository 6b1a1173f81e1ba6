/** Closing dates as people read them, and as a field for dates has them. */

/** `Friday 4 December, 18:00 CET`: in the reader's language, and on their clock, which it names. */
export function whenSaid(at: number, language: string): string {
	return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
		weekday: 'long',
		day: 'numeric',
		month: 'long',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
		numberingSystem: 'latn',
		timeZoneName: 'short'
	}).format(at);
}

/** Shorter, for a line of the agenda: `Fri 4 Dec, 18:00`. */
export function whenBriefly(at: number, language: string): string {
	return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
		weekday: 'short',
		day: 'numeric',
		month: 'short',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
		numberingSystem: 'latn'
	}).format(at);
}

/** As `<input type="datetime-local">` has it, on the clock of this device. */
export function asField(at: number): string {
	const date = new Date(at);
	const two = (part: number) => String(part).padStart(2, '0');
	const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
	return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What stands in such a field; null where it is no date. */
export function fromField(typed: string): number | null {
	const at = new Date(typed).getTime();
	return typed === '' || Number.isNaN(at) ? null : at;
}

/** A week from now, at six in the evening. */
export function inAWeek(now: number): number {
	const date = new Date(now);
	date.setDate(date.getDate() + 7);
	return date.setHours(18, 0, 0, 0);
}
