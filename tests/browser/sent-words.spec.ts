/** Comments and actions on their way, while somebody types on and the room goes on without them. */
import { expect } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { Ada } from './support/ada.ts';
import { Line } from './support/line.ts';
import { Participant } from './support/participant.ts';
import { AWAY } from './support/people.ts';
import { cardOn } from './support/surface.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;

test('CL51 what is typed while an action is on its way stays, and a comment that came too late is still there', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('By the lake', EXERCISE.id);
	const line = await Line.to(server);
	const ben = await Participant.arrives(people, line, 'Ben', 'laptop');
	ben.opened.forgive(AWAY);
	await ben.joins(code, 'Ben');
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	await ben.composer.getByLabel(MAIN).fill('No time');
	await ben.putsDown();
	await ben.hasSaved();
	for (const phase of ['share', 'group', 'vote', 'discuss', 'act'] as const)
		await ada.goesOn(phase);
	await ben.isIn('act');

	const what = ben.page.getByLabel(m.board_action_what(), { exact: true });
	await line.cut();
	await expect(ben.page.getByText(m.room_offline())).toBeVisible();
	await what.fill('Call the baker');
	await ben.page.getByRole('button', { name: m.board_action_add() }).click();
	await what.fill('Write the letter');
	await line.mend();
	await expect(ben.page.getByRole('row').filter({ hasText: 'Call the baker' })).toBeVisible();
	await expect(what).toHaveValue('Write the letter');

	await ada.goesBack('discuss');
	await ben.isIn('discuss');
	await cardOn(ben.page, 'No time').first().click();
	const details = ben.page.getByRole('dialog');
	const comment = details.getByLabel(m.board_comment_write());
	await line.cut();
	await expect(ben.page.getByText(m.room_offline())).toBeVisible();
	await comment.fill('We tried that');
	await details.getByRole('button', { name: m.board_comment_add() }).click();
	await comment.fill('and again');
	await details.getByRole('button', { name: m.board_close() }).click();
	await ada.goesOn('act');
	await ada.goesOn('done');
	await line.mend();
	await ben.page.getByRole('link', { name: EXERCISE.title }).click();
	await cardOn(ben.page, 'No time').first().click();
	await expect(details.getByText('We tried that')).toContainText('and again');
	await line.cut();
});
