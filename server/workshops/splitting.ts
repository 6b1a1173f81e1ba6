/**
 * What is known of people by what the room has seen of theirs, for splitting it: the language that
 * they write in, and the country that stands on their cards. Of an anonymous board nothing: it would
 * lead from a card to a seat.
 */
import { mainText } from '#shared/doc/read.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { Seatable } from '#shared/facilitation/splitting.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { ParticipantStore } from '#server/store/participants.ts';
import type { WorkshopStore } from '#server/store/workshops.ts';
import { languageOf } from '#server/suggestions/tokens.ts';
import type { Rooms } from '#server/yjs/ports.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

type Known = Pick<Seatable, 'language' | 'country'>;

export interface Splitting {
	/** By participant, for those who facilitate; who is not in it has written nothing that tells. */
	known(workshop: WorkshopId, who: Who): Promise<Record<ParticipantId, Known> | Refusal>;
}

interface SplittingDeps {
	workshops: StoredWorkshops;
	store: Pick<WorkshopStore, 'exercises'>;
	participants: Pick<ParticipantStore, 'authors'>;
	rooms: Pick<Rooms, 'read'>;
}

/** Letters of somebody's words that tell in which language they are. */
const ENOUGH = 2000;

export function createSplitting(deps: SplittingDeps): Splitting {
	const { workshops, store, participants, rooms } = deps;
	return {
		async known(id, who) {
			if (!isFacilitator(who.role)) return refuse('not-allowed');
			const workshop = await workshops.load(id);
			if (!workshop) return refuse('not-found');
			const seen = workshop.state.boards.filter(
				({ anonymous, revealed }) => revealed && !anonymous
			);
			const [exercises, authors] = await Promise.all([
				store.exercises(id),
				participants.authors(id)
			]);
			const countries = new Map<ParticipantId, string>();
			const words = new Map<ParticipantId, string>();
			for (const board of seen) {
				const exercise = exercises.find((one) => one.id === board.id)?.exercise;
				if (!exercise) continue;
				const field = exercise.fields.find(({ type }) => type === 'country');
				const behind = new Map(
					authors.filter((one) => one.board === board.id).map((one) => [one.key, one.participant])
				);
				for (const card of (await rooms.read(board.id)).cards) {
					const author = behind.get(card.author);
					if (author === undefined) continue;
					const country = field && card.fields[field.id];
					if (typeof country === 'string' && country !== '') countries.set(author, country);
					const said = words.get(author) ?? '';
					if (said.length < ENOUGH) words.set(author, `${said} ${mainText(card, exercise)}`);
				}
			}
			const told = new Set([...words.keys(), ...countries.keys()]);
			return Object.fromEntries(
				[...told].map((person) => {
					const language = languageOf(words.get(person) ?? '');
					const country = countries.get(person);
					return [person, { ...(language && { language }), ...(country && { country }) }];
				})
			);
		}
	};
}
