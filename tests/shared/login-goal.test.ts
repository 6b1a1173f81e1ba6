import { expect, test } from 'vitest';
import { goal } from '../../src/lib/account/goal.ts';

const after = (next: string) => goal(new URL(`http://here/login?next=${encodeURIComponent(next)}`));

test('AC24 whoever logs in on the way to a page is led there', () => {
	for (const page of [
		'/workshops/a-B_9/remote',
		'/workshops/a/summary',
		'/workshops/a',
		'/exercises/own-1',
		'/cofacilitate/token',
		'/contacts'
	])
		expect(after(page)).toBe(page);
});

test('AC24 never to another site, nor to what is no page of those who facilitate', () => {
	for (const next of [
		'',
		'//elsewhere.example',
		'https://elsewhere.example/workshops',
		'/\\elsewhere.example',
		'/workshops/../login',
		'/workshops//elsewhere.example',
		'/login',
		'/api/v1/workshops',
		'/workshops?next=//elsewhere.example'
	])
		expect(after(next)).toBe('/workshops');
});
