/** What Postgres says when a statement itself is at fault, by class of its error codes. */
const REJECTIONS = new Set(['21', '22', '23', '42', '44']);

/**
 * Whether the database read what it was given and said no: trying again would change nothing. Any
 * other error means that it is away, full or restarting, and may answer later.
 */
export function isRejection(error: unknown): boolean {
	for (let at = error; at instanceof Error; at = at.cause) {
		const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
		if (/^[0-9A-Z]{5}$/.test(code)) return REJECTIONS.has(code.slice(0, 2));
	}
	return false;
}
