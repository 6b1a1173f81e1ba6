/**
 * Sets PDFs with Typst, in a thread of its own so that no socket waits for it. It knows templates,
 * fonts and one string of data; it reaches no network, and no file but the templates'.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

export interface Job {
	id: number;
	template: 'board' | 'summary';
	/** JSON. */
	data: string;
	/** Seconds since the epoch: the document's date. */
	at: number;
}
export type Done =
	{ id: number; pdf: Uint8Array; accessible: boolean } | { id: number; failed: string };

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const templates = join(here, 'templates');

/** Latin, Cyrillic and Greek in serif and sans, Arabic, Chinese, emoji; nothing from the system is needed. */
const FONTS = [
	...[
		'400Regular/NotoSans_400Regular',
		'500Medium/NotoSans_500Medium',
		'600SemiBold/NotoSans_600SemiBold'
	].map((file) => require.resolve(`@expo-google-fonts/noto-sans/${file}.ttf`)),
	...['400Regular/NotoSerif_400Regular', '600SemiBold/NotoSerif_600SemiBold'].map((file) =>
		require.resolve(`@expo-google-fonts/noto-serif/${file}.ttf`)
	),
	// Amiri has a glyph for every Arabic letter. Noto's Arabic fonts draw letters and dots apart, which
	// looks the same and copies out of the PDF as a jumble.
	require.resolve('@expo-google-fonts/amiri/400Regular/Amiri_400Regular.ttf'),
	require.resolve('@expo-google-fonts/amiri/700Bold/Amiri_700Bold.ttf'),
	...['400Regular/NotoSansSC_400Regular', '600SemiBold/NotoSansSC_600SemiBold'].map((file) =>
		require.resolve(`@expo-google-fonts/noto-sans-sc/${file}.ttf`)
	),
	require.resolve('@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf')
];

const compiler = NodeCompiler.create({
	workspace: templates,
	fontArgs: [{ fontPaths: FONTS }]
});

function set(job: Job): Done {
	const result = compiler.compile({
		mainFilePath: join(templates, `${job.template}.typ`),
		inputs: { data: job.data }
	});
	const document = result.result;
	if (!document) {
		const error = result.takeError();
		const why = error ? JSON.stringify(compiler.fetchDiagnostics(error)) : 'no document';
		return { id: job.id, failed: why.slice(0, 2000) };
	}
	let pdf: Uint8Array;
	let accessible = true;
	try {
		pdf = compiler.pdf(document, { pdfStandard: 'ua-1', creationTimestamp: job.at });
	} catch {
		// A script that no font here has: the standard forbids it, a reader can still copy the words.
		pdf = compiler.pdf(document, { creationTimestamp: job.at });
		accessible = false;
	}
	// What Typst remembered of this document is of no use to the next, and may be many megabytes.
	compiler.evictCache(0);
	return { id: job.id, pdf: new Uint8Array(pdf), accessible };
}

parentPort?.on('message', (job: Job) => {
	let done: Done;
	try {
		done = set(job);
	} catch (error) {
		done = { id: job.id, failed: String(error).slice(0, 2000) };
	}
	// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
	parentPort?.postMessage(done);
});
