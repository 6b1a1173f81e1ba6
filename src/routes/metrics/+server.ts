import { plainText } from '$lib/api/answer.ts';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** Gauges for Prometheus; not there unless METRICS is on. */
export const GET: RequestHandler = ({ locals }) => {
	const metrics = locals.app.metrics();
	if (metrics === null) error(404, 'Not found');
	return plainText(metrics);
};
