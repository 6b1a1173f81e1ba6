/** A moment's lay as it is stored: JSON, compressed beside the loop. */
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { MomentLay } from '#shared/history.ts';

const deflated = promisify(deflateRaw);
const inflated = promisify(inflateRaw);

export const pack = (lay: MomentLay): Promise<Uint8Array> => deflated(JSON.stringify(lay));

export async function unpack(bytes: Uint8Array): Promise<MomentLay> {
	return JSON.parse((await inflated(bytes)).toString()) as MomentLay;
}

/** Whether both say the same; what stands in them is sorted. */
export const isSameLay = (lay: MomentLay, other: MomentLay): boolean =>
	JSON.stringify(lay) === JSON.stringify(other);
