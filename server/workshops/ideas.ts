/**
 * The Ideas Store: facilitators pick cards, their authors are asked, each on their own phone, and what
 * somebody agreed to is kept as a copy. Nothing is kept without a yes, and a no takes the copy away.
 */
import type { Clock } from '#shared/clock.ts';
import type {
	AskedIdea,
	IdeaBoard,
	IdeaPage,
	IdeaQuery,
	KeptIdea,
	PublicIdeas
} from '#shared/ideas.ts';
import type { WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import type { Refusal } from '#shared/refusals.ts';
import type { Account } from '#server/app.ts';
import type { News } from '#server/news.ts';
import type { Author, IdeaStore } from '#server/store/ideas.ts';
import type { ParticipantStore } from '#server/store/participants.ts';
import type { VoteStore } from '#server/store/votes.ts';
import type { WorkshopStore } from '#server/store/workshops.ts';
import type { Rooms } from '#server/yjs/ports.ts';
import type { Audit } from './audit.ts';
import { createIdeaAnswers } from './idea-answers.ts';
import { createIdeaPicking } from './idea-picking.ts';
import { createKeptIdeas } from './kept-ideas.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

/** Cards that are kept beyond their workshop, because their authors said so. */
export interface Ideas {
	/** Of each board that was revealed, the cards that can be asked for. */
	cards(workshop: WorkshopId, who: Who): Promise<{ title: string; boards: IdeaBoard[] } | Refusal>;
	/** Asks the authors of `{board, cards}`; nobody is asked twice, nor where nobody could answer. */
	ask(workshop: WorkshopId, who: Who, given: unknown): Promise<{ asked: number } | Refusal>;
	/** What somebody is asked, and what they have said. */
	mine(author: Author, workshop?: WorkshopId): Promise<AskedIdea[]>;
	/** `{idea, answer}`: may be said again, and otherwise. */
	answer(author: Author, given: unknown): Promise<true | Refusal>;
	/** `all`: what there is to choose from. */
	kept(
		account: Account,
		asked: unknown
	): Promise<{ query: IdeaQuery; ideas: KeptIdea[]; all: KeptIdea[] }>;
	/** `{idea, published}`: on the public page, or off it at once. */
	publish(account: Account, given: unknown): Promise<true | Refusal>;
	page(account: Account): Promise<IdeaPage | null>;
	/** `{title, key, published}`; an empty key is one that nobody guesses. */
	setPage(account: Account, given: unknown): Promise<IdeaPage | Refusal>;
	/** What everybody may read; null where there is no such page, or not any more. `address`: for limits. */
	byKey(key: string, address: string): Promise<PublicIdeas | null | Refusal>;
}

export interface IdeasDeps {
	ideas: IdeaStore;
	store: WorkshopStore;
	workshops: StoredWorkshops;
	participants: ParticipantStore;
	votes: Pick<VoteStore, 'cast'>;
	rooms: Pick<Rooms, 'read'>;
	audit: Audit;
	news: News;
	clock: Clock;
	ids: () => string;
}

export const createIdeas = (deps: IdeasDeps): Ideas => ({
	...createIdeaPicking(deps),
	...createIdeaAnswers(deps),
	...createKeptIdeas(deps)
});
