/** What a page says of a match: to who is in it, or of somebody for whom its reader writes. */
import { m } from '$lib/paraglide/messages.js';

/** `whom`: whose match it is, by name; null: the reader's own. */
export function matchedWords(whom: string | null) {
	/** Of one whose name is not known. */
	const named = <T>(name: string, known: (name: string) => T, unknown: () => T): T =>
		name ? known(name) : unknown();
	const own = {
		with: (names: string) => m.matching_with({ names }),
		withOne: () => m.matching_with_one(),
		withTwo: () => m.matching_with_two(),
		earlier: () => m.matching_earlier(),
		theirs: (theirs: string, mine: string) => m.matching_theirs({ theirs, mine }),
		alike: (theirs: string) => m.matching_alike({ theirs }),
		got: (by: string) => named(by, (name) => m.matching_got({ name }), m.matching_got_unnamed),
		leave: (to: string) =>
			named(to, (name) => m.matching_leave({ name }), m.matching_leave_unnamed),
		hint: () => m.matching_leave_hint()
	};
	if (whom === null) return own;
	return {
		with: (names: string) => m.write_for_matched({ whom, names }),
		withOne: () => m.write_for_matched_one({ whom }),
		withTwo: () => m.write_for_matched_two({ whom }),
		earlier: () => m.write_for_matched_earlier({ whom }),
		theirs: (theirs: string, mine: string) => m.write_for_theirs({ theirs, whom, mine }),
		alike: (theirs: string) => m.write_for_alike({ theirs, whom }),
		got: (by: string) =>
			named(
				by,
				(name) => m.write_for_got({ name, whom }),
				() => m.write_for_got_unnamed({ whom })
			),
		leave: (to: string) =>
			named(
				to,
				(name) => m.write_for_leave({ name, whom }),
				() => m.write_for_leave_unnamed({ whom })
			),
		hint: () => m.write_for_leave_hint()
	} satisfies typeof own;
}
