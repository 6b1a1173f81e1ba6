/** What can be said of a card with one tap. */
export const REACTIONS = ['agree', 'love', 'idea', 'question', 'thanks'] as const;
export type Reaction = (typeof REACTIONS)[number];

/** How many said what of a card. */
export type Reactions = Partial<Record<Reaction, number>>;

/** How many said anything. */
export const reactionCount = (said: Reactions): number =>
	REACTIONS.reduce((sum, reaction) => sum + (said[reaction] ?? 0), 0);

/** Only what most say, where there is room for one thing. */
export function mostSaid(said: Reactions): Reactions {
	const most = Math.max(...REACTIONS.map((reaction) => said[reaction] ?? 0));
	const first = REACTIONS.find((reaction) => said[reaction] === most);
	return first ? { [first]: most } : {};
}
