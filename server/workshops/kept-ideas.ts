/** What was kept: found again by its owner, and put on a page for everybody. */
import * as v from 'valibot';
import { isFound, type KeptIdea } from '#shared/ideas.ts';
import { idSchema } from '#shared/ids.ts';
import { refuse } from '#shared/refusals.ts';
import { newSecret } from '#server/doors/secrets.ts';
import type { IdeaRow } from '#server/store/ideas.ts';
import type { Ideas, IdeasDeps } from './ideas.ts';

const publishSchema = v.strictObject({ idea: idSchema, published: v.boolean() });
const line = v.pipe(v.string(), v.trim(), v.maxLength(100));
const querySchema = v.object({
	words: v.fallback(line, ''),
	exercise: v.fallback(line, ''),
	tag: v.fallback(line, ''),
	country: v.fallback(line, ''),
	year: v.fallback(line, '')
});
const pageSchema = v.strictObject({
	title: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200)),
	/** '' is one that nobody guesses. */
	key: v.union([
		v.literal(''),
		v.pipe(v.string(), v.regex(/^[a-z0-9-]{6,60}$|^[A-Za-z0-9_-]{20,60}$/))
	]),
	published: v.boolean()
});

export function createKeptIdeas({
	ideas,
	clock
}: IdeasDeps): Pick<Ideas, 'kept' | 'publish' | 'page' | 'setPage' | 'byKey'> {
	return {
		async kept(account, given) {
			const query = v.parse(querySchema, given ?? {});
			const rows = await ideas.kept(account.id);
			const all = rows.flatMap((row) => kept(row));
			const foundOf = new Map(rows.map(({ id, found }) => [id, found]));
			const found = all.filter(({ id, idea }) => isFound({ idea, found: foundOf.get(id)! }, query));
			return { query, ideas: found, all };
		},

		async publish(account, given) {
			const form = v.safeParse(publishSchema, given);
			if (!form.success) return refuse('malformed', v.summarize(form.issues));
			const { idea, published } = form.output;
			const done = await ideas.publish(account.id, idea, published, clock.now());
			return done || refuse('not-found');
		},

		async page(account) {
			const page = await ideas.page(account.id);
			return page && { key: page.key, title: page.title, published: page.published };
		},

		async setPage(account, given) {
			const form = v.safeParse(pageSchema, given);
			if (!form.success) return refuse('malformed', v.summarize(form.issues));
			const { title, published } = form.output;
			const key = form.output.key || newSecret();
			const page = { accountId: account.id, key, title, published, updatedAt: clock.now() };
			return (await ideas.setPage(page)) ? { key, title, published } : refuse('address-taken');
		},

		async byKey(key) {
			const found = await ideas.published(key);
			if (!found) return null;
			const { page, rows } = found;
			return {
				title: page.title,
				updatedAt: page.updatedAt,
				ideas: rows.flatMap((row) => kept(row))
			};
		}
	};
}

const kept = ({ id, idea, published, answeredAt }: IdeaRow): KeptIdea[] =>
	idea ? [{ id, idea, published, keptAt: answeredAt ?? 0 }] : [];
