/** What may stand over the desk; one at a time. */
export type Asked =
	| 'people'
	| 'keys'
	| 'remote'
	| 'agenda'
	| 'close'
	| 'doors'
	| 'cofacilitators'
	| 'audit'
	| 'retention';
