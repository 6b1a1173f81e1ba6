/** What two facilitators made of one summary at once: words of both, and of everything else the changes. */
import { WHOLE_SUMMARY, type SummarySettings } from '#shared/summary/settings.ts';
import { mergeText } from '../sync/merged-notes.ts';

/** In one order, so that the same settings are the same text. */
const KEYS = Object.keys(WHOLE_SUMMARY).sort() as (keyof SummarySettings)[];

export const writeSettings = (settings: SummarySettings): string =>
	JSON.stringify(KEYS.map((key) => settings[key]));

export const readSettings = (written: string): SummarySettings => {
	const values = JSON.parse(written) as unknown[];
	return Object.fromEntries(KEYS.map((key, at) => [key, values[at]])) as SummarySettings;
};

/** `theirs` is what was saved first. Both began from `base`; all three are written. */
export function mergeSettings(base: string, mine: string, theirs: string): string {
	const [from, own, other] = [base, mine, theirs].map(readSettings) as [
		SummarySettings,
		SummarySettings,
		SummarySettings
	];
	const one = <Key extends keyof SummarySettings>(key: Key): SummarySettings[Key] =>
		own[key] === from[key] ? other[key] : own[key];
	const text = (key: 'organisation' | 'place' | 'introduction' | 'conclusions') =>
		mergeText(from[key], own[key], other[key]);
	const list = (key: 'leftOut' | 'cards') => mergeList(from[key], own[key], other[key]);
	return writeSettings({
		organisation: lineOf(text('organisation')),
		place: lineOf(text('place')),
		introduction: text('introduction'),
		conclusions: text('conclusions'),
		leftOut: list('leftOut'),
		cards: list('cards'),
		paper: one('paper'),
		forParticipants: one('forParticipants')
	});
}

/** What either left out is out, what either took back is in again. */
function mergeList(base: string[], mine: string[], theirs: string[]): string[] {
	const taken = new Set(base.filter((one) => !mine.includes(one)));
	const put = mine.filter((one) => !base.includes(one));
	return [...new Set([...theirs.filter((one) => !taken.has(one)), ...put])];
}

/** What stands in one line stays in one. */
const lineOf = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
