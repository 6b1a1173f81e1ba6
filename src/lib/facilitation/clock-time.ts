/** The time of day of an instant, as clocks on the wall show it: `09:41`. */
export const clockTime = (at: number, language: string): string =>
	new Intl.DateTimeFormat(language, {
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23'
	}).format(at);

/** A day, as letters are dated: `24 November 2026`. */
export const longDate = (at: number, language: string): string =>
	new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
