/** Files of several workshops at once: not too many for one person, and each in the audit list of every workshop that is in it. */
import type { Logger } from 'pino';
import { EXPORT_FORMATS, type ExportFormat } from '#shared/export-formats.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import type { Account, ExportFile } from '#server/app.ts';
import type { FileLimits } from '#server/exports/file-limits.ts';
import { fileName } from '#server/exports/file-name.ts';
import type { Audit } from './audit.ts';

interface AcrossFilesDeps {
	audit: Audit;
	log: Logger;
	fileLimits: FileLimits;
}

export interface AcrossFiles {
	take(
		account: Account,
		title: string,
		format: ExportFormat,
		make: () => Promise<{ body: Uint8Array; workshops: Iterable<WorkshopId> }>
	): Promise<ExportFile | Refusal>;
}

export function createAcrossFiles({ audit, log, fileLimits }: AcrossFilesDeps): AcrossFiles {
	return {
		async take(account, title, format, make) {
			const made = await fileLimits.one(account.id, make);
			const outcome = isRefusal(made) ? made.refused : 'ok';
			log.info({ account: account.id, format, outcome }, 'export');
			if (isRefusal(made)) return made;
			for (const workshop of new Set(made.workshops))
				await audit.note({ workshop, account: account.id, deed: 'exported', about: { format } });
			return {
				filename: `${fileName(title)}.${format}`,
				contentType: EXPORT_FORMATS[format].type,
				body: made.body
			};
		}
	};
}
