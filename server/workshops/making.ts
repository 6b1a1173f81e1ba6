/** Making a workshop: a draft with an agenda, of an account. */
import * as v from 'valibot';
import type { Clock } from '#shared/clock.ts';
import { exercisesOf } from '#shared/facilitation/agenda.ts';
import { agendaSchema } from '#shared/facilitation/commands.ts';
import { newWorkshop } from '#shared/facilitation/new-workshop.ts';
import { languageSchema, type WorkshopId } from '#shared/ids.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import { freshCode } from '#server/doors/codes.ts';
import { newSecret } from '#server/doors/secrets.ts';
import type { Exercises } from '#server/exercises/exercises.ts';
import type { StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';
import type { Audit } from './audit.ts';

export const formSchema = v.object({
	title: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200)),
	agenda: agendaSchema,
	anonymous: v.optional(v.boolean(), false),
	language: v.optional(languageSchema, 'en')
});

interface MakingDeps {
	store: WorkshopStore;
	exercises: Pick<Exercises, 'finder'>;
	audit: Audit;
	clock: Clock;
	ids: () => string;
}

export interface Making {
	/** `rehearsalOf`: the workshop that it rehearses. */
	make(
		account: string,
		form: v.InferOutput<typeof formSchema>,
		rehearsalOf?: WorkshopId
	): Promise<{ id: WorkshopId; code: string } | Refusal>;
}

export function createMaking({ store, exercises, audit, clock, ids }: MakingDeps): Making {
	async function add(workshop: Omit<StoredWorkshop, 'code'>): Promise<StoredWorkshop> {
		for (;;) {
			const coded = { ...workshop, code: await freshCode(store, workshop.createdAt) };
			if (await store.add(coded)) return coded;
		}
	}

	return {
		async make(account, form, rehearsalOf) {
			const named = exercisesOf(form.agenda);
			const state = newWorkshop(form, await exercises.finder(account, named));
			if (isRefusal(state)) return state;
			const { id, code } = await add({
				id: ids(),
				ownerId: account,
				screenSecret: newSecret(),
				state,
				version: 1,
				createdAt: clock.now(),
				deletedAt: null,
				rehearsalOf: rehearsalOf ?? null
			});
			await audit.note({ workshop: id, account, deed: 'created', about: {} });
			return { id, code };
		}
	};
}
