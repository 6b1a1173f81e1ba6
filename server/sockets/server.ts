/**
 * Socket.IO: who connects, what they hear first, and commands. `handle` is the one way in:
 * validate → authorise → run → acknowledge. Commands are authorised where they run, as the API
 * gives the same ones.
 */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { WebSocketServer, type ServerOptions } from 'ws';
import * as v from 'valibot';
import { envelopeSchema, type Envelope } from '#shared/facilitation/commands.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import { handshakeSchema, type Outcome } from '#shared/wire/events.ts';
import type { Credentials, Plenary } from '../app.ts';
import { holderOf } from '#server/doors/access.ts';
import { Budget } from '../budget.ts';
import { addressesOf, type OneSocket, type Sockets } from './addresses.ts';
import { createAuthorNames } from './authors.ts';
import { createFacilitators } from './facilitators.ts';
import type { Revalidation } from '#server/doors/revalidation.ts';
import { createMessenger } from './messenger.ts';
import { watchOwed, type Engine } from './owed.ts';
import { createRoster } from './roster.ts';
import { createReactionNews } from './reactions.ts';
import { createSoon } from './soon.ts';
import { createScreenNews } from './screens.ts';
import { createSeats } from './seats.ts';
import { createTables } from './tables.ts';
import { createVoteNews } from './votes.ts';
import { createWelcome } from './welcome.ts';

/** The longest command is a card's comment or an agenda; nothing comes near. */
const LONGEST = 64 * 1024;
/** Whoever has not said who they are within this is let go of; and so who does not answer our goodbye. */
const FIRST_WORDS = 7000;
const GOODBYE = 2000;
/** Sockets of one person: every tab and device of theirs, and none for a flood. */
const SOCKETS_A_PERSON = 20;
/** Commands of one socket; who gives more is told to wait. */
const COMMANDS = { most: 200, perSecond: 50 };
/** Whatever else comes over one connection; who sends more is no client of ours, and is let go. */
const PACKETS = { most: 2000, perSecond: 200 };

/** In ms: with a database that does not answer, nobody is told, and what is in the rooms is more. */
const LAST_NEWS = 1000;

export interface SocketServer {
	/** Tells everyone that the server leaves, and closes. */
	stop(): Promise<void>;
}

export function createSockets(
	http: HttpServer,
	app: Plenary,
	deps: { addressOf: (request: IncomingMessage) => string; revalidation: Revalidation }
): SocketServer {
	const { addressOf, revalidation } = deps;
	const io: Sockets = new Server(http, {
		path: '/socket.io',
		serveClient: false,
		pingInterval: 5000,
		pingTimeout: 10_000,
		maxHttpBufferSize: LONGEST,
		connectTimeout: FIRST_WORDS,
		wsEngine: Impatient,
		destroyUpgrade: false,
		// A polling request that only reads is not authenticated by being sent: another site cannot
		// read the answer, and what acts has an Origin.
		allowRequest: ({ headers, method }, answer) =>
			answer(
				null,
				app.mayKnock({
					origin: headers.origin ?? null,
					host: headers.host ?? null,
					cookies: headers.cookie ?? '',
					token: null,
					acts: method !== 'GET' || headers.upgrade !== undefined
				})
			)
	});
	/** What is being looked up for somebody: a server that stops waits for it, before its database goes. */
	const telling = new Set<Promise<void>>();
	const track = (told: Promise<void>) => {
		telling.add(told);
		void told.finally(() => telling.delete(told));
	};
	const soon = createSoon(app.clock, track, (error, key) => app.fault(error, `not told: ${key}`));
	const roster = createRoster(io, app, soon);
	const authors = createAuthorNames(io, app, soon);
	const seats = createSeats(app);
	const facilitators = createFacilitators(io, app, soon);
	const reactions = createReactionNews(io, app, soon);
	const tables = createTables(io, app, soon);
	const votes = createVoteNews(io, app, soon);
	const screens = createScreenNews(io, app, soon);
	const heard = { facilitators, screens, roster, authors, seats, reactions, votes, tables };
	const welcome = createWelcome(app, heard);
	const pass = createMessenger(io, app, { ...heard, welcome, soon });
	const deaf = app.news.listen((item) => track(pass(item)));
	const open = new Map<string, number>();
	let dropped = 0;
	app.gauge('sockets', () => io.engine.clientsCount);
	app.gauge('sockets_dropped_slow', () => dropped + app.rooms.dropped());
	io.engine.on('connection', (connection: Engine) => {
		const packets = new Budget(PACKETS.most, PACKETS.perSecond, app.clock.now());
		connection.on('packet', () => {
			if (!packets.take(app.clock.now())) connection.close();
		});
		watchOwed(connection, app.clock, () => (dropped += 1));
	});

	io.use((socket, next) => {
		letIn(socket).then(
			(refusal) => next(refusal === null ? undefined : connectError(refusal)),
			(error: unknown) => {
				app.fault(error, 'a socket could not be let in');
				next(connectError('try-again'));
			}
		);
	});

	async function letIn(socket: OneSocket): Promise<RefusalReason | null> {
		const handshake = v.safeParse(handshakeSchema, socket.handshake.auth);
		if (!handshake.success) return 'malformed';
		const { workshop } = handshake.output;
		const who = await app.workshops.who(workshop, credentialsOf(socket, handshake.output));
		if (who.role === 'visitor') return 'unauthenticated';
		const person = `${workshop}/${holderOf(who)}`;
		if (who.role !== 'screen' && (open.get(person) ?? 0) >= SOCKETS_A_PERSON)
			return 'too-many-tries';
		socket.data = {
			workshop,
			who: who.role === 'screen' ? { ...who, socket: socket.id } : who
		};
		return null;
	}

	const credentialsOf = (
		{ request, handshake: { headers } }: OneSocket,
		{ token, screen, as }: v.InferOutput<typeof handshakeSchema>
	): Credentials => ({
		cookies: headers.cookie ?? '',
		token: token ?? bearer(headers.authorization),
		screen: screen ?? null,
		address: addressOf(request),
		as
	});

	io.on('connection', (socket) => {
		const forget = watch(socket);
		const person = `${socket.data.workshop}/${holderOf(socket.data.who)}`;
		open.set(person, (open.get(person) ?? 0) + 1);
		void socket.join(addressesOf(socket.data));
		roster.came(socket);
		facilitators.came(socket);
		screens.came(socket);
		socket.on('disconnect', () => {
			const left = (open.get(person) ?? 1) - 1;
			if (left > 0) open.set(person, left);
			else open.delete(person);
			forget();
			roster.left(socket);
			facilitators.left(socket);
			screens.left(socket);
		});
		const { workshop, who } = socket.data;
		socket.on(
			'command',
			handle(app, (envelope) => app.workshops.run(workshop, who, envelope))
		);
		socket.on('clock', (ack: unknown) => {
			if (typeof ack === 'function') ack(app.clock.now());
		});
		const told = welcome.tell(socket).catch((error: unknown) => {
			// It would stand there with half of what it must know: it comes again and asks anew.
			app.fault(error, 'a socket was not told where the room is');
			socket.conn.close();
		});
		track(told);
	});

	/** Asks it again who it is, and lets it go where it is somebody else by then. */
	function watch(socket: OneSocket): () => void {
		const { workshop, who } = socket.data;
		const said = v.parse(handshakeSchema, socket.handshake.auth); // read before: see `letIn`
		return revalidation.watch({
			workshop,
			who,
			credentials: credentialsOf(socket, said),
			end() {
				socket.emit('access:ended');
				socket.disconnect(true);
			}
		});
	}

	return {
		async stop() {
			deaf();
			soon.stop();
			io.emit('server:leaving');
			// The connection, not the socket: dismissed by name, a client would not come back by itself.
			for (const socket of io.sockets.sockets.values()) socket.conn.close();
			const given = new Promise<void>((resolve) => app.clock.after(LAST_NEWS, resolve));
			await Promise.race([Promise.allSettled(telling), given]);
		}
	};
}

/** Validates what came in before anyone sees it, and always answers, unless nobody asked to be. */
function handle(app: Plenary, run: (envelope: Envelope) => Promise<Outcome>) {
	const commands = new Budget(COMMANDS.most, COMMANDS.perSecond, app.clock.now());
	return (sent: unknown, ack: unknown): void => {
		const answer = (outcome: Outcome) => typeof ack === 'function' && ack(outcome);
		if (!commands.take(app.clock.now()))
			return void answer({ ok: false, refusal: 'too-many-tries' });
		const envelope = v.safeParse(envelopeSchema, sent);
		if (!envelope.success) return void answer({ ok: false, refusal: 'malformed' });
		void run(envelope.output as Envelope).then(answer);
	};
}

/** As Socket.IO would make it, but for how long it waits for a peer's goodbye. */
class Impatient extends WebSocketServer {
	constructor(settings: ServerOptions) {
		super(Object.assign(settings, { closeTimeout: GOODBYE })); // known to `ws`, and not to its types
	}
}

/** What a client reads as `error.data.refusal` of `connect_error`. */
const connectError = (refusal: RefusalReason): Error =>
	Object.assign(new Error(refusal), { data: { refusal } });

const bearer = (header: string | undefined): string | null =>
	header?.startsWith('Bearer ') ? header.slice('Bearer '.length).trim() : null;
