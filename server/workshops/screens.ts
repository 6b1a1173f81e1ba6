/**
 * Which page room screens show, and turning it from elsewhere: in memory, for as long as a screen is
 * there. A screen that comes back says anew which page it shows.
 */
import type { ScreenCommand } from '#shared/facilitation/commands.ts';
import type { ScreenPage } from '#shared/facilitation/screen-pages.ts';
import type { WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import type { News } from '#server/news.ts';

/** Turns that are remembered, of all workshops: one that is sent again comes within seconds. */
const TURNS_KNOWN = 1000;

export interface Screens {
	/** `entry`: whoever gave it, and its own id. One that has been given is not given again. */
	apply(workshop: WorkshopId, who: Who, command: ScreenCommand, entry: string): void;
	/** Of several screens, what the one shows that told last; null: there is none to turn. */
	page(workshop: WorkshopId): ScreenPage | null;
	/** A room screen has connected: from now on it may tell. */
	came(workshop: WorkshopId, socket: string): void;
	/** It has gone, and its page with it. */
	left(workshop: WorkshopId, socket: string): void;
}

export function createScreens({ news }: { news: News }): Screens {
	/** Those who are there, by socket; the one that told last is last. */
	const here = new Map<WorkshopId, Map<string, ScreenPage | null>>();
	const given = new Set<string>();

	const page = (workshop: WorkshopId): ScreenPage | null =>
		[...(here.get(workshop)?.values() ?? [])].findLast((one) => one !== null) ?? null;

	/** Those who facilitate hear of it only where it is another page for them. */
	function telling(workshop: WorkshopId, change: () => void): void {
		const before = page(workshop);
		change();
		if (!isSame(before, page(workshop))) news.tell({ kind: 'page', workshop });
	}

	/** What comes from a screen that has gone meanwhile is nobody's page. */
	function show(workshop: WorkshopId, socket: string, now: ScreenPage | null): void {
		const screens = here.get(workshop);
		if (screens?.delete(socket)) screens.set(socket, now);
	}

	function forget(workshop: WorkshopId, socket: string): void {
		const screens = here.get(workshop);
		screens?.delete(socket);
		if (screens?.size === 0) here.delete(workshop);
	}

	/** Whether it has not been given before. */
	function isNew(turn: string): boolean {
		if (given.has(turn)) return false;
		given.add(turn);
		const [oldest] = given;
		if (given.size > TURNS_KNOWN) given.delete(oldest!);
		return true;
	}

	return {
		apply(workshop, who, command, entry) {
			switch (command.type) {
				case 'turn-page':
					if (isNew(`${workshop}/${entry}`)) news.tell({ kind: 'turn', workshop, to: command.to });
					return;
				case 'tell-page': {
					const socket = 'socket' in who ? who.socket : undefined;
					if (socket !== undefined) telling(workshop, () => show(workshop, socket, command.shown));
					return;
				}
				default:
					command satisfies never;
			}
		},
		page,
		came(workshop, socket) {
			here.set(workshop, (here.get(workshop) ?? new Map()).set(socket, null));
		},
		left: (workshop, socket) => telling(workshop, () => forget(workshop, socket))
	};
}

const isSame = (a: ScreenPage | null, b: ScreenPage | null): boolean =>
	a?.page === b?.page && a?.pages === b?.pages && a?.stays === b?.stays;
