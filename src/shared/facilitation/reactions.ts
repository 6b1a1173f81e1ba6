/** What can be said of a card with one tap. */
export const REACTIONS = ['agree', 'love', 'idea', 'question', 'thanks'] as const;
export type Reaction = (typeof REACTIONS)[number];

/** How many said what of a card. */
export type Reactions = Partial<Record<Reaction, number>>;
