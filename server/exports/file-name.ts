/** Windows has devices by these names, and keeps no file under them. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** A name that every system and header takes: Latin letters and digits; `plenary` where none is left. */
export function fileName(title: string): string {
	const name = title
		.slice(0, 200)
		.normalize('NFKD')
		.replace(/[^\w\s-]/g, '')
		.trim()
		.replace(/[\s_-]+/g, '-')
		.toLowerCase()
		.slice(0, 80)
		.replace(/^-|-$/g, '');
	return DEVICE.test(name) ? `plenary-${name}` : name || 'plenary';
}
