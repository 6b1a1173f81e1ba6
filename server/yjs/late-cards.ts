/** Cards that are held back after a phase: which they are, and how they are left out. */
import type * as Y from 'yjs';
import type { CardValue } from '#shared/doc/contents.ts';
import {
	addCard,
	changeCard,
	deleteCard,
	editText,
	fieldText,
	setField
} from '#shared/doc/notebook.ts';
import { isPutDown, readNotebook } from '#shared/doc/read.ts';
import { fieldsOf, isWritten, type Exercise } from '#shared/exercises/format.ts';
import type { CardId } from '#shared/ids.ts';
import type { RemovedRow } from '#server/store/updates.ts';

/** A card as its author wrote it. */
type Card = RemovedRow['card'] & { id: CardId };

export interface LateCard {
	card: CardValue;
	/** As the board has it; null where it does not. */
	onBoard: CardValue | null;
}

/** The cards of a board as their authors wrote them, wherever they were put since. Drafts are nobody's yet. */
export const writtenOn = (board: Y.Doc): Map<CardId, CardValue> =>
	new Map(
		readNotebook(board)
			.filter((card) => !card.draft)
			.map((card) => [card.id, card])
	);

/** What a notebook has put down that the board does not have, or has otherwise. */
export function lateCards(
	notebook: Y.Doc,
	onBoard: Map<CardId, CardValue>,
	exercise: Exercise
): LateCard[] {
	const late: LateCard[] = [];
	for (const card of readNotebook(notebook)) {
		const there = onBoard.get(card.id) ?? null;
		if (isPutDown(card, exercise) && !isSame(card, there)) late.push({ card, onBoard: there });
	}
	return late;
}

/** Takes late cards out of the notebook, in the server's name; one that the board has goes back to that. */
export function leaveOut(notebook: Y.Doc, exercise: Exercise, late: LateCard[]): void {
	for (const { card, onBoard } of late)
		if (onBoard) putBack(notebook, exercise, onBoard);
		else deleteCard(notebook, card.id);
}

/** Makes a card that is there what it was; its texts are edited, so that what else is typed in them stays. */
export function putBack(notebook: Y.Doc, exercise: Exercise, was: Card): void {
	if (rewrite(notebook, exercise, was)) return;
	deleteCard(notebook, was.id);
	writeAgain(notebook, exercise, was.id, was);
}

/** A card from its copy, under its own id. */
export function writeAgain(
	notebook: Y.Doc,
	exercise: Exercise,
	id: CardId,
	copy: RemovedRow['card']
): void {
	const { column, order, answers, from, language, fields } = copy;
	addCard(notebook, exercise, { id, column, order, answers, from, language, fields });
}

/** A copy that the card can come back from. */
export const copyOf = (
	card: CardValue,
	place: Omit<RemovedRow, 'cardId' | 'card'>
): RemovedRow => ({ ...place, cardId: card.id, card: cardOf(card) });

/** What its author wrote of a card. */
export const cardOf = ({
	column,
	order,
	answers,
	from,
	language,
	fields
}: CardValue): RemovedRow['card'] => ({ column, order, answers, from, language, fields });

/** False where a text is missing that only a new card can have. */
function rewrite(notebook: Y.Doc, exercise: Exercise, card: Card): boolean {
	const { id, column, order, answers, fields } = card;
	const texts = fieldsOf(exercise, column).filter(isWritten);
	if (texts.some((field) => fields[field.id] !== undefined && !fieldText(notebook, id, field.id)))
		return false;
	changeCard(notebook, id, { column, order, answers: answers ?? null });
	for (const { id: field } of exercise.fields) {
		const text = fieldText(notebook, id, field);
		const value = fields[field];
		if (text) editText(text, typeof value === 'string' ? value : '');
		else setField(notebook, id, field, value ?? null);
	}
	return true;
}

export const isSame = (card: Card, other: Card | null): boolean =>
	other !== null && fingerprint(card) === fingerprint(other);

const fingerprint = ({ fields, ...card }: Card): string =>
	JSON.stringify([
		card.column,
		card.order,
		card.answers ?? null,
		Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))
	]);
