/**
 * A device with passkeys, in software: it makes ES256 keys and signs what a site asks, as WebAuthn
 * says. It also does what no honest device does, where a test asks for it.
 */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

interface Key {
	id: string;
	privateKey: KeyObject;
	userHandle: string;
	rpId: string;
	counter: number;
}

interface Asked {
	challenge: string;
	rpId?: string;
	rp?: { id?: string };
	user?: { id: string };
}

/** What differs from what an honest device would do. */
interface Lie {
	origin?: string;
	challenge?: string;
	rpId?: string;
	counter?: number;
	/** Signs for this key's id, with its own key. */
	as?: Key;
	userHandle?: string;
}

export class Authenticator {
	readonly #origin: string;

	constructor(origin: string) {
		this.#origin = origin;
	}

	/** `navigator.credentials.create`, and the key that was made. */
	create(asked: Asked, lie: Lie = {}) {
		const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		const { x, y } = publicKey.export({ format: 'jwk' });
		const id = randomBytes(32);
		const rpId = asked.rp?.id ?? '';
		const cose = cbor(
			new Map<number, number | Buffer>([
				[1, 2], // an elliptic curve
				[3, -7], // ES256
				[-1, 1], // P-256
				[-2, Buffer.from(String(x), 'base64url')],
				[-3, Buffer.from(String(y), 'base64url')]
			])
		);
		const key: Key = {
			id: id.toString('base64url'),
			privateKey,
			userHandle: asked.user?.id ?? '',
			rpId,
			counter: 1
		};
		const length = Buffer.alloc(2);
		length.writeUInt16BE(id.length);
		const attested = Buffer.concat([Buffer.alloc(16), length, id, cose]);
		const authData = Buffer.concat([head(lie.rpId ?? rpId, 0x45, lie.counter ?? 1), attested]);
		const attestation = new Map<string, Value>([
			['fmt', 'none'],
			['attStmt', new Map()],
			['authData', authData]
		]);
		return {
			key,
			response: this.#answer(key, {
				clientDataJSON: this.#clientData('webauthn.create', asked, lie),
				attestationObject: cbor(attestation).toString('base64url'),
				transports: ['internal']
			})
		};
	}

	/** `navigator.credentials.get`, with one of its keys; it counts each use. */
	get(asked: Asked, key: Key, lie: Lie = {}) {
		const counter = lie.counter ?? ++key.counter;
		const authData = head(lie.rpId ?? asked.rpId ?? '', 0x05, counter);
		const clientDataJSON = this.#clientData('webauthn.get', asked, lie);
		const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
		return this.#answer(lie.as ?? key, {
			clientDataJSON,
			authenticatorData: authData.toString('base64url'),
			signature: sign('sha256', signed, key.privateKey).toString('base64url'),
			userHandle: lie.userHandle ?? (lie.as ?? key).userHandle
		});
	}

	#answer<R>({ id }: Key, response: R) {
		return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
	}

	#clientData(type: string, asked: Asked, lie: Lie): string {
		const { challenge = asked.challenge, origin = this.#origin } = lie;
		const data = JSON.stringify({ type, challenge, origin, crossOrigin: false });
		return Buffer.from(data).toString('base64url');
	}
}

const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest();

/** Flags: 0x01 somebody was there, 0x04 it was them, 0x40 a key follows. */
function head(rpId: string, flags: number, counter: number): Buffer {
	const counted = Buffer.alloc(4);
	counted.writeUInt32BE(counter);
	return Buffer.concat([sha256(rpId), Buffer.from([flags]), counted]);
}

type Value = number | string | Buffer | Map<string, Value> | Map<number, number | Buffer>;

/** As much of CBOR (RFC 8949) as a passkey is written in. */
function cbor(value: Value): Buffer {
	if (typeof value === 'number') return value < 0 ? start(1, -1 - value) : start(0, value);
	if (typeof value === 'string')
		return Buffer.concat([start(3, Buffer.byteLength(value)), Buffer.from(value)]);
	if (Buffer.isBuffer(value)) return Buffer.concat([start(2, value.length), value]);
	const pairs = [...value.entries()].flatMap(([key, one]) => [cbor(key), cbor(one)]);
	return Buffer.concat([start(5, value.size), ...pairs]);
}

function start(kind: number, count: number): Buffer {
	if (count < 24) return Buffer.from([(kind << 5) | count]);
	if (count < 256) return Buffer.from([(kind << 5) | 24, count]);
	return Buffer.from([(kind << 5) | 25, count >> 8, count & 0xff]);
}
