/** The same workshop under new ids: where it, or a part of it, is on this server already. */
import { SECTIONS } from '#shared/summary/settings.ts';
import type { FileBoard, FileRound, WorkshopFile } from '#shared/workshop-file.ts';

/** Every id anew, and whatever speaks of it with it. What speaks of nothing in the file is left out. */
export function renamed(file: WorkshopFile, newId: () => string): WorkshopFile {
	const anew = (all: Iterable<string>) => freshIds(all, newId);
	const ids = (all: readonly { id: string }[]) => anew(all.map(({ id }) => id));
	const boards = ids(file.boards);
	const people = ids(file.people ?? []);
	// On two boards the same id is another card.
	const cards = new Map(file.boards.map((board) => [board.id, ids(board.cards)]));
	const cardsAnywhere = new Map([...cards.values()].flatMap((some) => [...some]));
	const { summary } = file.workshop;
	return {
		...file,
		workshop: {
			...file.workshop,
			id: newId(),
			summary: {
				...summary,
				leftOut: summary.leftOut.flatMap((section) => sectionOf(section, boards)),
				cards: summary.cards.flatMap((id) => cardsAnywhere.get(id) ?? [])
			}
		},
		...(file.people && {
			people: file.people.map((person) => ({ ...person, id: people.get(person.id)! }))
		}),
		boards: file.boards.map((board) => renamedBoard(board, { boards, people, cards, anew }))
	};
}

/** Where two things lie at the same place, their ids decide which is first: so the new ones are in the old ones' order. */
function freshIds(all: Iterable<string>, newId: () => string): Map<string, string> {
	const old = [...new Set(all)].toSorted();
	const fresh = old.map(() => newId()).toSorted();
	return new Map(old.map((id, i) => [id, fresh[i]!]));
}

interface Names {
	boards: Map<string, string>;
	people: Map<string, string>;
	/** By board. */
	cards: Map<string, Map<string, string>>;
	anew(ids: Iterable<string>): Map<string, string>;
}

function renamedBoard(board: FileBoard, { boards, people, cards, anew }: Names): FileBoard {
	const own = cards.get(board.id)!;
	const groups = anew(board.groups.map(({ id }) => id));
	const authors = anew([
		...board.cards.map(({ author }) => author),
		...Object.keys(board.authors ?? {})
	]);
	const notes = anew([...board.comments, ...board.actions].map(({ id }) => id));
	const persons = new Set(
		board.exercise.fields.filter(({ type }) => type === 'person').map(({ id }) => id)
	);
	return {
		...board,
		id: boards.get(board.id)!,
		...(board.authors && {
			authors: Object.fromEntries(
				Object.entries(board.authors).map(([key, person]) => [
					authors.get(key)!,
					people.get(person)!
				])
			)
		}),
		cards: board.cards.map(({ from, ...card }) => {
			const { group, answers } = card;
			const taken = from && cards.get(from.board)?.get(from.card);
			return {
				...card,
				id: own.get(card.id)!,
				author: authors.get(card.author)!,
				...(group !== undefined && { group: groups.get(group)! }),
				...(answers !== undefined && { answers: own.get(answers)! }),
				...(from && taken && { from: { board: boards.get(from.board)!, card: taken } }),
				fields: Object.fromEntries(
					Object.entries(card.fields).map(([id, value]) => [
						id,
						persons.has(id) && typeof value === 'string' ? (people.get(value) ?? value) : value
					])
				)
			};
		}),
		groups: board.groups.map((one) => ({
			...one,
			id: groups.get(one.id)!,
			...(one.group !== undefined && { group: groups.get(one.group)! }),
			cards: one.cards.map((id) => own.get(id)!)
		})),
		votes:
			board.votes &&
			Object.fromEntries(
				Object.entries(board.votes).map(([id, count]) => [groups.get(id) ?? own.get(id)!, count])
			),
		...(board.voted && {
			voted: board.voted.map((round) => renamedRound(round, (id) => groups.get(id) ?? own.get(id)))
		}),
		...(board.reactions && {
			reactions: Object.fromEntries(
				Object.entries(board.reactions).map(([id, said]) => [own.get(id)!, said])
			)
		}),
		comments: board.comments.map((comment) => ({
			...comment,
			id: notes.get(comment.id)!,
			card: own.get(comment.card)!,
			...(comment.participant !== undefined && { participant: people.get(comment.participant)! })
		})),
		actions: board.actions.map((action) => ({
			...action,
			id: notes.get(action.id)!,
			...(action.card !== undefined && { card: own.get(action.card)! })
		}))
	};
}

/** An option is called the same everywhere. */
function renamedRound(round: FileRound, anew: (id: string) => string | undefined): FileRound {
	const keys = <T>(all: Record<string, T>): Record<string, T> =>
		Object.fromEntries(Object.entries(all).map(([id, one]) => [anew(id) ?? id, one]));
	return {
		...round,
		among: round.among && round.among.map((id) => anew(id) ?? id),
		scores: keys(round.scores),
		spread: keys(round.spread),
		places: keys(round.places)
	};
}

/** `SECTIONS`, a board's id, or `<board id>/<index>`. */
function sectionOf(section: string, boards: Map<string, string>): string[] {
	if (SECTIONS.some((one) => one === section)) return [section];
	const [board = '', ...rest] = section.split('/');
	const id = boards.get(board);
	return id === undefined ? [] : [[id, ...rest].join('/')];
}
