import type { WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import type { Account, App as Plenary, Credentials } from '#server/app.ts';

declare global {
	/** Set by `server/main.ts` before Kit is loaded: the one way from Kit to the server. */
	// eslint-disable-next-line no-var -- only `var` declares a property of globalThis
	var plenary: Plenary | undefined;

	namespace App {
		interface Locals {
			app: Plenary;
			account: Account | null;
			/** What this request shows of itself. */
			credentials: Credentials;
			/** Who asks, in this workshop; on routes of none it is ''. Settled before a route runs. */
			who: Who;
			workshop: WorkshopId;
			/** What went wrong in it, if anything did. */
			fault?: RefusalReason;
		}
		interface Error {
			message: string;
		}
		interface PageData {
			/** The origin that others are told: theirs may be another than this page's. */
			origin?: string;
		}
	}
}
