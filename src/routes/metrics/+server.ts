import { error, text } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** Gauges for Prometheus; not there unless METRICS is on. */
export const GET: RequestHandler = ({ locals }) => {
	const metrics = locals.app.metrics();
	if (metrics === null) error(404, 'Not found');
	return text(metrics, { headers: { 'content-type': 'text/plain; version=0.0.4' } });
};
