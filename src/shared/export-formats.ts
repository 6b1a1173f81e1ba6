import * as v from 'valibot';

/**
 * Every form in which what was on a board can leave it, once: its content type, and whether it is of
 * a board, of a whole workshop, or of both. The format's name is the end of the file's name and of
 * the address: `/api/v1/workshops/<id>/export.<format>`.
 */
export const EXPORT_FORMATS = {
	pdf: { type: 'application/pdf', of: 'both' },
	docx: {
		type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		of: 'both'
	},
	md: { type: 'text/markdown; charset=utf-8', of: 'both' },
	csv: { type: 'text/csv; charset=utf-8', of: 'both' },
	xlsx: {
		type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		of: 'both'
	},
	vcf: { type: 'text/vcard; charset=utf-8', of: 'both' },
	ics: { type: 'text/calendar; charset=utf-8', of: 'both' },
	json: { type: 'application/json; charset=utf-8', of: 'both' },
	svg: { type: 'image/svg+xml', of: 'board' },
	png: { type: 'image/png', of: 'board' }
} as const satisfies Record<string, { type: string; of: 'board' | 'both' }>;

export type ExportFormat = keyof typeof EXPORT_FORMATS;

export const isExportFormat = (name: string): name is ExportFormat =>
	Object.hasOwn(EXPORT_FORMATS, name);

export const PAPERS = ['a4', 'letter'] as const;
export type Paper = (typeof PAPERS)[number];

/** What may be chosen of a download, in its address's query. */
export const exportOptionsSchema = v.strictObject({
	/** The workshop's own where it is not said. */
	paper: v.optional(v.picklist(PAPERS)),
	/**
	 * How a board's PDF is laid out: on `pages` to read, on one large page for a `wall`, or that page
	 * cut into `tiles` for a printer.
	 */
	layout: v.optional(v.picklist(['pages', 'wall', 'tiles']), 'pages'),
	/** What a board's PDF, SVG or PNG shows: the board, or its coverage of the goals as a poster. */
	picture: v.optional(v.picklist(['board', 'coverage']), 'board')
});
export type ExportOptions = v.InferOutput<typeof exportOptionsSchema>;
