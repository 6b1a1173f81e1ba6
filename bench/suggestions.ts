/**
 * How good suggestions of what belongs together are: `node server/run.mjs bench/suggestions.ts`, with
 * `--show` for what is suggested. What is measured, and against what: `suggestions/measured.ts`.
 */
import { findExercise } from '#shared/exercises/catalogue.ts';
import { sampleOf } from '#server/rehearsal/sample.ts';
import {
	HELD_OUT,
	measured,
	suggested,
	sum,
	textOf,
	TUNED,
	WAYS,
	type Tally
} from './suggestions/measured.ts';

const ALL = [...TUNED, ...HELD_OUT];
const share = (part: number, of: number): string => (of === 0 ? '   –' : (part / of).toFixed(2));
const line = (name: string, { right, found, wanted }: Tally): string =>
	`  ${name.padEnd(28)} precision ${share(right, found)}  recall ${share(right, wanted)}  ` +
	`(${right} of ${found} suggested, ${wanted} wanted)`;

for (const kind of ['same', 'themes'] as const)
	for (const [name, way] of Object.entries(WAYS)) {
		console.log(`\n${kind === 'same' ? 'Near-duplicates' : 'Themes'}: ${name}`);
		const tallies = ALL.map((id) => ({ id, tally: measured(id, way)[kind] }));
		for (const { id, tally } of tallies)
			console.log(line(HELD_OUT.includes(id) ? `${id} (held out)` : id, tally));
		console.log(line('in all', sum(tallies.map(({ tally }) => tally))));
	}

if (process.argv.includes('--show'))
	for (const exercise of ALL.map((id) => findExercise(id)!)) {
		const { cards } = sampleOf(exercise, (person) => person);
		for (const { kind, title, cards: ids } of suggested(exercise, cards)) {
			console.log(`\n${exercise.id}, ${kind}: ${title}`);
			for (const id of ids) console.log(`  ${Number(id)}  ${textOf(exercise, cards[Number(id)]!)}`);
		}
	}
