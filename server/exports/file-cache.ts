/** Files that were made lately, as many as a bound of bytes takes; the one least asked for goes first. */
export interface FileCache {
	get(key: string): Uint8Array | undefined;
	set(key: string, file: Uint8Array): void;
}

/** `most`: in bytes. A file that would take a quarter of them is not kept. */
export function createFileCache(most = 64e6): FileCache {
	/** The latest last. */
	const files = new Map<string, Uint8Array>();
	let size = 0;
	const forget = (key: string) => {
		size -= files.get(key)?.length ?? 0;
		files.delete(key);
	};

	return {
		get(key) {
			const file = files.get(key);
			if (!file) return undefined;
			files.delete(key);
			files.set(key, file);
			return file;
		},
		set(key, file) {
			if (file.length > most / 4) return;
			forget(key);
			files.set(key, file);
			size += file.length;
			for (const oldest of files.keys()) {
				if (size <= most) break;
				forget(oldest);
			}
		}
	};
}
