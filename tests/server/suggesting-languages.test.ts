/** What is suggested to belong together, in each of the seven languages. */
import { expect, test } from 'vitest';
import type { Language } from '#shared/ids.ts';
import { languageOf } from '#server/suggestions/tokens.ts';
import { cards, found, look } from './suggesting-cards.ts';

test('MS2 a language is what the card says, else what its letters and small words tell', () => {
	expect(languageOf('我们没有时间')).toBe('zh');
	expect(languageOf('لا وقت لدينا للتعاون')).toBe('ar');
	expect(languageOf('У нас нет времени')).toBe('ru');
	expect(languageOf('We have no time for this')).toBe('en');
	expect(languageOf('Nous n’avons pas le temps')).toBe('fr');
	expect(languageOf('No tenemos tiempo para esto')).toBe('es');
	expect(languageOf('Wir haben keine Zeit für das')).toBe('de');
	expect(languageOf('和 UNIC 联合')).toBe('zh');
	expect(languageOf('UNESCO Nairobi')).toBeNull();
	// What tells nothing is in the workshop's language, with what is.
	const both = cards(['Budget', 'Le budget de la bibliothèque, pas le temps']);
	expect(look(both, { language: 'en' })).toEqual([]);
	expect(found(look(both, { language: 'fr' }), 'same')).toEqual(['ab']);
	const said = cards(['Budget', 'Le budget de la bibliothèque, pas le temps'], {
		language: 'fr-CA'
	});
	expect(found(look(said), 'same')).toEqual(['ab']);
});

const HURRIED: [Language, string[]][] = [
	[
		'en',
		['no time!!', 'No time, only me and one volunteer', 'LACK OF TIME', 'The printer is broken']
	],
	[
		'fr',
		['Pas le temps', 'PAS LE TEMPS, on est deux.', 'Manque de temps', 'L’imprimante est cassée']
	],
	[
		'es',
		[
			'Falta de tiempo.',
			'falta de tiempo: salgo a las 14',
			'No hay tiempo',
			'Se rompió la impresora'
		]
	],
	['de', ['Keine Zeit', 'keine Zeit, wir sind zu zweit', 'Zeitmangel!', 'Der Drucker ist kaputt']],
	['ru', ['Нет времени', 'нет времени, я одна', 'Не хватает времени', 'Принтер сломался']],
	['ar', ['لا وقت!', 'لا وقت، أنا وحدي', 'لا وَقْت', 'الطابعة معطلة']],
	['zh', ['没有时间', '没有时间!', '没有时间。', '打印机坏了']]
];
test.each(HURRIED)(
	'MS8 in %s cards that begin with the same clause are the same idea',
	(language, texts) => {
		const same = found(look(cards(texts, { language })), 'same');
		expect(same[0]).toMatch(/^ab/);
		expect(same.join('')).not.toContain('d');
	}
);

const ENDINGS: [Language, string, string][] = [
	['en', 'Mayor of our town', 'the mayors'],
	['fr', 'Les bibliobus communaux', 'le bibliobus communal'],
	['es', 'Radios comunitarias del valle', 'radio comunitaria del valle'],
	['de', 'Die Strickrunde der Emeriti', 'Strickrunden der Emeriti'],
	['ru', 'Детские сады района', 'Детский сад района'],
	['ar', 'الإذاعة المحلية', 'إذاعة محلية'],
	['zh', '社区广播电台', '我们的社区广播电台']
];
test.each(ENDINGS)(
	'MS8 in %s endings, case, accents and marks do not matter',
	(language, one, other) => {
		expect(found(look(cards([one, other, '???'], { language })), 'same')).toEqual(['ab']);
	}
);

const ABOUT_MONEY: [Language, string[]][] = [
	['en', ['Every invoice is too expensive', 'Our budget was cut again', 'The bus stops at six']],
	[
		'fr',
		['La facture est trop chère', 'Notre budget est coupé', 'Le bus s’arrête à six heures du soir']
	],
	['es', ['La factura es muy cara', 'Recortaron el presupuesto', 'La carretera se cierra']],
	['de', ['Die Rechnung ist zu teuer', 'Der Haushalt ist gekürzt', 'Die Straße ist gesperrt']],
	['ru', ['Счёт слишком дорогой', 'Бюджет опять сократили', 'Автобус ходит до шести']],
	['ar', ['الفاتورة غالية والسعر مرتفع', 'خفضوا الميزانية', 'الطريق مغلق']],
	['zh', ['费用太高', '预算又少了', '交通不便']]
];
test.each(ABOUT_MONEY)('MS10 in %s cards about the same concept are a theme', (language, texts) => {
	const suggestions = look(cards(texts, { language }));
	expect(found(suggestions, 'same')).toEqual([]);
	expect(found(suggestions, 'theme')).toEqual(['ab']);
});
