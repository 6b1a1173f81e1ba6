import { expect, test } from 'vitest';
import { addressForOthers } from '#server/addresses.ts';

const networks = () => ['192.168.0.7', '10.0.0.3'];
const told = (asked: string, config: { origin?: string; host?: string } = {}, found = networks) =>
	addressForOthers(new URL(asked), { origin: '', host: undefined, ...config }, found);

test('SC43 where only this machine knows the name that was asked for, others are told its address in the network', () => {
	for (const name of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])
		expect(told(`http://${name}:3000/workshops/a`)).toBe('http://192.168.0.7:3000');
	expect(told('http://localhost/')).toBe('http://192.168.0.7');
});

test('SC43 any other name is told as it is, and so is what was configured', () => {
	for (const origin of [
		'http://192.168.0.9:3000',
		'https://plenary.example',
		'http://localhost.example'
	])
		expect(told(`${origin}/workshops/a`)).toBe(origin);
	expect(told('http://localhost:3000/', { origin: 'https://plenary.example' })).toBe(
		'https://plenary.example'
	);
});

test('SC43 a machine in no network, or that listens to itself alone, tells the name that it has', () => {
	expect(told('http://localhost:3000/', {}, () => [])).toBe('http://localhost:3000');
	expect(told('http://localhost:3000/', { host: 'localhost' })).toBe('http://localhost:3000');
});
