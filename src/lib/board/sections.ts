import type { ViewSection } from '#shared/exercises/views.ts';

/** Whether a view's sections stand side by side: most of them have one card, and would leave a lane empty each. */
export const standBeside = (sections: Pick<ViewSection, 'cards'>[]): boolean =>
	sections.length > 1 &&
	sections.filter(({ cards }) => cards.length === 1).length > sections.length / 2;
