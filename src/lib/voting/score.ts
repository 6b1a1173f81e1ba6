/** What a card or a group came to, in the words of how the room voted. */
import type { Axis, Tally, Voting, Way } from '#shared/facilitation/ways.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';

export interface Score {
	/** In the ring. */
	figure: string;
	words: string;
}

const number = (value: number, digits = 0): string =>
	new Intl.NumberFormat(getLocale(), {
		minimumFractionDigits: digits,
		maximumFractionDigits: digits
	}).format(value);
const percent = (share: number): string =>
	new Intl.NumberFormat(getLocale(), { style: 'percent' }).format(share / 100);

/** `score` as the way counts it; `people`: how many have marked it, where that is known. */
export function scoreOf(way: Way, score: number, people?: number): Score {
	switch (way) {
		case 'dots':
			return { figure: number(score), words: m.room_dots({ count: score }) };
		case 'rating': {
			const mean = number(score, 1);
			const words =
				people === undefined
					? m.voting_score_rating({ mean })
					: m.voting_score_rating_people({ mean, count: people });
			return { figure: mean, words };
		}
		case 'order':
			return { figure: number(score), words: m.voting_score_order({ count: score }) };
		case 'pairs': {
			const share = percent(score);
			return { figure: share, words: m.voting_score_pairs({ share }) };
		}
		case 'placing':
			return { figure: number(score), words: m.voting_score_placing({ count: score }) };
	}
}

/** How many marked it. */
export const peopleOf = (tally: Pick<Tally, 'spread'> | null | undefined, id: string) =>
	tally?.spread[id]?.reduce((sum, count) => sum + count, 0);

/** For "Effort 2, effect 4.5". */
export const placeWords = (
	{ x, y }: { x: Axis; y: Axis },
	at: { x: number; y: number }
): { x: string; xAt: string; y: string; yAt: string } => ({
	x: x.title,
	xAt: number(at.x, Number.isInteger(at.x) ? 0 : 1),
	y: y.title,
	yAt: number(at.y, Number.isInteger(at.y) ? 0 : 1)
});

export const WAY_WORDS: Record<Way, () => string> = {
	dots: m.voting_way_dots,
	rating: m.voting_way_rating,
	placing: m.voting_way_placing,
	order: m.voting_way_order,
	pairs: m.voting_way_pairs
};

/** What each way is, in a sentence. */
export const WAY_SAYS: Record<Way, () => string> = {
	dots: m.voting_way_dots_what,
	rating: m.voting_way_rating_what,
	placing: m.voting_way_placing_what,
	order: m.voting_way_order_what,
	pairs: m.voting_way_pairs_what
};

/** The axes of a placing that has none of its own. */
export const plainAxes = (): NonNullable<Voting['axes']> => ({
	x: {
		title: m.voting_axis_x_title(),
		low: m.voting_axis_x_low(),
		high: m.voting_axis_x_high()
	},
	y: {
		title: m.voting_axis_y_title(),
		low: m.voting_axis_y_low(),
		high: m.voting_axis_y_high()
	}
});
