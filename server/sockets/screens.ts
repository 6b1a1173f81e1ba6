/** Room screens among themselves: who is there, turning their page, and which one they show. */
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { Turn } from '#shared/facilitation/screen-pages.ts';
import type { WorkshopId } from '#shared/ids.ts';
import type { Plenary } from '../app.ts';
import { facilitatorsOf, ofRole, type OneSocket, type Sockets } from './addresses.ts';
import type { Soon } from './soon.ts';

/** In ms: while a wall is laid out its pages change several times. */
const SOON = 100;

export interface ScreenNews {
	came(socket: OneSocket): void;
	left(socket: OneSocket): void;
	turn(workshop: WorkshopId, to: Turn): void;
	/** Tells those who facilitate, soon. */
	changed(workshop: WorkshopId): void;
	tell(socket: OneSocket): void;
}

export function createScreenNews(io: Sockets, app: Plenary, soon: Soon): ScreenNews {
	return {
		came({ id, data: { workshop, who } }) {
			if (who.role === 'screen') app.screens.came(workshop, id);
		},
		left({ id, data: { workshop, who } }) {
			if (who.role === 'screen') app.screens.left(workshop, id);
		},
		turn(workshop, to) {
			io.to(ofRole(workshop, 'screen')).emit('page:turned', to);
		},
		changed(workshop) {
			soon.run(`page/${workshop}`, SOON, async () => {
				io.to(facilitatorsOf(workshop)).emit('page:changed', app.screens.page(workshop));
			});
		},
		tell(socket) {
			const { workshop, who } = socket.data;
			if (isFacilitator(who.role)) socket.emit('page:changed', app.screens.page(workshop));
		}
	};
}
