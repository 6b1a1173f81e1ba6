const CASED = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;
const JOINED = /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}]/u;

/** Whether capitals and letter-spacing suit this text: in joined scripts spacing breaks the word. */
export const takesCapitals = (text: string): boolean => CASED.test(text) && !JOINED.test(text);
