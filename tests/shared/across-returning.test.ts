/** What different workshops said alike. */
import { array, assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { alike } from '#shared/across/returning.ts';

const found = (...texts: string[]) =>
	alike(texts, (text) => text).map((group) => group.map((text) => texts.indexOf(text)));

test.each([
	[
		'en',
		'We had no time',
		'No time for it',
		'Our director said no',
		'Nobody asked us',
		'We never have the time'
	],
	[
		'fr',
		'Manque de temps',
		'Nous manquons de temps',
		'Personne ne nous a demandé',
		'Le budget est trop petit',
		'Le manque de temps !'
	],
	[
		'es',
		'Falta de tiempo',
		'Nos faltaba tiempo',
		'Nadie nos preguntó',
		'El presupuesto',
		'falta de TIEMPO'
	],
	[
		'de',
		'Keine Zeit',
		'Wir hatten keine Zeit',
		'Niemand hat uns gefragt',
		'Zu wenig Geld',
		'Uns fehlte die Zeit, keine Zeit'
	],
	[
		'ru',
		'Не хватает времени',
		'Нам не хватало времени',
		'Никто не спросил',
		'Мало денег',
		'не хватало времени'
	],
	['ar', 'ضيق الوقت', 'بسبب ضيق الوقت', 'لم يسألنا أحد', 'قلة المال', 'ضِيق الوَقت'],
	['zh', '没有时间', '我们没有时间', '没人问过我们', '经费不足', '没有时间了']
])('AW10 what is said alike is found, in %s', (_, ...texts) => {
	expect(found(...texts)).toEqual([[0, 1, 4]]);
});

test('AW10 among many, what has little in common stays apart', () => {
	const texts = [
		'Nobody asked us',
		'Our budget was too small',
		'The rules do not allow us to share data',
		'We knew no partner in the field',
		'The school has other hours than the library',
		'We do not speak the same language',
		'The museum wanted to lead',
		'No transport to the island',
		'The mayor changed',
		'Too many forms to fill in'
	];
	expect(found(...texts)).toEqual([]);
});

test('AW10 whatever people typed is compared, each text in one group at most', () => {
	assert(
		property(array(string({ unit: 'binary' }), { maxLength: 30 }), (texts) => {
			const all = texts.map((text, i) => ({ text, i }));
			const grouped = alike(all, ({ text }) => text).flat();
			expect(new Set(grouped.map(({ i }) => i)).size).toBe(grouped.length);
		}),
		{ seed: 20261124, numRuns: Number(process.env['RUNS'] ?? 50) }
	);
	expect(found('', ' ', '!!', '\u200b')).toEqual([]);
});
