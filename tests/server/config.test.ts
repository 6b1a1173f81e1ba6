import { describe, expect, test } from 'vitest';
import { readConfig } from '#server/config.ts';

const wrong = (environment: Record<string, string>) => {
	const read = readConfig(environment);
	return 'wrong' in read ? read.wrong : [];
};

describe('the environment', () => {
	test('CF1 nothing set is a server on port 3000 with the embedded database', () => {
		const read = readConfig({});
		expect(read).toMatchObject({
			config: { port: 3000, databaseUrl: undefined, origin: '', registration: 'closed' }
		});
	});

	test.each([
		['PORT', 'eighty', 'a number from 0 to 65535'],
		['PORT', '70000', 'a number from 0 to 65535'],
		['DATABASE_URL', 'mysql://somewhere', 'postgres://'],
		['ORIGIN', 'plenary.example', 'https://plenary.example'],
		['ORIGIN', 'https://plenary.example/room', 'without a path'],
		['ORIGIN', 'ftp://plenary.example', 'https://plenary.example'],
		['REGISTRATION', 'everyone', 'closed, invite or open'],
		['METRICS', 'yes', 'on or off'],
		['TRUST_PROXY', '1', 'on or off']
	])('CF1 %s=%s is refused', (name, value, allowed) => {
		const [sentence, ...more] = wrong({ [name]: value });
		expect(more).toEqual([]);
		expect(sentence).toContain(name);
		expect(sentence).toContain(allowed);
	});

	test('CF1 every wrong variable gets its own sentence, and no password is repeated', () => {
		const sentences = wrong({ PORT: '-1', DATABASE_URL: 'postgrs://ada:secret@host/db' });
		expect(sentences).toHaveLength(2);
		expect(sentences.join()).not.toContain('secret');
	});

	test('CF1 an origin is kept as a browser sends it', () => {
		expect(readConfig({ ORIGIN: 'https://Plenary.Example:443/' })).toMatchObject({
			config: { origin: 'https://plenary.example' }
		});
	});

	test('CF2 several nodes are not there yet, and it says so', () => {
		expect(wrong({ REDIS_URL: 'redis://localhost' })[0]).toMatch(/several nodes are not there yet/);
	});
});
