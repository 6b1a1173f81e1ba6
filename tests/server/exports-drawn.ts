/** Boards set and drawn as files are, without the worker around it. */
import { expect } from 'vitest';
import { boardDocument, PNG_WIDTH } from '#server/exports/board-document.ts';
import { createTypesetter } from '#server/exports/typesetter.ts';
import { wordsIn } from '#server/exports/words.ts';
import { infoOf, NOW, wordsOf, workshop } from './exports-workshop.ts';

export const typesetter = createTypesetter();

type Told = Parameters<typeof workshop>[0];
type Chosen = Partial<Parameters<typeof boardDocument>[4]>;

export function documentOf(told: Told, chosen: Chosen = {}) {
	const input = workshop(told);
	const words = wordsIn(input.workshop.language);
	return boardDocument(input, input.boards[0]!, words, NOW, {
		layout: 'wall',
		picture: 'board',
		...chosen
	})!;
}
export function pdfOf(told: Told, chosen?: Chosen): Uint8Array {
	const { template, data } = documentOf(told, chosen);
	const { bytes, accessible } = typesetter.pdf(template, data, NOW / 1000);
	expect(accessible).toBe(true);
	return bytes;
}
export function svgOf(told: Told, chosen?: Chosen): string {
	const { template, data } = documentOf(told, chosen);
	return typesetter.svg(template, data);
}
export async function pngOf(told: Told, chosen?: Chosen) {
	const { template, data } = documentOf(told, chosen);
	return headOf(await typesetter.png(template, data, PNG_WIDTH));
}
/** A PNG's size; its bytes are looked at by another program elsewhere. */
export function headOf(png: Uint8Array) {
	expect([...png.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
	const head = new DataView(png.buffer, png.byteOffset);
	return { width: head.getUint32(16), height: head.getUint32(20), png };
}

export const sizeOf = (pdf: Uint8Array) =>
	/Page size:\s+([\d.]+) x ([\d.]+)/.exec(infoOf(pdf))!.slice(1, 3).map(Number) as [number, number];
export const pagesOf = (pdf: Uint8Array) => Number(/Pages:\s+(\d+)/.exec(infoOf(pdf))![1]);
export const pageOf = (pdf: Uint8Array, page: number) =>
	wordsOf(pdf, '-f', String(page), '-l', String(page));
