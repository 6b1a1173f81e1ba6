/**
 * The process: the composition root, and the only file that reads the environment. It opens the
 * database, builds the app, puts it on one port, and takes all of it down again at any signal.
 */
import { nanoid } from 'nanoid';
import { pino } from 'pino';
import { realClock } from '#shared/clock.ts';
import { addressesOf } from './addresses.ts';
import { writeBackup } from './backup/write-backup.ts';
import { createAdmin } from './cli/admin.ts';
import { openLocalSocket } from './cli/local-socket.ts';
import { readConfig } from './config.ts';
import { prepareFolder } from './data-folder.ts';
import { createDeparture } from './departure.ts';
import { openDatabase } from './db/connect.ts';
import { FolderLost } from './db/folder-lock.ts';
import { migrate } from './db/migrate.ts';
import { createApp } from './create-app.ts';
import { createHttp } from './http.ts';
import { builtKit, developmentKit, isBuilt } from './kit.ts';
import { createLog } from './log.ts';

const development = process.argv.includes('--dev');
const log = createLog(pino.destination(2));

function giveUp(sentences: string[]): never {
	console.error(sentences.join('\n'));
	process.exit(1);
}

const read = readConfig(process.env);
if ('wrong' in read) giveUp(read.wrong);
const { config } = read;
if (!development && !isBuilt()) giveUp(['There is no build yet. Run: npm start']);

const departure = createDeparture({
	clock: realClock,
	log,
	exit: (code) => process.exit(code)
});
const { leave, opened, orLeave } = departure;
// Before anything is opened: a server that is just starting is stopped as well.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
	process.on(signal, () => leave(signal, 0));
// Started by `npm start`: when that one is gone, killed perhaps, nobody else would stop us.
process.on('disconnect', () => leave('nobody is there who started it', 0));
// What goes wrong in one request, socket or room is caught there. Whatever comes to here nobody
// foresaw, and what is in memory may be anything: what was taken before is committed, and whoever
// runs the server starts it again.
process.on('uncaughtException', (error) => {
	log.error({ err: error }, 'nobody foresaw this: the server stops');
	if (error instanceof FolderLost) process.exit(1);
	leave('a fault', 1);
});
if (process.send && !process.connected) leave('nobody is there who started it', 0);

const folder = prepareFolder(config.dataDir);
if (folder) giveUp([folder.unavailable]);
const database = await openDatabase({ ...config, log });
if ('unavailable' in database) giveUp([database.unavailable]);
const { db, erasing } = database;
opened('the database', database.close);
await orLeave();
const old = await migrate(db);
if (old) giveUp([old.unavailable]);
await orLeave();

const app = createApp({ database: db, erasing, clock: realClock, ids: nanoid, log, config });
// Before anybody can see that the server runs: the command line asks it from then on.
const [home] = addressesOf(config.port, config.host, config.origin);
const admin = createAdmin(app.accounts, home!, (out) =>
	writeBackup(db, out, { now: realClock.now() })
);
const local = await openLocalSocket(config.dataDir, admin, log);
opened('the command line', local.close);
await orLeave();
const http = await createHttp({
	app,
	development,
	kit: (server) => (development ? developmentKit(server) : builtKit())
});
opened('the sockets and their rooms', http.stop);
await app.resume();
await orLeave();
const listening = await http.listen();
if ('unavailable' in listening) {
	local.close();
	await database.close();
	giveUp([listening.unavailable]);
}
const addresses = addressesOf(listening.port, config.host, config.origin);

const started = performance.now();
app.gauge('uptime_seconds', () => Math.round((performance.now() - started) / 1000));
app.gauge('memory_bytes', () => process.memoryUsage.rss());
app.gauge('heap_bytes', () => process.memoryUsage().heapUsed);

console.log(`Plenary is here: ${addresses[0]}`);
for (const address of addresses.slice(1)) console.log(`From other devices: ${address}`);
const first = await app.accounts.firstInvite();
if (first)
	console.log(
		`There is no account yet. Make the first one within a day: ${addresses[0]}/invite/${first}`
	);
departure.started();
