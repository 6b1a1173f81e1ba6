/** What may stand over the desk; one at a time. */
export type Asked =
	| 'people'
	| 'keys'
	| 'poll'
	| 'tables'
	| 'remote'
	| 'agenda'
	| 'collect'
	| 'close'
	| 'doors'
	| 'cofacilitators'
	| 'audit'
	| 'retention';
