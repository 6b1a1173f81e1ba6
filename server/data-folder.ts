import { accessSync, constants, mkdirSync } from 'node:fs';

/** Makes sure of DATA_DIR; or says, in a sentence, why it cannot be used. */
export function prepareFolder(dataDir: string): { unavailable: string } | null {
	try {
		mkdirSync(dataDir, { recursive: true });
		accessSync(dataDir, constants.W_OK | constants.X_OK);
		return null;
	} catch (error) {
		const why = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
		return {
			unavailable: `The folder ${dataDir} (DATA_DIR) cannot be written${why}. Choose one that this user may write to, or change its owner.`
		};
	}
}
