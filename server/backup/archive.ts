/**
 * The archive of a backup: lines of JSON in gzip.
 *
 *   header   {"plenary":"backup","version":1,"schema":"0001_…","at":…,"tables":[{name, columns: [{name, type}]}]}
 *   rows     {"table":"accounts","row":["…",null,"1795506309307"]}
 *   end      {"end":{"counts":{"accounts":1},"sha256":"…"}}
 *
 * A row's values stand in the order of its columns, as Postgres writes them (so that no number is
 * rounded on its way), bytes in base64. The sum is over every byte before the last line.
 */
import { createHash, type Hash } from 'node:crypto';
import * as v from 'valibot';

const VERSION = 1;

const name = v.pipe(v.string(), v.regex(/^[a-z_][a-z0-9_]{0,62}$/));
const columns = v.array(v.strictObject({ name, type: v.string() }));
const headerSchema = v.strictObject({
	plenary: v.literal('backup'),
	version: v.literal(VERSION),
	schema: v.string(),
	at: v.number(),
	tables: v.array(v.strictObject({ name, columns }))
});
export type Header = v.InferOutput<typeof headerSchema>;

/** A value as Postgres writes it; bytes in base64. */
export type Row = (string | null)[];

const ofAnyVersion = v.looseObject({ plenary: v.literal('backup'), version: v.number() });
const rowSchema = v.strictObject({
	table: v.string(),
	row: v.array(v.nullable(v.string()))
});
const endSchema = v.strictObject({
	end: v.strictObject({ counts: v.record(v.string(), v.number()), sha256: v.string() })
});

/** Why an archive cannot be read: the end of a sentence that begins with its name. */
export class Unreadable extends Error {}

/** Makes the lines of an archive, one after the other. */
export class ArchiveLines {
	readonly #hash: Hash = createHash('sha256');
	readonly #counts: Record<string, number> = {};

	header(header: Omit<Header, 'plenary' | 'version'>): string {
		for (const table of header.tables) this.#counts[table.name] = 0;
		return this.#line({ plenary: 'backup', version: VERSION, ...header });
	}

	row(table: string, row: Row): string {
		this.#counts[table]! += 1;
		return this.#line({ table, row });
	}

	end(): string {
		const end = { counts: this.#counts, sha256: this.#hash.copy().digest('hex') };
		return this.#line({ end });
	}

	#line(value: unknown): string {
		const line = `${JSON.stringify(value)}\n`;
		this.#hash.update(line);
		return line;
	}
}

export type Part =
	| { kind: 'header'; header: Header }
	| { kind: 'row'; table: string; row: Row }
	| { kind: 'end'; counts: Record<string, number> };

/** Understands the lines of an archive, one after the other. Throws `Unreadable`. */
export class ArchiveReader {
	readonly #hash: Hash = createHash('sha256');
	readonly #counts: Record<string, number> = {};
	readonly #widths = new Map<string, number>();
	#state: 'begin' | 'rows' | 'ended' = 'begin';

	read(line: Uint8Array): Part {
		if (this.#state === 'ended') throw new Unreadable('is damaged: it goes on after its end');
		const value = parse(line);
		if (this.#state === 'begin') return this.#header(value, line);
		const row = v.safeParse(rowSchema, value);
		if (row.success) return this.#row(row.output, line);
		const end = v.safeParse(endSchema, value);
		if (!end.success) throw new Unreadable('is damaged: a line in it cannot be read');
		return this.#end(end.output.end);
	}

	/** There is no more: has everything been there? */
	finish(): void {
		if (this.#state === 'begin') throw new Unreadable('is no backup of Plenary');
		if (this.#state === 'rows') throw new Unreadable('is not whole: its end is missing');
	}

	#header(value: unknown, line: Uint8Array): Part {
		const some = v.safeParse(ofAnyVersion, value);
		if (!some.success) throw new Unreadable('is no backup of Plenary');
		const { version } = some.output;
		if (version !== VERSION)
			throw new Unreadable(
				`is a backup in format ${version}, and this version of Plenary reads format ${VERSION}`
			);
		const header = v.safeParse(headerSchema, value);
		if (!header.success) throw new Unreadable('is damaged: its first line cannot be read');
		for (const table of header.output.tables) {
			this.#counts[table.name] = 0;
			this.#widths.set(table.name, table.columns.length);
		}
		this.#hash.update(line).update('\n');
		this.#state = 'rows';
		return { kind: 'header', header: header.output };
	}

	#row({ table, row }: v.InferOutput<typeof rowSchema>, line: Uint8Array): Part {
		if (this.#widths.get(table) !== row.length)
			throw new Unreadable('is damaged: a row in it fits no table');
		this.#counts[table]! += 1;
		this.#hash.update(line).update('\n');
		return { kind: 'row', table, row };
	}

	#end({ counts, sha256 }: v.InferOutput<typeof endSchema>['end']): Part {
		const told = Object.entries(counts);
		const same =
			told.length === this.#widths.size &&
			told.every(([table, count]) => this.#counts[table] === count);
		if (!same) throw new Unreadable('is damaged: rows are missing or too many');
		if (sha256 !== this.#hash.digest('hex'))
			throw new Unreadable('is damaged: its checksum is another');
		this.#state = 'ended';
		return { kind: 'end', counts };
	}
}

function parse(line: Uint8Array): unknown {
	try {
		return JSON.parse(Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString());
	} catch {
		return undefined;
	}
}
