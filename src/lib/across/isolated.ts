/** Words that somebody wrote, in a sentence of ours: their direction stays their own. */
export const isolated = (words: string): string => `\u2068${words}\u2069`;
