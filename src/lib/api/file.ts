import type { ExportFile } from '#server/app.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import { refusalResponse } from './answer.ts';

/** A file to keep, or why there is none. */
export const fileAnswer = (file: ExportFile | Refusal): Response =>
	isRefusal(file)
		? refusalResponse(file.refused)
		: new Response(new Uint8Array(file.body), {
				headers: {
					'content-type': file.contentType,
					'content-disposition': `attachment; filename="${file.filename}"`
				}
			});

/** A value as a file to keep. */
export const jsonFile = (filename: string, value: object): ExportFile => ({
	filename,
	contentType: 'application/json; charset=utf-8',
	body: new TextEncoder().encode(JSON.stringify(value, null, '\t'))
});
