import { createContext } from 'svelte';
import type { Workshop } from './workshop.svelte.ts';

/** The workshop that a page is about, for everything on it. */
export const [getWorkshop, setWorkshop] = createContext<Workshop>();
