import type { CommandOf } from '#shared/facilitation/commands.ts';

/** What writes down an action, or changes the one of its id. */
export type ActionCommand = CommandOf<'action'>;
