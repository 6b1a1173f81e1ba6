/** Exports: for whom they are made, in which forms, and the note that facilitators took one. */
import type { Logger } from 'pino';
import * as v from 'valibot';
import {
	EXPORT_FORMATS,
	exportOptionsSchema,
	isExportFormat,
	type ExportFormat,
	type ExportOptions
} from '#shared/export-formats.ts';
import type { Who } from '#shared/permissions.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { App, ExportFile } from '#server/app.ts';
import { accountOf, type Audit } from './audit.ts';
import type { Exports } from '#server/exports/exports.ts';
import type { FileLimits } from '#server/exports/file-limits.ts';
import { byWhom } from '#server/log.ts';
import type { Gathering } from './gathering-input.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

interface ExportingDeps {
	exports: Exports;
	gathering: Gathering;
	workshops: StoredWorkshops;
	audit: Audit;
	log: Logger;
	fileLimits: FileLimits;
}

export function createExporting(deps: ExportingDeps): App['exports'] {
	const { exports, gathering, workshops, audit, log, fileLimits } = deps;

	/** Makes it, where that person has not had too many; the audit list has what facilitators took away. */
	async function take(
		{ id: workshop }: { id: WorkshopId },
		who: Who,
		about: { format: ExportFormat; board?: BoardId },
		make: () => Promise<ExportFile | Refusal>
	): Promise<ExportFile | Refusal> {
		const person = who.role === 'participant' ? who.participant : (accountOf(who) ?? who.role);
		const file = await fileLimits.one(person, make);
		const outcome = isRefusal(file) ? file.refused : 'ok';
		log.info({ workshop, ...byWhom(who), ...about, outcome }, 'export');
		const account = accountOf(who);
		if (account !== null && outcome === 'ok')
			await audit.note({ workshop, account, deed: 'exported', about });
		return file;
	}

	return {
		async board(board, who, format, options, gone) {
			const workshop = await workshops.ofBoard(board);
			if (workshop === null) return refuse('not-found');
			const may = await gathering.allowed(workshop, who);
			if (isRefusal(may)) return may;
			const asked = readAsked(format, options, 'board');
			if (isRefusal(asked)) return asked;
			const boards = may.boards.filter(({ id }) => id === board);
			if (boards.length === 0) return refuse('not-allowed');
			return take(may.workshop, who, { format: asked.format, board }, async () => {
				const input = await gathering.gather({ ...may, boards }, who);
				return exports.board(input, board, asked.format, asked.options, gone);
			});
		},
		async workshop(workshop, who, format, options, gone) {
			const may = await gathering.allowed(workshop, who);
			if (isRefusal(may)) return may;
			const asked = readAsked(format, options, 'both');
			if (isRefusal(asked)) return asked;
			return take(may.workshop, who, { format: asked.format }, async () =>
				exports.workshop(await gathering.gather(may, who), asked.format, asked.options, gone)
			);
		}
	};
}

/** The format and the choices of an address. `of`: what a format must be of at least. */
function readAsked(
	format: string,
	given: Record<string, string> = {},
	of: 'board' | 'both'
): { format: ExportFormat; options: ExportOptions } | Refusal {
	if (!isExportFormat(format)) return refuse('unknown-format');
	if (of === 'both' && EXPORT_FORMATS[format].of !== 'both') return refuse('unknown-format');
	const options = v.safeParse(exportOptionsSchema, given);
	return options.success ? { format, options: options.output } : refuse('malformed');
}
