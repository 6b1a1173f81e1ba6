/**
 * Passkeys in the browser: the server gives a challenge, the device signs it, the server judges the
 * answer. Every way that it can end is a sentence for the person, or none where it went well.
 */
import {
	browserSupportsWebAuthn,
	startAuthentication,
	startRegistration,
	WebAuthnError,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON
} from '@simplewebauthn/browser';
import { m } from '$lib/paraglide/messages.js';

type Support = 'offered' | 'insecure' | 'unsupported';

/** Whether this page can offer passkeys: they are bound to a name, and to HTTPS (or this machine). */
export function passkeySupport(): Support {
	const isAddress = /^[\d.]+$|^\[/.test(location.hostname);
	if (!isSecureContext || isAddress) return 'insecure';
	return browserSupportsWebAuthn() ? 'offered' : 'unsupported';
}

/** Makes a passkey on this device. Answers what went wrong, in a sentence; null where nothing did. */
export const addPasskey = (label: string): Promise<string | null> =>
	inWords(async () => {
		const path = '/account/passkeys';
		const optionsJSON = await ask<PublicKeyCredentialCreationOptionsJSON>(path, { step: 'begin' });
		const response = await startRegistration({ optionsJSON });
		await ask(path, { step: 'finish', label, response });
	});

/** Logs in with a passkey, and goes where the page was to lead. */
export const logInWithPasskey = (): Promise<string | null> =>
	inWords(async () => {
		const path = `/login/passkey${location.search}`;
		const optionsJSON = await ask<PublicKeyCredentialRequestOptionsJSON>(path, { step: 'begin' });
		const response = await startAuthentication({ optionsJSON });
		const { goal } = await ask<{ goal: string }>(path, { step: 'finish', response });
		location.assign(goal);
	});

class Refused extends Error {}

async function ask<T>(path: string, body: object): Promise<T> {
	const response = await fetch(path, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body)
	});
	const answer = (await response.json()) as T & { error?: { message: string } };
	if (!response.ok) throw new Refused(answer.error?.message);
	return answer;
}

async function inWords(deed: () => Promise<void>): Promise<string | null> {
	try {
		await deed();
		return null;
	} catch (error) {
		if (error instanceof Refused && error.message) return error.message;
		if (error instanceof WebAuthnError)
			return error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
				? m.account_passkey_known()
				: m.account_passkey_cancelled();
		// Closed by the person, or too late: browsers tell neither from the other.
		if (error instanceof Error && error.name === 'NotAllowedError')
			return m.account_passkey_cancelled();
		return m.account_passkey_failed();
	}
}
