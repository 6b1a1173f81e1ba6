/* The page that stands in while there is no network: it makes way as soon as the server answers. */
const EVERY = 4000;
const look = async () => {
	try {
		const { ok } = await fetch('/healthz', { cache: 'no-store' });
		if (ok) location.reload();
	} catch {
		// Not yet.
	}
};
addEventListener('online', look);
setInterval(look, EVERY);
