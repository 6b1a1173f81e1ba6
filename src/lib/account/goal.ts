/** Where to go after logging in: a page of the facilitators', never another site. */
export function goal(url: URL): string {
	const next = url.searchParams.get('next') ?? '';
	const isOurs =
		/^\/(account|across|cofacilitate|contacts|exercises|ideas|workshops)(\/[A-Za-z0-9_-]+)*$/;
	return isOurs.test(next) ? next : '/workshops';
}
