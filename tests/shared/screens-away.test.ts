import { expect, test } from 'vitest';
import { opensAgain } from '../../src/lib/room/opens-again.ts';

test('JO54 a closed page opens again without a network only where a service worker serves it', () => {
	const controller = {} as ServiceWorker;
	expect(opensAgain({ serviceWorker: { controller } })).toBe(true);
	expect(opensAgain({ serviceWorker: { controller: null } })).toBe(false);
	expect(opensAgain({})).toBe(false);
});
