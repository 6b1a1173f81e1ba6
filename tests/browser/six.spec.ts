/** Each of the other exercises by its shortest whole path. Nothing here knows one of them by name. */
import { expect } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { CATALOGUE } from '../../src/shared/exercises/catalogue.ts';
import { fieldsOf } from '../../src/shared/exercises/format.ts';
import { Ada } from './support/ada.ts';
import { fillIn } from './support/fields.ts';
import { download, pdfWords } from './support/files.ts';
import { Participant } from './support/participant.ts';
import { cardOn, dragByKeys, groupOn } from './support/surface.ts';
import { test } from './support/test.ts';

for (const exercise of CATALOGUE.filter(({ id }) => id !== 'barrier'))
	test(`JO16 ${exercise.title}: every field of a card, and all the way to the PDF`, async ({
		server,
		people
	}) => {
		const ada = await Ada.arrives(people, server);
		const code = await ada.opensWorkshop('One exercise', exercise.id);
		const ben = await Participant.arrives(people, server, 'Ben');
		await ben.joins(code, 'Ben');
		await ada.starts(exercise.title);
		await ada.goesOn('write');

		const column = exercise.columns[0]!;
		const fields = fieldsOf(exercise, column.id);
		const main = fields.find((field) => field.main)!;
		const said: string[] = [];
		for (const field of [main, ...fields.filter((one) => one !== main)]) {
			const folded = ben.composer.getByText(m.board_more_about_it());
			if (
				field !== main &&
				!(await ben.composer.getByText(field.title, { exact: true }).first().isVisible())
			)
				await folded.click();
			const words = await fillIn(ben.composer, exercise, field);
			if (words) said.push(words);
		}
		await ben.putsDown();
		const first = said[0]!;
		await ben.composer.getByLabel(main.title, { exact: true }).fill('The second card');
		for (const field of fields.filter((one) => one.required && one !== main))
			await fillIn(ben.composer, exercise, field);
		await ben.putsDown();
		await expect(ben.ownCards.getByRole('listitem')).toHaveCount(2);
		await ben.hasSaved();

		await ada.goesOn('share');
		await cardOn(ada.page, first).click();
		const details = ada.page.getByRole('dialog');
		for (const words of said) await expect(details.getByText(words).first()).toBeVisible();
		for (const field of fields.filter((one) => one !== main))
			await expect(details.getByText(field.title, { exact: true })).toBeVisible();
		await details.getByRole('button', { name: m.board_close() }).click();

		await ada.goesOn('group');
		await dragByKeys(
			ada.page,
			cardOn(ada.page, 'The second card'),
			m.board_said_on_card({ words: first })
		);
		await groupOn(ada.page).getByLabel(m.board_group_title()).fill('Both together');
		await expect(groupOn(ben.page, 'Both together')).toBeVisible();
		await ada.page.getByRole('heading', { name: m.desk_board() }).click();
		await ada.goesOn('vote');
		await ben.votesFor('Both together');
		await ben.hasDots(4);
		await ada.page.getByRole('button', { name: m.desk_show_dots() }).click();
		await ada.goesOn('discuss');
		await ada.goesOn('act');
		await ben.promises('Write the first letter', 'Ben', 'this week');
		for (const { title } of exercise.views) {
			await ada.looksAt(title);
			await expect(ada.page.getByRole('heading', { level: 3, name: title })).toBeVisible();
		}
		await ada.goesOn('done');

		const taken = ada.page.getByRole('group', {
			name: m.downloads_of({ what: exercise.title })
		});
		const pdf = await download(
			ada.page,
			taken.getByRole('link', { name: m.downloads_pdf(), exact: true })
		);
		const words = pdfWords(pdf.path);
		for (const one of [...said, 'The second card', 'Both together', 'Write the first letter'])
			expect(words).toContain(one);
	});
