/**
 * The summary for Word, to be put into somebody's own report: real headings, lists and tables, and
 * pictures that say in words what they show.
 */
import {
	Document,
	Footer,
	Packer,
	PageNumber,
	Paragraph,
	StringContainer,
	TextRun,
	type Table
} from 'docx';
import type { Paper } from '#shared/export-formats.ts';
import type { Block, Summary } from '#shared/summary/model.ts';
import type { Logo } from '#shared/summary/settings.ts';
import { sizeOf } from '#server/workshops/logo.ts';
import { blockOf, pictureOf, type Desk, type Picture } from './docx/blocks.ts';
import { beside, heading, itemsOf, note, paragraph, prose } from './docx/paragraphs.ts';
import { inOneLine, linesOf, runsOf } from './docx/runs.ts';
import { NOTE, NUMBERING, stylesFor } from './docx/styles.ts';
import { tableOf, type Sheet } from './docx/tables.ts';
import { clean } from './text.ts';
import type { Words } from './words.ts';

/** In twentieths of a point. */
const SIZES: Record<Paper, { width: number; height: number }> = {
	a4: { width: 11906, height: 16838 },
	letter: { width: 12240, height: 15840 }
};
const MARGIN = 1304;

type Flow = (Paragraph | Table)[];

/** `picture` draws a block of bars, a matrix or a coverage; where it answers null, a table stands. */
export async function docxOf(
	summary: Summary,
	logo: Logo | null,
	words: Words,
	picture: (block: Block) => Promise<Picture | null>,
	paper: Paper = 'a4'
): Promise<Uint8Array> {
	const { front, language } = summary;
	const size = SIZES[paper];
	const sheet = { across: size.width - 2 * MARGIN, rtl: summary.direction === 'rtl' };
	let lists = 0;
	const desk: Desk = { sheet, words, picture, nextList: () => lists++ };
	const author = clean(front.organisation?.text ?? front.facilitator?.text ?? '');
	const document = new Document({
		title: inOneLine(front.title).text,
		creator: author,
		lastModifiedBy: author,
		styles: stylesFor(language),
		numbering: NUMBERING,
		sections: [
			{
				properties: { page: { size, margin: { ...aside(MARGIN), header: 600, footer: 600 } } },
				footers: { default: footer(summary, words) },
				children: [
					...frontOf(summary, logo, desk),
					...chainsOf(summary),
					...actionsOf(summary, sheet),
					...(await partsOf(summary, desk)),
					...(summary.conclusions
						? [...heading(1, summary.conclusions.title), ...prose(summary.conclusions.text)]
						: []),
					...(await appendixOf(summary, desk)),
					...note(summary.colophon)
				]
			}
		]
	});
	// The library has no other way to say it.
	document.CoreProperties.addChildElement(new StringContainer('dc:language', language));
	return new Uint8Array(await Packer.toBuffer(document));
}

const aside = (width: number) => ({ top: width, bottom: width, left: width, right: width });

/** The title, and "3 / 12". */
function footer({ front, direction }: Summary, words: Words): Footer {
	const places = { page: PageNumber.CURRENT, pages: PageNumber.TOTAL_PAGES } as const;
	const pages = words
		.say('export_page')
		.split(/\{(page|pages)\}/)
		.map((part) => (part in places ? places[part as keyof typeof places] : part));
	const title = linesOf(inOneLine(front.title)).flatMap((line) => runsOf(line));
	return new Footer({
		children: [
			new Paragraph({
				style: NOTE,
				bidirectional: direction === 'rtl',
				children: [...title, new TextRun({ children: ['  ·  ', ...pages] })]
			})
		]
	});
}

function frontOf({ front, did, ideas }: Summary, logo: Logo | null, desk: Desk): Flow {
	const { organisation, place, facilitator, introduction } = front;
	return [
		...logoOf(logo, organisation?.text ?? front.title.text, desk.sheet),
		...note(beside(organisation?.text, front.kind)),
		...heading(0, front.title),
		...note(beside(front.day, place?.text, facilitator?.text)),
		...note(beside(...front.counts)),
		...front.left.flatMap((sentence) => note(sentence)),
		...(introduction ? prose(introduction) : []),
		...(did && did.rows.length > 0 ? heading(1, did.title) : []),
		...(did?.rows ?? []).flatMap(({ title, counts }) =>
			paragraph(title, { numbering: { reference: 'dots', level: 0 } }, { small: beside(...counts) })
		),
		...(ideas && ideas.items.length > 0 ? heading(1, ideas.title) : []),
		...itemsOf(ideas?.items ?? [], { reference: 'ranks', instance: desk.nextList() })
	];
}

/** In pixels. */
const LOGO = { width: 260, height: 80 };

function logoOf(logo: Logo | null, of: string, sheet: Sheet): Paragraph[] {
	const size = logo && sizeOf(logo.bytes);
	if (!size) return [];
	const type = logo.type === 'image/png' ? 'png' : 'jpg';
	const picture = { png: logo.bytes, ...size };
	return [pictureOf(picture, type, { title: of, description: of }, sheet, LOGO)];
}

const chainsOf = ({ chains }: Summary): Flow =>
	chains
		? [
				...heading(1, chains.title),
				...note(chains.lead),
				...itemsOf(chains.items, { reference: 'dots' })
			]
		: [];

function actionsOf({ actions }: Summary, sheet: Sheet): Flow {
	if (!actions) return [];
	const rows = actions.people.flatMap(({ rows }) =>
		rows.map(({ what, who, when, from }) => [what, who, when, from])
	);
	return [
		...heading(1, actions.title),
		...(rows.length > 0 ? [tableOf({ head: actions.head, rows }, sheet)] : note(actions.none))
	];
}

async function partsOf({ parts }: Summary, desk: Desk): Promise<Flow> {
	const flow: Flow = [];
	for (const part of parts) {
		flow.push(
			...heading(1, part.title),
			...note(beside(...part.references.map(({ text }) => text))),
			...prose(part.prompt),
			...note(beside(...part.counts)),
			...part.left.flatMap((sentence) => note(sentence))
		);
		for (const block of part.blocks) flow.push(...(await blockOf(block, 2, desk)));
	}
	return flow;
}

async function appendixOf({ appendix }: Summary, desk: Desk): Promise<Flow> {
	if (!appendix) return [];
	const flow: Flow = heading(1, appendix.title);
	for (const { title, blocks } of appendix.parts) {
		flow.push(...heading(2, title));
		for (const block of blocks) flow.push(...(await blockOf(block, 3, desk)));
	}
	return flow;
}
