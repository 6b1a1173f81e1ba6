/** What may stand over the desk; one at a time. */
export type Asked =
	'people' | 'keys' | 'agenda' | 'close' | 'doors' | 'cofacilitators' | 'audit' | 'retention';
