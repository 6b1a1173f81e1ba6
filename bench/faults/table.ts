/** What a run ends with: a line for each fault. */
import { isGood, type Row } from './run.ts';

const HEAD = ['fault', 'times', 'acknowledged characters', 'lost', 'longest until all agreed'];

export function table(rows: Row[]): string {
	const lines = rows.map((row) => [
		row.fault,
		String(row.times),
		row.acknowledged.toLocaleString('en-GB'),
		String(row.lost),
		`${(row.longest / 1000).toFixed(1)} s`
	]);
	const widths = HEAD.map((_, at) => Math.max(...[HEAD, ...lines].map((line) => line[at]!.length)));
	const drawn = [HEAD, ...lines].map((line) =>
		line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
	);
	const wrong = rows.filter((row) => !isGood(row)).map(complaint);
	return [...drawn.map((line) => line.join('  ')), ...wrong].join('\n');
}

const complaint = ({ fault, lost, doubled, foreign, wrong }: Row): string =>
	[
		`WRONG at "${fault}": ${lost} lost, ${doubled} doubled, ${foreign} that nobody wrote`,
		...wrong
	].join('\n  ');
