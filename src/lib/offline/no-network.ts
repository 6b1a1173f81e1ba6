import { m } from '$lib/paraglide/messages.js';

/** Nothing but our own sheet, icon and script, as on any other page. */
const POLICY =
	"default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Instead of the browser's own: what happened, in words, on a page that comes back by itself. */
export const noNetworkPage = (): Response =>
	new Response(
		`<!doctype html>
<html lang="en">
	<head>
		<meta charset="utf-8" />
		<meta name="viewport" content="width=device-width, initial-scale=1" />
		<meta name="color-scheme" content="light dark" />
		<title>${m.home_no_network_title()} · Plenary</title>
		<link rel="icon" href="/icon.svg" type="image/svg+xml" />
		<link rel="stylesheet" href="/refused.css" />
		<script src="/no-network.js" defer></script>
	</head>
	<body>
		<main>
			<span>Plenary</span>
			<div>
				<h1>${m.home_no_network_title()}</h1>
				<p>${m.home_no_network()}</p>
				<p><a href="">${m.home_no_network_again()}</a></p>
			</div>
		</main>
	</body>
</html>
`,
		{
			status: 503,
			headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY }
		}
	);
