/** What one participant takes home: their own cards, and what the room made of them. */
import type { BoardState } from '#shared/facilitation/state.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Summary } from '#shared/summary/model.ts';
import { WHOLE_SUMMARY } from '#shared/summary/settings.ts';
import type { TakeAway } from '#shared/take-away.ts';
import type { App, ExportFile } from '#server/app.ts';
import type { Exports } from '#server/exports/exports.ts';
import type { Limits } from '#server/doors/work-limits.ts';
import { fileName } from '#server/exports/file-name.ts';
import type { ExportInput } from '#server/exports/input.ts';
import { takeAwayOf, type Mine, type Own } from '#server/exports/take-away.ts';
import { takeAwayPage } from '#server/exports/take-away-page.ts';
import { wordsIn } from '#server/exports/words.ts';
import type { MatchStore } from '#server/store/matches.ts';
import type { NoteStore } from '#server/store/notes.ts';
import type { ParticipantRow, ParticipantStore } from '#server/store/participants.ts';
import type { WorkshopStore } from '#server/store/workshops.ts';
import type { Rooms } from '#server/yjs/ports.ts';
import type { Waiting } from '#server/exports/worker-queue.ts';
import { askedAgain } from './asked-again.ts';
import type { Allowed, Gathering } from './gathering-input.ts';

interface TakeAwayDeps {
	store: WorkshopStore;
	participants: ParticipantStore;
	notes: NoteStore;
	matches: MatchStore;
	rooms: Pick<Rooms, 'notebook'>;
	gathering: Gathering;
	exports: Pick<Exports, 'summary' | 'page'>;
	fileLimits: Limits;
}

/** What the room has seen, and whose take-away it is. */
interface Home {
	seen: Allowed;
	seat: ParticipantRow;
}

export function createTakeAways(deps: TakeAwayDeps): App['takeAways'] {
	const { store, participants, notes, matches, rooms, gathering, exports, fileLimits } = deps;

	/** How to reach people, as they left it for this one, and the card that these two met by. */
	async function contactsFor(workshop: WorkshopId, person: ParticipantId) {
		const contacts = (await matches.contactsOf(person)).filter(({ toId }) => toId === person);
		if (contacts.length === 0) return [];
		const [rows, seats] = await Promise.all([matches.of(workshop), participants.seats(workshop)]);
		const names = new Map(seats.map(({ id, name }) => [id, name]));
		return contacts.map(({ boardId: board, fromId, text }) => {
			const groups = rows.find((row) => row.boardId === board)?.groups ?? [];
			const people = groups.flatMap((group) =>
				group.people.some(({ participant }) => participant === person) ? group.people : []
			);
			const card = people.find(({ participant }) => participant === fromId)?.card;
			return { board, text, name: names.get(fromId) ?? '', card };
		});
	}

	/** From their notebooks: drafts, and what is not revealed, are theirs as well. */
	async function ownOn(boards: BoardState[], workshop: WorkshopId, person: ParticipantId) {
		const exercises = await store.exercises(workshop);
		const seated = new Set(await participants.boardsOf(person));
		const left = await contactsFor(workshop, person);
		const own: Own[] = [];
		for (const board of boards) {
			const exercise = exercises.find(({ id }) => id === board.id)?.exercise;
			if (!exercise || !seated.has(board.id)) continue;
			const { id, title, revealed, anonymous } = board;
			const cards = await rooms.notebook(id, person);
			const hidden = new Set(board.hidden);
			const contacts = left.filter((one) => one.board === id);
			own.push({ id, title, revealed, anonymous, exercise, cards, hidden, contacts });
		}
		return own;
	}

	/** Whom they were matched with, as the room's summary has it, whatever facilitators left out of that. */
	async function matched(
		input: ExportInput,
		own: Own[],
		waiting: Waiting
	): Promise<Summary | null | Refusal> {
		const mine = new Set(own.filter(({ cards }) => cards.length > 0).map(({ id }) => id));
		const boards = input.boards.filter(
			({ id, contents }) =>
				mine.has(id) && contents.exercise.summary.some(({ type }) => type === 'matches')
		);
		if (boards.length === 0) return null;
		return exports.summary({ ...input, boards, summary: WHOLE_SUMMARY, logo: null }, waiting);
	}

	/** What the room has seen is theirs to read on the boards, whatever else is shared. */
	async function allowed(workshop: WorkshopId, person: ParticipantId): Promise<Home | Refusal> {
		const seen = await gathering.shown(workshop);
		const seat = await participants.byId(person);
		return seen && seat ? { seen, seat } : refuse('not-found');
	}

	async function make({ seen, seat }: Home, gone?: AbortSignal): Promise<TakeAway | Refusal> {
		const [workshop, person] = [seen.workshop.id, seat.id];
		const who = { role: 'participant', participant: person } as const;
		const { boards, anonymous } = seen.workshop.state;
		const [input, own, actions] = await Promise.all([
			gathering.gather(seen, who),
			ownOn(boards, workshop, person),
			notes.actions(workshop)
		]);
		const summary = await matched(input, own, { person, gone });
		if (isRefusal(summary)) return summary;
		const mine: Mine = {
			name: anonymous ? '' : seat.name,
			boards: own,
			actions: new Set(actions.filter((one) => one.participantId === person).map(({ id }) => id))
		};
		return takeAwayOf(input, mine, summary, wordsIn(input.workshop.language));
	}

	async function pdf(may: Home, gone?: AbortSignal): Promise<ExportFile | Refusal> {
		const mine = await make(may, gone);
		if (isRefusal(mine)) return mine;
		const waiting = { person: may.seat.id, gone };
		const body = await exports.page('take-away', takeAwayPage(mine), waiting);
		if (isRefusal(body)) return body;
		return {
			filename: `${fileName(`${mine.title.text} ${mine.name?.text ?? ''}`)}.pdf`,
			contentType: 'application/pdf',
			body
		};
	}

	return {
		of: (workshop, person, asker) =>
			askedAgain(
				() => allowed(workshop, person),
				(may) => make(may, asker?.gone),
				asker
			),
		pdf: (workshop, person, asker) =>
			askedAgain(
				() => allowed(workshop, person),
				(may) => fileLimits.one(person, () => pdf(may, asker?.gone)),
				asker
			)
	};
}
