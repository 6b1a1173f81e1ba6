/** What one person has cast, as they see it: what the server told, and what they have asked since. */
import type { Votes } from '#shared/doc/contents.ts';
import type { Command } from '#shared/facilitation/commands.ts';
import { targetId } from '#shared/facilitation/votes.ts';
import { pairKey, type Choices } from '#shared/facilitation/ways.ts';
import type { BoardId, ParticipantId } from '#shared/ids.ts';

export interface Cast {
	mine: Votes;
	choices: Choices;
}

/**
 * What waits for an answer counts already, in the order in which it was asked: a second tap goes on
 * from the first, also without a network and after a reload.
 */
export function castOf(
	told: { mine: Votes; choices?: Choices } | undefined,
	waiting: readonly Command[],
	{ board, round, seat }: { board: BoardId; round: number; seat?: ParticipantId | undefined }
): Cast {
	let mine = told?.mine ?? {};
	let { places, better } = told?.choices ?? { places: {}, better: {} };
	for (const command of waiting) {
		if (!isVote(command) || command.board !== board || command.for !== seat) continue;
		if (command.round !== undefined && command.round !== round) continue;
		switch (command.type) {
			case 'vote':
				mine = put(mine, targetId(command.target), command.count || null);
				break;
			case 'place':
				places = put(places, targetId(command.target), command.at);
				break;
			case 'rank':
				mine = Object.fromEntries(command.targets.map((one, at) => [targetId(one), at + 1]));
				break;
			case 'prefer': {
				const [one, other] = command.pair.map(targetId) as [string, string];
				const won = command.better === null ? '' : [one, other][command.better]!;
				better = put(better, pairKey(one, other), won);
			}
		}
	}
	return { mine, choices: { places, better } };
}

type Vote = Extract<Command, { type: 'vote' | 'place' | 'rank' | 'prefer' }>;
const isVote = (command: Command): command is Vote =>
	['vote', 'place', 'rank', 'prefer'].includes(command.type);

function put<Value>(all: Record<string, Value>, key: string, value: Value | null) {
	const { [key]: _before, ...others } = all;
	return value === null ? others : { ...others, [key]: value };
}

/** The order that somebody gave: ids, the first first. */
export const orderOf = (mine: Votes): string[] =>
	Object.entries(mine)
		.sort(([, one], [, other]) => one - other)
		.map(([id]) => id);
