const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** How much room words take, in letters: a wide sign is two. */
export const lettersOf = (words: string): number => words.length + (words.match(WIDE)?.length ?? 0);
