/** How a page calls somebody whom this person writes for. */
import type { KeptSeat } from '#shared/wire/events.ts';
import { m } from '$lib/paraglide/messages.js';
import { seatNumber } from './seats.ts';

/** By name; by their number, where nobody has one. */
export const calledIn = (seats: KeptSeat[], one: KeptSeat): string =>
	one.name || m.write_for_person({ number: seatNumber(seats, one.id) });
