import { createContext } from 'svelte';
import type { CardValue } from '#shared/doc/contents.ts';

/** What a card on the wall says of the earlier exercise that it is for; null where nothing. */
export const [getAbout, setAbout] = createContext<(card: CardValue) => string | null>();
