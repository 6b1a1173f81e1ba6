/** The names behind a board's authors, where it has names: told to all together, and written once. */
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import type { Plenary } from '../app.ts';
import { createGathering } from '../gathering.ts';
import { createShared } from '../shared-reading.ts';
import { everyone, type OneSocket, type Sockets } from './addresses.ts';
import { authorsOf, type Authors } from './boards.ts';
import type { Soon } from './soon.ts';

const SOON = 300;

export interface AuthorNames {
	/** Tells everyone, soon. */
	changed(workshop: WorkshopId): void;
	/** They are others now: nobody is told what was. */
	forget(workshop: WorkshopId): void;
	tell(socket: OneSocket): Promise<void>;
}

export function createAuthorNames(io: Sockets, app: Plenary, soon: Soon): AuthorNames {
	const names = createShared(app.clock, async (workshop: WorkshopId) => {
		const stored = await app.stored.load(workshop);
		return stored ? authorsOf(app, stored) : new Map<BoardId, Authors>();
	});

	const tellAll = (to: string | string[], named: Map<BoardId, Authors>): void => {
		for (const [board, authors] of named) io.to(to).emit('authors:changed', board, authors);
	};

	const tell = createGathering(async (sockets: OneSocket[]) => {
		const rooms = Map.groupBy(sockets, ({ data: { workshop } }) => workshop);
		for (const [workshop, some] of rooms)
			tellAll(
				some.map(({ id }) => id),
				await names.of(workshop)
			);
		return () => {};
	});

	return {
		changed: (workshop) =>
			soon.run(`authors/${workshop}`, SOON, async () =>
				tellAll(everyone(workshop), await names.anew(workshop))
			),
		forget: names.forget,
		tell
	};
}
