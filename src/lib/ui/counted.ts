/** Counts with their noun: `1 card`, `12 cards`. */
import { m } from '$lib/paraglide/messages.js';

export const cardsCounted = (count: number): string =>
	count === 1 ? m.desk_one_card() : m.desk_cards({ count });
export const peopleCounted = (count: number): string =>
	count === 1 ? m.home_one_person() : m.home_people({ count });
export const exercisesCounted = (count: number): string =>
	count === 1 ? m.home_one_exercise() : m.home_exercises({ count });
