import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addCard, editText, makeAuthorMap } from '#shared/doc/notebook.ts';
import { readBoard, readNotebook } from '#shared/doc/read.ts';
import type { Command, FacilitationCommand } from '#shared/facilitation/commands.ts';
import type { Role } from '#shared/permissions.ts';
import { arranging, forwards, GRACE } from '#shared/facilitation/phases.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { viewFor, type WorkshopView } from '#shared/facilitation/view.ts';
import { Board, type Around } from '../../src/lib/state/board.svelte.ts';
import { Presence } from '../../src/lib/state/presence.ts';
import { Awareness } from 'y-protocols/awareness';
import { until } from '../support/until.ts';
import { after, exerciseOf, inPhase, START } from './facilitation-room.ts';
import { Peer } from './sync-peer.ts';

let peer: Peer;
let room: Room;
const opened: Board[] = [];

/** What a board hears of its workshop, from the true rules: `give` is Ada's, `now` the server's. */
class Room implements Around {
	readonly id = 'w';
	connection: Around['connection'] = 'online';
	now = START;
	role: Role = 'participant';
	sent: Command[] = [];
	#state: WorkshopState;
	#before: WorkshopView | null = null;
	#listeners = new Set<(now: WorkshopView, before: WorkshopView | null) => void>();
	constructor(state: WorkshopState) {
		this.#state = state;
	}
	get view(): WorkshopView {
		return viewFor({ id: 'w', code: 'c', version: 1, state: this.#state }, this.role, this.now);
	}
	get documents() {
		return peer.server;
	}
	withClosing: Around['withClosing'] = (id) => {
		const board = this.view.boards.find((one) => one.id === id)!;
		const was = this.#before?.boards.find((one) => one.id === id);
		if (!was || was.phase === board.phase) return { ...board, closing: null };
		const closing = {
			at: board.phaseStartedAt,
			forwarded: forwards(was, this.now),
			arranging: arranging(was, this.now)
		};
		return { ...board, closing };
	};
	onView: Around['onView'] = (listener) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};
	opened: Around['opened'] = () => () => {};
	send: Around['send'] = (command) => {
		this.sent.push(command);
		return Promise.resolve({ ok: true, version: 2 });
	};
	/** A command, and how long its news takes to be heard. */
	give(command: FacilitationCommand, way = 0): void {
		this.#before = this.view;
		this.#state = after(this.#state, [command], this.now);
		this.now += way;
		for (const listener of this.#listeners) listener(this.view, this.#before);
	}
}

beforeEach(async () => {
	peer = await Peer.start();
	Y.applyUpdate(peer.doc('board-one/notebook'), makeAuthorMap('author-ben'));
});
afterEach(async () => {
	for (const board of opened.splice(0)) board.close();
	await peer.stop();
});

async function bensBoard(state: WorkshopState): Promise<Board> {
	room = new Room(state);
	const exercise = exerciseOf('barrier')!;
	const board = new Board({ board: 'board-one', exercise, notebook: true, workshop: room });
	opened.push(board);
	board.connect();
	await until(() => board.synced && board.author === 'author-ben', {
		what: 'the board is in step'
	});
	return board;
}

const atPeer = () => readNotebook(peer.doc('board-one/notebook'));
/** As the server forwards: the very same structs. */
const forward = () =>
	Y.applyUpdate(peer.doc('board-one'), Y.encodeStateAsUpdate(peer.doc('board-one/notebook')));
const write = (board: Board, what: string, draft = false) =>
	board.add({ column: 'barriers', draft, fields: { what } });

function chidiWrites(): void {
	const chidi = new Y.Doc();
	Y.applyUpdate(chidi, makeAuthorMap('author-chidi'));
	addCard(chidi, exerciseOf('barrier')!, {
		id: 'card-of-chidi',
		column: 'barriers',
		order: 'Z0',
		fields: { what: 'no trust' }
	});
	Y.applyUpdate(peer.doc('board-one'), Y.encodeStateAsUpdate(chidi));
}

test('CL1 what is written arrives, in order, and is saved', async () => {
	const board = await bensBoard(inPhase('write'));
	const one = write(board, 'no time');
	const two = write(board, 'no money');
	expect(board.saved).toBe('saving');
	expect(board.value.cards.map(({ id }) => id)).toEqual([one, two]);
	await until(() => board.saved === 'saved', { what: 'it is saved' });
	expect(atPeer().map(({ fields }) => fields.what)).toEqual(['no time', 'no money']);
});

test('CL14 drafts lie in the order in which they were begun', async () => {
	const board = await bensBoard(inPhase('write'));
	const begun = ['one', 'two', 'three'].map((what) => write(board, what, true));
	expect(board.own.map(({ id }) => id)).toEqual(begun);
	expect(board.value.cards).toEqual([]);
});

test('CL18 drafts with words are put down when writing ends', async () => {
	const board = await bensBoard(inPhase('write'));
	const draft = write(board, 'no time', true);
	const blank = board.add({ column: 'barriers', draft: true });
	expect(board.value.cards).toEqual([]);
	room.give({ type: 'next' });
	expect(board.own.find(({ id }) => id === draft)!.draft).toBeUndefined();
	expect(board.own.find(({ id }) => id === blank)!.draft).toBe(true);
	await until(() => atPeer().some(({ id, draft: is }) => id === draft && !is), { what: 'it came' });
});

test('CL18 on going back, or heard too late, they stay drafts', async () => {
	const board = await bensBoard(inPhase('write'));
	write(board, 'no time', true);
	room.give({ type: 'back' });
	expect(board.own[0]!.draft).toBe(true);
});

test('CL18 heard of too late, they stay drafts', async () => {
	const board = await bensBoard(inPhase('write'));
	write(board, 'no time', true);
	room.give({ type: 'next' }, GRACE + 1);
	expect(board.own[0]!.draft).toBe(true);
});

test('CL10 undo is empty after a change of phase', async () => {
	const board = await bensBoard(inPhase('write'));
	const id = write(board, 'no time');
	expect(board.canUndo).toBe(true);
	room.give({ type: 'next' });
	expect(board.canUndo).toBe(false);
	board.undo();
	expect(board.own[0]!.id).toBe(id);
});

test('CL19 arranging does nothing where it may not be', async () => {
	const board = await bensBoard(inPhase('share'));
	const one = write(board, 'no time');
	const two = write(board, 'no money');
	await until(() => board.saved === 'saved', { what: 'it is saved' });
	forward();
	chidiWrites();
	await until(() => board.value.cards.length === 3, { what: 'the room has the cards' });
	board.makeGroup([one, two], { column: 'barriers', order: 'z' });
	board.place(one, { column: 'ways', order: 'z' });
	expect(board.mayArrange).toBe(false);
	expect(board.title('any')).toBeNull();
	expect(board.value.groups).toEqual([]);
	expect(board.value.cards.map(({ column }) => column)).not.toContain('ways');
	room.give({ type: 'next' });
	expect(board.mayArrange).toBe(true);
	const group = board.makeGroup([one, two], { column: 'barriers', order: 'z' });
	editText(board.title(group)!, 'Resources');
	await until(() => readBoard(peer.doc('board-one')).groups[0]?.title === 'Resources', {
		what: 'the group arrived'
	});
	expect(readBoard(peer.doc('board-one')).groups).toMatchObject([{ id: group, cards: [one, two] }]);
});

test('BO29 a stack is taken apart as a step of its own, however fast, and one undo brings it back', async () => {
	const board = await bensBoard(inPhase('group'));
	const one = write(board, 'no time');
	const two = write(board, 'never any time');
	await until(() => board.saved === 'saved', { what: 'it is saved' });
	forward();
	await until(() => board.inRoom.length === 2, { what: 'the room has the cards' });
	const at = { column: 'barriers', order: 'z' };
	const stack = board.makeGroup([one, two], at, 'same', { title: 'Time' });
	board.dissolve(stack);
	expect(board.value.groups).toEqual([]);
	board.undo();
	expect(board.value.groups).toMatchObject([
		{ id: stack, kind: 'same', title: 'Time', cards: [one, two] }
	]);
	board.undo();
	expect(board.value.groups).toEqual([]);
});

test('CL19 a drop lands for two seconds after the phase', async () => {
	const board = await bensBoard(inPhase('group'));
	room.give({ type: 'next' });
	room.now = START + GRACE - 1000;
	expect(board.mayArrange).toBe(true);
	room.now += 1;
	expect(board.mayArrange).toBe(false);
});

test('CL20 withdrawn by command where the room sees it and the notebook is held', async () => {
	const board = await bensBoard(inPhase('share'));
	const seen = write(board, 'no time');
	const unseen = write(board, 'no money');
	await until(() => board.saved === 'saved', { what: 'it is saved' });
	board.remove(unseen);
	await until(() => atPeer().length === 1, { what: 'the deletion arrived' });
	forward();
	chidiWrites();
	room.give({ type: 'go', phase: 'vote' }, GRACE + 1);
	await until(() => board.value.cards.length === 2, { what: 'the room has both cards' });
	const held = write(board, 'a late one');
	board.remove(held);
	expect(room.sent).toEqual([]);
	board.remove(seen);
	expect(room.sent).toEqual([{ type: 'withdraw-card', board: 'board-one', card: seen }]);
	expect(board.own.map(({ id }) => id)).toEqual([seen]);
});

test('CL14 others’ cards come from the room', async () => {
	const board = await bensBoard(inPhase('share'));
	write(board, 'no time');
	chidiWrites();
	await until(() => board.value.cards.length === 2, { what: 'both are there' });
	expect(board.value.cards.map(({ author }) => author)).toEqual(['author-chidi', 'author-ben']);
	room.give({ type: 'hide-card', board: 'board-one', card: 'card-of-chidi' });
	expect(board.value.cards.map(({ author }) => author)).toEqual(['author-ben']);
});

test('CL21 presence says what is in hand, and that somebody writes', () => {
	const awareness = new Awareness(new Y.Doc());
	const presence = new Presence(() => awareness);
	presence.hold('card-one');
	presence.wrote();
	expect(awareness.getLocalState()).toEqual({ moving: 'card-one', writing: true });
	expect(presence.moving()).toEqual({});
	awareness.states.set(77, { moving: 'card-two', name: 'Chidi' });
	awareness.states.set(78, { moving: 'card-three' });
	expect(presence.moving()).toEqual({ 'card-two': 'Chidi', 'card-three': '' });
	presence.hold(null);
	expect(awareness.getLocalState()).toEqual({ moving: null, writing: true });
	presence.close();
	awareness.destroy();
});

test('NX6 cards that are carried over have words of their own, and go with one undo', async () => {
	const board = await bensBoard(inPhase('write'));
	const mine = write(board, 'no time');
	const from = { board: 'board-zero', card: 'card-zero' };
	const other = { board: 'board-zero', card: 'card-other' };
	board.carry('barriers', [
		{ from, text: 'no trust' },
		{ from: other, text: 'no money' }
	]);
	await until(() => atPeer().length === 3, { what: 'they came' });
	expect(atPeer().map((card) => [card.fields.what, card.from])).toEqual([
		['no time', undefined],
		['no trust', from],
		['no money', other]
	]);
	board.undo();
	expect(board.own.map(({ id }) => id)).toEqual([mine]);
});
