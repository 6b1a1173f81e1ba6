/** English dates are written the British way, as everything here. */
const written = (language: string) => (language === 'en' ? 'en-GB' : language);

/** The time of day of an instant, as clocks on the wall show it: `09:41`. */
export const clockTime = (at: number, language: string): string =>
	new Intl.DateTimeFormat(written(language), {
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
		numberingSystem: 'latn'
	}).format(at);

/** The same with seconds: `09:41:05`. */
export const clockSeconds = (at: number, language: string): string =>
	new Intl.DateTimeFormat(written(language), {
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
		hourCycle: 'h23',
		numberingSystem: 'latn'
	}).format(at);

/** A day, as letters are dated: `24 November 2026`. */
export const longDate = (at: number, language: string): string =>
	new Intl.DateTimeFormat(written(language), {
		day: 'numeric',
		month: 'long',
		year: 'numeric'
	}).format(at);
