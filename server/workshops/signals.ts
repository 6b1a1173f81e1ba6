/**
 * Ready, pulse and hands: each person's own, in their own queue. They are told to those who
 * facilitate and to whoever said them, and move no version.
 */
import type { Clock } from '#shared/clock.ts';
import type { SignalCommand } from '#shared/facilitation/commands.ts';
import {
	PULSE_COUNTS_FOR,
	stretchOf,
	type OwnSignals,
	type SignalsView
} from '#shared/facilitation/signals.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { liveBoard } from '#shared/facilitation/view.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import type { News } from '#server/news.ts';
import type { ParticipantStore } from '#server/store/participants.ts';
import type { Signal, SignalStore } from '#server/store/signals.ts';
import { no } from './outcomes.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

export interface Signals {
	apply(workshop: WorkshopId, who: Who, command: SignalCommand, entry: string): Promise<Outcome>;
	/** What those who facilitate are told. */
	view(workshop: WorkshopId): Promise<SignalsView>;
	/** What one person is told of their own. */
	own(participant: ParticipantId): Promise<OwnSignals>;
}

interface SignalsDeps {
	signals: SignalStore;
	participants: Pick<ParticipantStore, 'byId'>;
	workshops: StoredWorkshops;
	news: News;
	clock: Clock;
}

export function createSignals(deps: SignalsDeps): Signals {
	const { signals, participants, workshops, news, clock } = deps;

	/** Whose it is: one's own; a facilitator lowers the hand of anybody in this workshop. */
	async function whose(
		workshop: WorkshopId,
		who: Who,
		command: SignalCommand
	): Promise<ParticipantId | Refusal> {
		const named = command.type === 'lower-hand' ? command.person : undefined;
		const own = who.role === 'participant' ? who.participant : undefined;
		if (own !== undefined && named !== undefined && named !== own) return refuse('not-allowed');
		const id = own ?? named;
		const seat = id === undefined ? null : await participants.byId(id);
		return seat?.workshopId === workshop ? seat.id : refuse('no-such-person');
	}

	async function says(
		state: WorkshopState,
		person: ParticipantId,
		command: SignalCommand
	): Promise<Signal | Refusal> {
		switch (command.type) {
			case 'ready': {
				const board = liveBoard(state);
				if (!board) return refuse('no-board');
				if (board.id !== command.board || board.phase !== command.phase) return refuse('moved-on');
				return { readyFor: command.on ? stretchOf(board) : null };
			}
			case 'pulse':
				return { pulse: command.pulse, pulseAt: clock.now() };
			case 'raise-hand': {
				// Whoever raises it twice keeps their turn.
				const before = await signals.of(person);
				return { handAt: before?.handAt ?? clock.now() };
			}
			case 'lower-hand':
				return { handAt: null };
		}
	}

	return {
		async apply(id, who, command, entry) {
			const workshop = await workshops.load(id);
			if (!workshop) return no(refuse('not-found'));
			const { version, state } = workshop;
			const person = await whose(id, who, command);
			if (isRefusal(person)) return no(person, version);
			const signal = await says(state, person, command);
			if (isRefusal(signal)) return no(signal, version);
			const outcome: Outcome = { ok: true, version };
			await signals.say(id, person, signal, {
				workshopId: id,
				id: entry,
				outcome,
				at: clock.now()
			});
			news.tell({ kind: 'signal', workshop: id, participant: person });
			return outcome;
		},
		async view(id) {
			const workshop = await workshops.load(id);
			const live = workshop && liveBoard(workshop.state);
			const stretch = live ? stretchOf(live) : null;
			const rows = workshop ? await signals.ofWorkshop(id) : [];
			const since = clock.now() - PULSE_COUNTS_FOR;
			return {
				stretch,
				ready: rows
					.filter(({ readyFor }) => readyFor !== null && readyFor === stretch)
					.map(({ participantId }) => participantId),
				// Whose it is, nobody is told: people say it more readily.
				pulses: rows
					.flatMap(({ pulse, pulseAt: at }) =>
						pulse !== null && at !== null && at > since ? [{ pulse, at }] : []
					)
					.toSorted((a, b) => a.at - b.at),
				hands: rows
					.flatMap(({ participantId: participant, handAt: at }) =>
						at === null ? [] : [{ participant, at }]
					)
					.toSorted((a, b) => a.at - b.at)
			};
		},
		async own(participant) {
			const row = await signals.of(participant);
			return {
				readyFor: row?.readyFor ?? null,
				pulse: row?.pulse ?? null,
				pulseAt: row?.pulseAt ?? null,
				handAt: row?.handAt ?? null
			};
		}
	};
}
