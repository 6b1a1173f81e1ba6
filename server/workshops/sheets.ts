/** Sheets to print before a workshop: for who facilitates it. */
import * as v from 'valibot';
import { showCode } from '#shared/code.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { exportOptionsSchema } from '#shared/export-formats.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { Who } from '#shared/permissions.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { App } from '#server/app.ts';
import { holderOf } from '#server/doors/access.ts';
import type { Limits } from '#server/doors/work-limits.ts';
import type { Exercises } from '#server/exercises/exercises.ts';
import type { Exports } from '#server/exports/exports.ts';
import { fileName } from '#server/exports/file-name.ts';
import { sheetsPage } from '#server/exports/sheets.ts';
import { wordsIn } from '#server/exports/words.ts';
import { titleOf } from './gathering-input.ts';
import type { StoredWorkshop } from '#server/store/workshops.ts';
import { askedAgain } from './asked-again.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

interface SheetsDeps {
	workshops: StoredWorkshops;
	exercises: Pick<Exercises, 'finder'>;
	exports: Pick<Exports, 'page'>;
	fileLimits: Limits;
}

export function createSheets({
	workshops,
	exercises,
	exports,
	fileLimits
}: SheetsDeps): App['sheets'] {
	async function allowed(id: WorkshopId, who: Who): Promise<StoredWorkshop | Refusal> {
		if (!isFacilitator(who.role)) return refuse('not-allowed');
		return (await workshops.load(id)) ?? refuse('not-found');
	}

	/** Each once, in their order; one that was taken away meanwhile is left out. */
	async function ofAgenda({ ownerId, state }: StoredWorkshop): Promise<Exercise[]> {
		const ids = [
			...new Set(state.agenda.flatMap((item) => (item.kind === 'exercise' ? item.exercise : [])))
		];
		const find = await exercises.finder(ownerId, ids);
		return ids.flatMap((id) => find(id) ?? []);
	}

	return {
		async pdf(id, who, wayIn, options = {}, asker) {
			const asked = v.safeParse(exportOptionsSchema, options);
			if (!asked.success) return refuse('malformed');
			const make = async (workshop: StoredWorkshop) => {
				const { state, code } = workshop;
				const isOpen = state.status === 'open' || state.status === 'collecting';
				const { address, qr } = wayIn;
				const data = sheetsPage({
					title: titleOf(workshop),
					language: state.language,
					anonymous: state.anonymous,
					join: isOpen ? { address, code: showCode(code), qr: qr(code) } : null,
					exercises: await ofAgenda(workshop),
					paper: asked.output.paper ?? 'a4'
				});
				const person = holderOf(who);
				const body = await exports.page('sheets', data, { person, gone: asker?.gone });
				if (isRefusal(body)) return body;
				const kind = wordsIn(state.language).say('export_sheets');
				return {
					filename: `${fileName(`${state.title} ${kind}`)}.pdf`,
					contentType: 'application/pdf',
					body
				};
			};
			return askedAgain(
				() => allowed(id, who),
				(workshop) => fileLimits.one(holderOf(who), () => make(workshop)),
				asker
			);
		}
	};
}
