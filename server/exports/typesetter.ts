/**
 * Typst, with its fonts and templates: data in, a PDF or a picture out. It reaches no network, no
 * font of the system, and no file but the templates'. It works while its caller waits: seconds, for
 * a long document. So it runs in a process of its own (`export-worker.ts`).
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { compact, described } from './drawing.ts';
import { FONTS } from './fonts.ts';
import { painted } from './raster.ts';

/** One for each file in `templates/` that is a document. */
export type Template = 'board' | 'summary' | 'coverage' | 'picture' | 'take-away' | 'sheets';

/**
 * `data` is plain, and has what the template asks for. Whatever Typst does not take is thrown, with
 * what Typst says about it.
 */
export interface Typesetter {
	/** `at`: the document's date, in seconds since the epoch. Not accessible: some letter has no font. */
	pdf(template: Template, data: object, at: number): { bytes: Uint8Array; accessible: boolean };
	/** All pages, one below the other. Letters are paths; `alt` is what they say. */
	svg(template: Template, data: { alt: Alt }): string;
	/** The same in at least so many pixels across, unless it would be too many altogether. */
	png(template: Template, data: object, width: number): Promise<Uint8Array>;
}

/**
 * In letters. Typst's memory has no bound of its own, and a drawing of many letters is one text that
 * breaks the engine's bound at a blow, which ends the process.
 */
const MOST_LETTERS = { pdf: 4e6, picture: 1.5e6 };

/** In letters: a document of more is not left to the engine to forget, which takes it for small. */
const HEAVY = 1e5;

/** There is more to set than that. */
export class TooMuch extends Error {}

/** What a picture says, for whom it is not a picture. */
export interface Alt {
	title: string;
	text: string;
}

const here = dirname(fileURLToPath(import.meta.url));
const templates = join(here, 'templates');

export function createTypesetter(): Typesetter {
	const compiler = NodeCompiler.create({
		workspace: templates,
		fontArgs: [{ fontPaths: FONTS }]
	});

	/**
	 * What Typst remembers of a large document may be hundreds of megabytes; of a small one it may keep
	 * until the next what both have: the templates.
	 */
	function forget(heavy: boolean): void {
		compiler.evictCache(heavy ? 0 : 1);
		// The engine does not see them; where it lets itself be told, it collects.
		if (heavy) void globalThis.gc?.();
	}

	/** Sets a document, hands it on, and forgets it. */
	function setting<T>(
		template: Template,
		data: object,
		most: number,
		use: (set: NodeTypstDocument) => T
	): T {
		const letters = lettersIn(data);
		if (letters > most) throw new TooMuch();
		try {
			const result = compiler.compile({
				mainFilePath: join(templates, `${template}.typ`),
				inputs: { data: JSON.stringify(data) }
			});
			const set = result.result;
			if (set) return use(set);
			const error = result.takeError();
			throw new Error(error ? JSON.stringify(compiler.fetchDiagnostics(error)) : 'no document');
		} finally {
			// Once whoever waits for the file has it, and nothing here holds it any more.
			setImmediate(forget, letters > HEAVY);
		}
	}

	const drawing = (template: Template, data: object): string =>
		compact(setting(template, data, MOST_LETTERS.picture, (set) => compiler.plainSvg(set)));

	return {
		pdf: (template, data, at) =>
			setting(template, data, MOST_LETTERS.pdf, (set) => {
				try {
					const bytes = compiler.pdf(set, { pdfStandard: 'ua-1', creationTimestamp: at });
					return { bytes: new Uint8Array(bytes), accessible: true };
				} catch {
					// A script that no font here has: the standard forbids it, a reader can still copy the words.
					const bytes = compiler.pdf(set, { creationTimestamp: at });
					return { bytes: new Uint8Array(bytes), accessible: false };
				}
			}),
		svg: (template, data) => described(drawing(template, data), data.alt),
		png: (template, data, width) => painted(drawing(template, data), width)
	};
}

function lettersIn(data: unknown): number {
	if (typeof data === 'string') return data.length;
	if (typeof data !== 'object' || data === null) return 0;
	let letters = 0;
	for (const one of Object.values(data)) letters += lettersIn(one);
	return letters;
}
