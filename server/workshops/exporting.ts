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
import type { App, Asker, ExportFile } from '#server/app.ts';
import { askedAgain } from './asked-again.ts';
import { accountOf, type Audit } from './audit.ts';
import type { Exports } from '#server/exports/exports.ts';
import type { Limits } from '#server/doors/work-limits.ts';
import { holderOf } from '#server/doors/access.ts';
import { byWhom } from '#server/log.ts';
import type { Allowed, Gathering } from './gathering-input.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

interface ExportingDeps {
	exports: Exports;
	gathering: Gathering;
	workshops: StoredWorkshops;
	audit: Audit;
	log: Logger;
	fileLimits: Limits;
}

export function createExporting(deps: ExportingDeps): App['exports'] {
	const { exports, gathering, workshops, audit, log, fileLimits } = deps;

	/** Makes it, where that person has not had too many; the audit list has what facilitators took away. */
	async function take(
		workshop: WorkshopId,
		who: Who,
		about: { format: ExportFormat; board?: BoardId },
		make: (may: Allowed, person: string) => Promise<ExportFile | Refusal>,
		asker?: Asker
	): Promise<ExportFile | Refusal> {
		const person = holderOf(who);
		const file = await askedAgain(
			() => gathering.allowed(workshop, who),
			(may) => fileLimits.one(person, () => make(may, person)),
			asker
		);
		const outcome = isRefusal(file) ? file.refused : 'ok';
		log.info({ workshop, ...byWhom(who), ...about, outcome }, 'export');
		const account = accountOf(who);
		if (account !== null && outcome === 'ok')
			await audit.note({ workshop, account, deed: 'exported', about });
		return file;
	}

	return {
		async board(board, who, format, options, asker) {
			const workshop = await workshops.ofBoard(board);
			if (workshop === null) return refuse('not-found');
			const asked = readAsked(format, options, 'board');
			if (isRefusal(asked)) return asked;
			const make = async (may: Allowed, person: string) => {
				const boards = may.boards.filter(({ id }) => id === board);
				if (boards.length === 0) return refuse('not-allowed');
				const input = await gathering.gather({ ...may, boards }, who);
				const waiting = { person, gone: asker?.gone };
				return exports.board(input, board, asked.format, asked.options, waiting);
			};
			return take(workshop, who, { format: asked.format, board }, make, asker);
		},
		async workshop(workshop, who, format, options, asker) {
			const asked = readAsked(format, options, 'both');
			if (isRefusal(asked)) return asked;
			const make = async (may: Allowed, person: string) => {
				const input = await gathering.gather(may, who);
				const waiting = { person, gone: asker?.gone };
				return exports.workshop(input, asked.format, asked.options, waiting);
			};
			return take(workshop, who, { format: asked.format }, make, asker);
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
