/**
 * The headers of every answer, whoever gives it: pages, the API, files, Socket.IO, and what is
 * refused before there is a request. A page's longer policy is Kit's and takes the place of ours.
 */

/** What Plenary never asks a browser for; of those alone that browsers know, as they complain of others. */
const NEVER = [
	'accelerometer',
	'autoplay',
	'camera',
	'display-capture',
	'encrypted-media',
	'geolocation',
	'gyroscope',
	'hid',
	'idle-detection',
	'local-fonts',
	'magnetometer',
	'microphone',
	'midi',
	'payment',
	'serial',
	'usb',
	'xr-spatial-tracking'
];

/** For this `ORIGIN`; '' where it is not set. */
export const headersFor = (origin: string): Readonly<Record<string, string>> => ({
	// What is no page loads nothing, and stands in no frame. Kit's last resort (src/error.html) has a
	// sheet and an icon of ours.
	'content-security-policy':
		"default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': NEVER.map((feature) => `${feature}=()`).join(', '),
	// Links carry codes and keys, so no other site hears where somebody came from. Not `no-referrer`:
	// with it a browser posts a form under the Origin `null`, which the doorkeeper refuses.
	'referrer-policy': 'same-origin',
	'x-content-type-options': 'nosniff',
	...(origin.startsWith('https:')
		? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }
		: {})
});

/** A service worker asks the server for pages and files, by its own policy; it is never an old one. */
export const WORKER = {
	path: '/service-worker.js',
	headers: {
		'content-security-policy':
			"default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		'cache-control': 'no-cache'
	}
} as const;
