/** What somebody who came late is told: what was decided before they joined. */
import type { BoardId } from './ids.ts';

/** Words that somebody wrote, in the language that they said it is. */
interface Written {
	text: string;
	language?: string;
}

export interface SoFar {
	/** The boards that were done when they joined, in their order; empty for whoever was on time. */
	boards: {
		id: BoardId;
		title: string;
		cards: number;
		/** What the room voted for most, where votes were shown. */
		ideas: (Written & {
			votes: number;
			/** Where it was not voted with dots: what it got. */ score?: string;
		})[];
		actions: { what: string; who: string; when: string }[];
	}[];
}
