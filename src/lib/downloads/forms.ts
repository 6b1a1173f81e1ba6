/** Every form of a download but the first PDF: where it is had, and what it is for. */
import { EXPORT_FORMATS, type ExportFormat } from '#shared/export-formats.ts';
import { m } from '$lib/paraglide/messages.js';

export interface Form {
	id: string;
	/** After `<from>/export.`, with its query. */
	address: string;
	title: string;
	what: string;
	/** Why there is none, where it would hold nothing. */
	none?: string;
}

const form = (id: ExportFormat, title: string, what: string): Form => ({
	id,
	address: id,
	title,
	what
});

/** A board's where `of` is one, else a workshop's; what most people look for first. `empty` hold nothing. */
export function otherForms(
	of: 'board' | 'workshop',
	coverage: boolean,
	empty: readonly ExportFormat[]
): Form[] {
	const unless = (one: Form, none: string): Form =>
		empty.includes(one.id as ExportFormat) ? { ...one, none } : one;
	const posters: Form[] = [
		{
			id: 'wall',
			address: 'pdf?layout=wall',
			title: m.downloads_wall(),
			what: m.downloads_wall_for()
		},
		{
			id: 'tiles',
			address: 'pdf?layout=tiles',
			title: m.downloads_tiles(),
			what: m.downloads_tiles_for()
		}
	];
	const goals: Form = {
		id: 'coverage',
		address: 'pdf?picture=coverage',
		title: m.downloads_coverage(),
		what: m.downloads_coverage_for()
	};
	const files = [
		form('docx', m.downloads_docx(), m.downloads_docx_for()),
		form('xlsx', m.downloads_xlsx(), m.downloads_xlsx_for()),
		unless(form('vcf', m.downloads_vcf(), m.downloads_vcf_for()), m.downloads_vcf_none()),
		unless(form('ics', m.downloads_ics(), m.downloads_ics_for()), m.downloads_ics_none()),
		form('png', m.downloads_png(), m.downloads_png_for()),
		form('svg', m.downloads_svg(), m.downloads_svg_for()),
		form('md', m.downloads_md(), m.downloads_md_for()),
		form('csv', m.downloads_csv(), m.downloads_csv_for()),
		form('json', m.downloads_json(), m.downloads_json_for())
	].filter(({ id }) => of === 'board' || EXPORT_FORMATS[id as ExportFormat].of === 'both');
	return [...(of === 'board' ? posters : []), ...(coverage ? [goals] : []), ...files];
}
