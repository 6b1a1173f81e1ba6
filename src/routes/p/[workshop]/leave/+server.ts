import type { RequestHandler } from './$types';

/** For somebody who leaves a shared computer: whoever sits down at it next is somebody else. */
export const POST: RequestHandler = ({ locals: { app, workshop }, cookies }) => {
	const { name, value, options } = app.participants.leave(workshop);
	cookies.set(name, value, options);
	return new Response(null, { status: 204 });
};
