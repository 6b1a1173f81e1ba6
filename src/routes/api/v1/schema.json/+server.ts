import { json } from '@sveltejs/kit';
import { toJsonSchema } from '@valibot/to-json-schema';
import { workshopFileSchema } from '#shared/workshop-file.ts';
import type { RequestHandler } from './$types';

/** What a schema cannot say, an import refuses all the same: it says where. */
const schema = toJsonSchema(workshopFileSchema, { typeMode: 'output', errorMode: 'ignore' });

/** The format of the JSON export. */
export const GET: RequestHandler = () =>
	json(
		{ title: 'A workshop of Plenary', ...schema },
		{ headers: { 'content-type': 'application/schema+json' } }
	);
