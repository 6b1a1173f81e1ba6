/** Why the door stays shut: what happened, in bold, and what to do. */
export interface DoorAnswer {
	happened: string;
	advice: string;
}

/**
 * What the door knows: a code as it was typed, and the workshop that it opens, or why none. The
 * server writes the sentences, so that the lightest page carries none of them.
 */
export interface Door {
	code: string;
	workshop: { title: string; anonymous: boolean } | null;
	refusal: DoorAnswer | null;
}
