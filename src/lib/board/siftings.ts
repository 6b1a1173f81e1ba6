import { SvelteMap } from 'svelte/reactivity';
import type { BoardId } from '#shared/ids.ts';
import type { Sifting } from './sifting.ts';

/** How this person looks through each board, as long as the page is open: phases pass, and this stays. */
export const siftings = new SvelteMap<BoardId, Sifting>();
