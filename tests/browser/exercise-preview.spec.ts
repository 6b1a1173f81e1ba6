/** What the editor of exercises says is missing: words of the interface, which only a browser's tests can read. */
import { expect, test } from '@playwright/test';
import * as fc from 'fast-check';
import { placeWords } from '../../src/lib/exercise-editor/fault-places.ts';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { faultsOf } from '../../src/shared/exercises/faults.ts';
import { anyDraft } from '../shared/any-exercise.ts';

const barrier = findExercise('barrier')!;

test('OX21 a fault is named as its maker calls the place', () => {
	expect(placeWords(barrier, ['columns', 0, 'hint'])).toBe(`Barriers · ${m.exercises_key_hint()}`);
	expect(placeWords(barrier, ['fields', 1, 'options', 2, 'title'])).toBe(
		`${barrier.fields[1]!.title} · ${m.exercises_key_option({ number: 3 })}`
	);
	expect(placeWords(barrier, ['views', 0, 'title'])).toBe(
		`${m.exercises_views()} · ${barrier.views[0]!.title} · ${m.exercises_key_view_title()}`
	);
	expect(placeWords(barrier, ['nudges', 1])).toBe(m.exercises_nudge_number({ number: 2 }));
	expect(placeWords(barrier, ['prompt'])).toBe(m.exercises_key_prompt());
	expect(placeWords(barrier, [])).toBe(m.exercises_this());
	fc.assert(
		fc.property(anyDraft, (draft) => {
			for (const { place } of faultsOf(draft)) expect(placeWords(draft, place).trim()).not.toBe('');
		}),
		{ seed: 20261130, numRuns: 100 }
	);
});
