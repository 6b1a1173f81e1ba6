/** A board in plain words: what its picture says, for whom it is not a picture. */
import type { Band, BoardPage } from './board-page.ts';
import type { Front } from './front.ts';
import type { PrintedCard, PrintedItem } from './printed-card.ts';
import type { Paragraph } from './text.ts';

/** One line for each thing that stands on it. `answers`: what stands before what a card answers. */
export function boardInWords(
	front: Front,
	bands: Band[],
	actions: BoardPage['actions'],
	answers: string
): string {
	const { prompt, counts, left } = front.facts;
	return [
		front.day,
		...prompt.map(plain),
		...counts,
		...left,
		...bands.flatMap(({ set, columns }) => [
			...(set ? [plain(set)] : []),
			...columns.flatMap((column) => [
				`${plain(column.title)} (${column.count})`,
				...told(column.items, answers)
			])
		]),
		...(actions
			? [
					actions.title,
					...actions.rows.map(({ what, who, when }) => joined([what, who, when].map(allOf), ' · '))
				]
			: [])
	].join('\n');
}

/** As typed: the places to break are for paper. */
const plain = ({ t }: Paragraph): string => t.replaceAll('\u200b', '');
const allOf = (paragraphs: Paragraph[]): string => paragraphs.map(plain).join(' ');
const joined = (parts: (string | null)[], by: string): string => parts.filter(Boolean).join(by);

const told = (items: PrintedItem[], answers: string): string[] =>
	items.flatMap((item) =>
		item.kind === 'card'
			? cardInWords(item, answers)
			: [joined([plain(item.title), item.count, item.votes], ' · '), ...told(item.items, answers)]
	);

function cardInWords(card: PrintedCard, answers: string): string[] {
	const by = joined([card.author && plain(card.author), card.votes, card.reactions], ' · ');
	return [
		joined([card.tab && `${plain(card.tab)}:`, allOf(card.text), by && `(${by})`], ' '),
		...(card.answers ? [`${answers}: ${plain(card.answers)}`] : []),
		...card.fields.map(({ title, value }) => `${plain(title)}: ${allOf(value)}`),
		...card.comments.map(({ name, text }) => joined([name && `${plain(name)}:`, allOf(text)], ' '))
	];
}
