import type { ExportFile } from '#server/app.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import { refusedResponse } from './answer.ts';
import { inPieces } from './pieces.ts';

/** A file to keep, or why there is none. Nothing where whoever asks has it already. */
export function fileAnswer(file: ExportFile | Refusal, request?: Request): Response {
	if (isRefusal(file)) return refusedResponse(file);
	const { etag, leftOut = [] } = file;
	const headers = {
		...(etag !== undefined && { etag }),
		// Sentences of any language, a header's letters.
		...(leftOut.length > 0 && { 'x-plenary-left-out': encodeURIComponent(leftOut.join('\n')) })
	};
	if (etag !== undefined && isKnown(etag, request?.headers.get('if-none-match') ?? ''))
		return new Response(null, { status: 304, headers });
	return new Response(inPieces(file.body), {
		headers: {
			...headers,
			'content-type': file.contentType,
			'content-length': String(file.body.length),
			'content-disposition': `attachment; filename="${file.filename}"`
		}
	});
}

/** The choices of a download's address, without what every address may have. */
export function choicesOf({ searchParams }: URL): Record<string, string> {
	const { as: _, token: __, ...choices } = Object.fromEntries(searchParams);
	return choices;
}

/** A value as a file to keep. */
export const jsonFile = (filename: string, value: object): ExportFile => ({
	filename,
	contentType: 'application/json; charset=utf-8',
	body: new TextEncoder().encode(JSON.stringify(value, null, '\t'))
});

const isKnown = (etag: string, known: string): boolean =>
	known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag || one.trim() === '*');
