/** What tells whether a service worker serves this page: the browser's `navigator`, or a test's. */
interface Served {
	serviceWorker?: Pick<ServiceWorkerContainer, 'controller'>;
}

/**
 * Whether this page, once closed, opens again without a network. Over plain http a browser has no
 * service worker, and nothing of the page stays on the device but what was written.
 */
export const opensAgain = (browser: Served): boolean => Boolean(browser.serviceWorker?.controller);
