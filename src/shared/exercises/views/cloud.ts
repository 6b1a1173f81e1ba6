/** What the main field says, a section for each different thing that is said, most often first. */
import type { BoardContents, ViewParts } from '../views.ts';
import { duplicates } from './duplicates.ts';

export const cloud = (contents: BoardContents): ViewParts => duplicates(contents);
