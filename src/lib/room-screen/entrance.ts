import type { Qr } from '$lib/join/qr.ts';

/** How people come in: what every room screen shows, whatever else it may. */
export interface Entrance {
	title: string;
	code: string;
	/** The address to open, as people type it: without a scheme where it is https. */
	address: string;
	qr: Qr;
	/** The doors are closed: nobody new comes in. */
	shut?: boolean;
}
