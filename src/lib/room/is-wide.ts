import { MediaQuery } from 'svelte/reactivity';

/** From a laptop's width on: the board's wide layout. */
export const isWide = new MediaQuery('width >= 56.25rem');
