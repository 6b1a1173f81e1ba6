/** Forms in which somebody types on while their words are on their way. */
import { expect, test } from 'vitest';
import { sendComment, typedComments, typedSince } from '../../src/lib/board/sent-words.ts';

test('CL51 what is typed while an action is saved stays in the form, the rest of it is empty again', () => {
	const sent = { what: 'Call the baker', who: 'Ben', when: '' };
	expect(typedSince({ ...sent }, sent)).toEqual({ what: '', who: '', when: '' });
	expect(typedSince({ ...sent, what: 'Write the letter', when: 'today' }, sent)).toEqual({
		what: 'Write the letter',
		who: '',
		when: 'today'
	});
});

test('CL51 a comment that is not taken comes back before what is typed by then', async () => {
	typedComments.set('card-one', 'we tried that');
	const sent = sendComment('card-one', 'we tried that', async () => 'It is too late.');
	expect(typedComments.get('card-one')).toBeUndefined();
	typedComments.set('card-one', 'and th');
	expect(await sent).toBe('It is too late.');
	expect(typedComments.get('card-one')).toBe('we tried that\nand th');
	typedComments.set('card-one', ' ');
	await sendComment('card-one', 'once more', async () => 'It is too late.');
	expect(typedComments.get('card-one')).toBe('once more');
	await sendComment('card-one', 'once more', async () => null);
	expect([...typedComments]).toEqual([]);
});
