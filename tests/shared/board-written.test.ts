/** A field and its text: what is typed here, by an input method too, while others write into it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { editText } from '#shared/doc/notebook.ts';
import { written } from '../../src/lib/board/written.ts';

/** An input as far as a text is tied to it. */
class Field extends EventTarget {
	value = '';
	selectionStart = 0;
	selectionEnd = 0;
	/** How often something was put under the hands of who types. */
	replaced = 0;

	setSelectionRange(start: number, end: number): void {
		[this.selectionStart, this.selectionEnd] = [start, end];
	}
	tell(type: string): void {
		this.dispatchEvent(new Event(type));
	}
	/** What stands there after the next stroke; the caret is where `|` is, or at its end. */
	becomes(shown: string): void {
		const caret = shown.includes('|') ? shown.indexOf('|') : shown.length;
		this.value = shown.replace('|', '');
		this.setSelectionRange(caret, caret);
		this.tell('input');
	}
	get shown(): string {
		return `${this.value.slice(0, this.selectionStart)}|${this.value.slice(this.selectionStart)}`;
	}
}

let doc: Y.Doc;
let text: Y.Text;
let other: Y.Doc;
let field: Field;
let untie: () => void;
let again: () => void;

const inStep = () => {
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)));
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)));
};
/** Somebody else makes the same text say this. */
const elsewhere = (words: string) => {
	inStep();
	editText(other.getText('title'), words);
	inStep();
};
const said = () => text.toString();

function tie(
	words: string,
	{ from = () => text as Y.Text | null, begin = (() => {}) as (words: string) => void } = {}
) {
	doc = new Y.Doc();
	text = doc.getText('title');
	if (words) text.insert(0, words);
	other = new Y.Doc();
	inStep();
	field = new Field();
	Object.assign(globalThis.document, { activeElement: field });
	const attach = written(() => from(), begin);
	const run = () => (untie = attach(field as unknown as HTMLInputElement) as () => void);
	// As Svelte does it, whenever anything of the board that was asked for is otherwise.
	again = () => {
		untie();
		run();
	};
	run();
}
beforeEach(() => {
	Object.defineProperty(globalThis, 'document', { value: {}, configurable: true });
});
afterEach(() => {
	untie();
	Reflect.deleteProperty(globalThis, 'document');
});

test('CL47 what comes from elsewhere while an input method composes is there, and stays', () => {
	tie('Money');
	field.tell('compositionstart');
	field.becomes('Money a');
	elsewhere('Too little Money a');
	expect(field.shown).toBe('Money a|');
	field.becomes('Money and');
	expect(said()).toBe('Too little Money and');
	field.tell('compositionend');
	expect(said()).toBe('Too little Money and');
	expect(field.shown).toBe('Too little Money and|');
	field.becomes('Too little Money and time');
	expect(said()).toBe('Too little Money and time');
});

test('CL47 wherever it comes, and however often, what is composed stays in one piece', () => {
	tie('Money is short');
	field.tell('compositionstart');
	field.becomes('Money a| is short');
	elsewhere('Money a is too short');
	field.becomes('Money an| is short');
	elsewhere('All Money an is too short');
	elsewhere('All Money an is too short, ever');
	field.becomes('Money and| is short');
	expect(said()).toBe('All Money and is too short, ever');
	field.becomes('Money & time| is short');
	field.tell('compositionend');
	expect(said()).toBe('All Money & time is too short, ever');
	expect(field.shown).toBe('All Money & time| is too short, ever');
});

test('CL47 what is written at the very caret does not come between the letters of a word', () => {
	tie('Money');
	field.tell('compositionstart');
	field.becomes('Money a');
	elsewhere('Money a, mostly');
	for (const shown of ['Money an', 'Money and']) field.becomes(shown);
	field.tell('compositionend');
	expect(said()).toBe('Money and, mostly');
	expect(field.shown).toBe('Money and|, mostly');
});

test('CL47 what was taken out elsewhere stays out, also where it is composed over', () => {
	tie('no time and no money');
	field.tell('compositionstart');
	field.becomes('no time and no monk');
	elsewhere('no monk');
	field.becomes('no time and no monkeys');
	field.tell('compositionend');
	expect(said()).toBe('no monkeys');
	expect(field.shown).toBe('no monkeys|');
});

test('CL47 nor is it lost where the field is tied anew at each change, as the board does', () => {
	tie('Money');
	field.tell('compositionstart');
	field.becomes('Money a');
	again();
	elsewhere('Too little Money a');
	again();
	expect(field.shown).toBe('Money a|');
	field.becomes('Money and');
	again();
	field.tell('compositionend');
	expect([said(), field.shown]).toEqual(['Too little Money and', 'Too little Money and|']);
});

test('CL47 the first letter of a text that is not there yet may be composed as well', () => {
	let there: Y.Text | null = null;
	const begun: string[] = [];
	tie('', {
		from: () => there,
		begin: (words) => {
			begun.push(words);
			editText(text, words);
			there = text;
		}
	});
	field.tell('compositionstart');
	field.becomes('M');
	again();
	elsewhere('M and time');
	field.becomes('Money');
	field.tell('compositionend');
	expect(begun).toEqual(['M']);
	expect([said(), field.shown]).toEqual(['Money and time', 'Money| and time']);
});

test('CL47 without an input method it comes in at once, and the caret stays with its word', () => {
	tie('Money');
	field.becomes('Money a');
	elsewhere('Too little Money a');
	expect(field.shown).toBe('Too little Money a|');
	field.becomes('Too little Money and');
	expect(said()).toBe('Too little Money and');
});

test('CL47 another text takes the place of one that is composed into, and gets nothing of it', () => {
	tie('Money');
	field.tell('compositionstart');
	field.becomes('Money a');
	elsewhere('Too little Money a');
	const before = text;
	text = new Y.Doc().getText('title');
	text.insert(0, 'Time');
	again();
	expect(field.value).toBe('Time');
	field.becomes('Timely');
	field.tell('compositionend');
	expect([before.toString(), said()]).toEqual(['Too little Money a', 'Timely']);
});
