/** The product itself: store, engine, door and pages plugged together, served until it is told to stop. Holds no rule. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { wallClock } from '#io/clock';
import { clockProblem, startEngine } from '#io/engine';
import { openDoor, openPost } from '#io/fetch';
import { defaultDataFolder, EmbeddedFault, openStore, type Store } from '#io/store';
import type { StartOptions } from './cli/world.ts';
import type { Desk } from './web/ports.ts';
import { watchHealth } from './start/health.ts';
import { employ, openHands } from './start/intake/index.ts';
import { openLogbook } from './start/logbook.ts';
import { enterForSearch } from './start/indexing.ts';
import { plugDesk } from './start/plug.ts';
import { makeAlarm, makeProver } from './start/proving.ts';
import { makeForgetter } from './start/retention.ts';
import { makeTriageRounds } from './start/triage-rounds.ts';
import { seedExample } from './start/seed.ts';
import { signingOf } from './start/signing-settings.ts';
import { readTls, type Tls } from './start/tls.ts';

/** Built by scripts/build-web.ts at install: Node does not read JSX by itself. */
async function loadWeb(root: string): Promise<typeof import('./web/index.ts')> {
  const built = join(root, 'dist/web/index.js');
  if (!existsSync(built)) {
    const { buildWeb } = await import('../scripts/build-web.ts');
    await buildWeb();
  }
  return (await import(built)) as typeof import('./web/index.ts');
}
const complain = (text: string): number => {
  process.stderr.write(`${text}\n`);
  return 2;
};

export async function start(options: StartOptions, root: string): Promise<number> {
  const data = options.data === '' ? defaultDataFolder() : options.data;
  const busy = await portProblem(options.host, options.port);
  if (busy !== undefined) return complain(busy);
  const tls = options.tls && readTls(options.tls);
  if (tls && 'fault' in tls) return complain(tls.fault);
  let store: Store;
  try {
    const prefer = process.env['HUIYIN_PG'];
    store = await openStore({
      data,
      ...(process.env['DATABASE_URL'] ? { databaseUrl: process.env['DATABASE_URL'] } : {}),
      ...(prefer === 'system' || prefer === 'npm' ? { prefer } : {}),
      ...signingOf(process.env),
    });
  } catch (error) {
    if (error instanceof EmbeddedFault) return complain(`${error.message}. Mend: ${error.mend}`);
    throw error;
  }
  const hands = openHands();
  try {
    const behind = await clockProblem(store, wallClock);
    if (behind !== undefined) return complain(behind);
    employ(store.pool, hands);
    return await serve(options, root, data, store, tls);
  } finally {
    await hands.close();
    await store.close();
  }
}

async function serve(
  options: StartOptions,
  root: string,
  data: string,
  store: Store,
  tls: Tls | undefined,
): Promise<number> {
  const web = await loadWeb(root);
  const allowHosts = (process.env['HUIYIN_ALLOW_HOSTS'] ?? '').split(',').filter(h => h !== '');
  const contact = process.env['HUIYIN_CONTACT'] ?? `http://${options.host}:${options.port}/answers`;
  const door = openDoor({ contact, allowHosts, clock: wallClock });
  const post = openPost({ allowHosts });
  const plugged = plugDesk({
    store,
    clock: wallClock,
    root,
    door,
    post,
    allowHosts,
    wake: () => engine.wake(),
    onFault: error => report('collector', error),
  });
  const { desk, channelReader, collector, renew } = plugged;
  const logbook = openLogbook(
    process.env['HUIYIN_LOG'] === 'json',
    wallClock.now,
    text => void process.stderr.write(text),
  );
  const watching = watchHealth(store, wallClock.now, process.env['HUIYIN_METRICS_TOKEN']);
  const report = (id: string, error: unknown): void => {
    watching.metrics.count('huiyin_faults_total', { where: id === 'engine' || id === 'collector' ? id : 'page' });
    logbook.fault(id, error);
  };
  const prover = makeProver(store, post, says => logbook.say('error', says));
  const alarm = makeAlarm(store, says => logbook.say('error', says));
  const forget = makeForgetter(store);
  const triageRound = makeTriageRounds(store);
  const enter = enterForSearch(store);
  let readingChannels: Promise<void> | undefined;
  const readChannels = async (now: number): Promise<void> => {
    for (const { id, isExample } of await store.institutions()) {
      const tenant = isExample ? undefined : await store.tenant(id);
      if (tenant) await channelReader.readDue(tenant, now);
    }
  };
  const engine = startEngine({
    store,
    clock: wallClock,
    ...plugged.engine,
    // With a database of its own this is the only process; a shared one may have other workers.
    alone: !process.env['DATABASE_URL'],
    onFault: error => report('engine', error),
    onFired: fired => {
      watching.fired(fired);
      prover.fired(fired);
    },
    alsoDo: async now => {
      await plugged.timersRound(now);
      await prover.round(now);
      await alarm(now);
      await forget(now);
      await triageRound(now);
      await enter();
      await plugged.sourceAlarms(now);
      // A feed that hangs must not hold up timers and notices: beside the round, one at a time.
      readingChannels ??= readChannels(now)
        .catch((error: unknown) => report('collector', error))
        .finally(() => (readingChannels = undefined));
    },
  });
  const passwordFile = join(data, 'first-password.txt');
  if (!options.empty && (await store.institutions()).length === 0) {
    const secrets = { hash: web.hashPassword, oneTime: web.oneTimePassword };
    const first = await seedExample(desk, store, wallClock, root, secrets);
    mkdirSync(data, { recursive: true });
    writeFileSync(passwordFile, `${first.login} ${first.password}\n`, { mode: 0o600 });
  }
  for (const { id } of await store.institutions()) {
    const tenant = await store.tenant(id);
    if (tenant) await renew(tenant);
  }
  const app = web.makeApp(desk, {
    behindProxy: process.env['HUIYIN_PROXY'] === '1',
    paced: true,
    asset: name => readAsset(root, name),
    report,
    metrics: watching.read,
    answered: request => {
      watching.answered(request);
      logbook.request({ ...request, ms: Math.round(request.ms) });
    },
  });
  const listener = getRequestListener(app.fetch);
  const handle = (request: Parameters<typeof listener>[0], response: Parameters<typeof listener>[1]): void =>
    void listener(request, response);
  // An idle line is kept longer than a proxy in front keeps it (a minute), or now and then one is reused just as it is closed.
  const patience = { requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 75_000 };
  const server = tls ? createTlsServer({ ...tls, ...patience }, handle) : createServer(patience, handle);
  const failed = await new Promise<string | undefined>(done => {
    server.once('error', (error: NodeJS.ErrnoException) => done(listenProblem(error, options.host, options.port)));
    server.listen(options.port, options.host, () => done(undefined));
  });
  if (failed !== undefined) {
    await collector.stop();
    await engine.stop();
    return complain(failed);
  }
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  await sayFirstPassword(desk, passwordFile);
  collector.run();
  // Before the word is out: whoever reads it may tell us to stop in the same moment.
  const told = new Promise<void>(done => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
  });
  process.stdout.write(
    `ready ${options.tls ? 'https' : 'http'}://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}\n`,
  );
  await told;
  // Nothing new is taken; what is being done is finished; then the database stops.
  const closed = new Promise<void>(done => server.close(() => done()));
  server.closeIdleConnections();
  const impatient = setTimeout(() => server.closeAllConnections(), 3_000);
  await closed;
  clearTimeout(impatient);
  await collector.stop();
  await engine.stop();
  await readingChannels;
  return 0;
}

/** As long as the first administrator has not changed it, the one-time password is said at every start. */
async function sayFirstPassword(desk: Desk, file: string): Promise<void> {
  if (!existsSync(file)) return;
  const [login = '', password = ''] = readFileSync(file, 'utf8').trim().split(' ');
  const person = await desk.people.byLogin(login);
  if (person?.mustChange) process.stderr.write(`administrator: ${login}   one-time password: ${password}\n`);
  else rmSync(file, { force: true });
}

function readAsset(root: string, name: string): Uint8Array | undefined {
  const file = join(root, 'dist/web/assets', name);
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** A port in use is known before a database is started. */
async function portProblem(host: string, port: number): Promise<string | undefined> {
  const probe = createServer();
  const problem = await new Promise<string | undefined>(done => {
    probe.once('error', (error: NodeJS.ErrnoException) => done(listenProblem(error, host, port)));
    probe.listen(port, host, () => done(undefined));
  });
  await new Promise<void>(done => (probe.listening ? probe.close(() => done()) : done()));
  return problem;
}
const listenProblem = (error: NodeJS.ErrnoException, host: string, port: number): string =>
  error.code === 'EADDRINUSE'
    ? `port ${port} on ${host} is in use. Mend: stop what uses it, or choose another with --port or HUIYIN_PORT`
    : error.code === 'EACCES'
      ? `port ${port} may not be opened by this account. Mend: choose one above 1023 with --port`
      : `${host}:${port} cannot be listened on: ${error.message}`;
