/** The exercise that a whole room goes through, and what is said in it. */
import { findExercise } from '../../../src/shared/exercises/catalogue.ts';

export const EXERCISE = findExercise('barrier')!;
export const [BARRIERS, WAYS] = EXERCISE.columns.map(({ title }) => title) as [string, string];
export const TITLE = 'Partners within reach';
export const WORDS = {
	lunch: 'Nobody could leave the desk before noon',
	early: 'We asked a year too early',
	arabic: 'لم يكن لدينا وقت للاجتماع معهم',
	chinese: '双方的目标从一开始就不一样',
	shifts: 'No time left beside the shifts',
	slip: 'This one was only a slip',
	way: 'Meet for a quarter of an hour, standing',
	group: 'Time is never there',
	comment: 'The same with us, every summer',
	action: 'Ring the town library'
};
