/** What Postgres says when a statement itself is at fault, by class of its error codes. */
const REJECTIONS = new Set(['21', '22', '23', '42', '44', '54']);
/** Of these classes, and no fault of the statement: whoever runs the database can put it right. */
const MENDED = new Set(['42501', '42P01', '42703']);

/**
 * Whether the database read what it was given and said no: trying again would change nothing. Any
 * other error means that it is away, full or restarting, or that a right or a table is missing for
 * now, and it may answer later. Only a rejection lets go of what is in memory, so in doubt it is none.
 */
export function isRejection(error: unknown): boolean {
	for (let at = error; at instanceof Error; at = at.cause) {
		const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
		if (/^[0-9A-Z]{5}$/.test(code)) return REJECTIONS.has(code.slice(0, 2)) && !MENDED.has(code);
	}
	return false;
}

const hasCode = (error: unknown, code: string): boolean => {
	for (let at = error; at instanceof Error; at = at.cause)
		if ('code' in at && at.code === code) return true;
	return false;
};

/** Whether what was to be added is there already. */
export const isThere = (error: unknown): boolean => hasCode(error, '23505');

/** Whether what it was to be added to is not there any more. */
export const isOrphan = (error: unknown): boolean => hasCode(error, '23503');
