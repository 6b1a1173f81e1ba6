/**
 * Typst's drawings, made fit to leave: a fraction of their size, with the letters' outlines first
 * (whoever draws it looks each of them up from the top), and telling in words what they show.
 */

/** The same drawing, shorter: short names, three decimals, and nothing that says what holds anyway. */
export function compact(svg: string): string {
	const names = new Map<string, string>();
	const short = (name: string) => {
		const known = names.get(name) ?? `g${names.size.toString(36)}`;
		names.set(name, known);
		return known;
	};
	const shorter = (part: string) =>
		part
			.replace(/\n\s*/g, '')
			// Links lead nowhere outside of the document that it was.
			.replace(/<a [^>]*><rect [^>]*\/?>(<\/rect>)?<\/a>/g, '')
			.replace(
				/ (?:class="[^"]*"|fill-rule="nonzero"|y="0"|stroke-(?:linecap="butt"|linejoin="miter"|miterlimit="4"))/g,
				''
			)
			.replace(/(\.\d{3})\d+/g, '$1')
			.replace(
				/(href="#|id=")(g[0-9A-F]{8,})"/g,
				(_, before: string, name: string) => `${before}${short(name)}"`
			)
			// A run of letters has one colour.
			.replace(
				/(<g [^>]*)>((?:<use [^>]*? fill="([^"]*)"\/>)(?:<use [^>]*? fill="\3"\/>)*)<\/g>/g,
				(_, open: string, uses: string, fill: string) =>
					`${open} fill="${fill}">${uses.replaceAll(` fill="${fill}"`, '')}</g>`
			);
	// In parts, for a large board's drawing is 50 MB.
	const body = svg
		.split(/(?<=<\/g>)\n\s*/)
		.map(shorter)
		.join('');
	const at = body.indexOf('<defs id="glyph">');
	const end = body.lastIndexOf('</svg>');
	const open = body.indexOf('>') + 1;
	return at < 0
		? body
		: body.slice(0, open) + body.slice(at, end) + body.slice(open, at) + body.slice(end);
}

/** A drawing with its title and description. */
export function described(svg: string, { title, text }: { title: string; text: string }): string {
	const head = `<title id="title">${escaped(title)}</title><desc id="desc">${escaped(text)}</desc>`;
	const open = svg.indexOf('>') + 1;
	const tag = svg.slice(0, open).replace('<svg', '<svg role="img" aria-labelledby="title desc"');
	return tag + head + svg.slice(open);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => ENTITIES[sign]!);
