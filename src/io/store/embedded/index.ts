/**
 * Starts, adopts and stops a local PostgreSQL server in the data folder, and hands back its address. Unix socket in a
 * folder only the server's account opens, no TCP, no password. The server outlives a killed parent; the next start adopts it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { sleep } from '../../clock/index.ts';
import { type Account, canReach, giveTo, serverAccount } from './account.ts';
import { EmbeddedFault } from './fault.ts';
import { lockFolder } from './lock.ts';
import { findPrograms, type Preference, type Programs } from './programs.ts';

export { EmbeddedFault } from './fault.ts';

export interface EmbeddedServer {
  /** Connection settings for `pg`: the folder of the socket stands for the host. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    readonly user: string;
  };
  readonly major: number;
  readonly adopted: boolean;
  /** Stops the server gracefully and frees the folder. */
  readonly stop: () => Promise<void>;
}
export interface EmbeddedOptions {
  readonly data: string;
  readonly prefer?: Preference;
}
const PORT = 5432;
const OWNER = 'huiyin_owner';
const START_WAIT_MS = 30_000;
const LOOK_EVERY_MS = 1_000;
/** sun_path holds 108 bytes; the socket's own name takes 16 of them. */
const LONGEST_SOCKET_FOLDER = 88;

export async function startEmbedded({ data, prefer }: EmbeddedOptions): Promise<EmbeddedServer> {
  const account = serverAccount();
  makeFolder(data, account);
  const unlock = lockFolder(data);
  try {
    const cluster = join(data, 'postgres');
    const existing = existsSync(join(cluster, 'PG_VERSION'))
      ? Number(readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim())
      : undefined;
    const programs = findPrograms(data, account, prefer, existing);
    const sockets = socketFolder(data, account);
    const connection = { host: sockets, port: PORT, database: 'postgres', user: OWNER };
    if (existing === undefined) initialise(programs, cluster, account);
    const adopted = existing !== undefined && isAlive(cluster) !== undefined && (await answers(connection));
    if (!adopted) await launch(programs, cluster, sockets, account, connection, join(data, 'postgres.log'));
    await ensureDatabase(connection);
    const keeper = keepAlive(cluster, () =>
      launch(programs, cluster, sockets, account, connection, join(data, 'postgres.log')),
    );
    return {
      connection: { ...connection, database: 'huiyin' },
      major: programs.major,
      adopted,
      stop: async () => {
        await keeper.stop();
        await stopServer(cluster);
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Starts the server again when it is gone while we are here: a killed database must not wait for somebody to notice. */
function keepAlive(cluster: string, start: () => Promise<void>): { readonly stop: () => Promise<void> } {
  let stopping = false;
  let starting = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (stopping || busy || isAlive(cluster) !== undefined) return;
    busy = true;
    // A start that fails (a full disk) is tried again at the next look; the log of the server says why.
    starting = start()
      .catch(() => undefined)
      .finally(() => (busy = false));
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      stopping = true;
      clearInterval(timer);
      await starting;
    },
  };
}
function makeFolder(data: string, account: Account): void {
  try {
    mkdirSync(data, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw new EmbeddedFault(
      `the data folder ${data} cannot be made: ${(error as Error).message}`,
      'give another folder: HUIYIN_DATA or --data',
      error,
    );
  }
  // Passing through the data folder shows nothing of it: the cluster and the sockets inside are closed to others.
  if (account.ids && (statSync(data).mode & 0o011) !== 0o011) chmodSync(data, statSync(data).mode | 0o011);
  if (!canReach(account, data))
    throw new EmbeddedFault(
      `${account.name}, under whom the database runs, cannot reach ${data}`,
      'give a folder outside closed homes: HUIYIN_DATA=/var/lib/huiyin',
    );
}
function socketFolder(data: string, account: Account): string {
  const own = join(data, 'run');
  const folder =
    Buffer.byteLength(own) <= LONGEST_SOCKET_FOLDER
      ? own
      : join(tmpdir(), `huiyin-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  giveTo(account, folder);
  chmodSync(folder, 0o700);
  return folder;
}

/** Makes the cluster beside its final place first, so that a start that fails half-way leaves nothing that looks whole. */
function initialise(programs: Programs, cluster: string, account: Account): void {
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(cluster, { mode: 0o700 });
  giveTo(account, cluster);
  const args = ['-D', cluster, '-U', OWNER, '--auth=trust', '--encoding=UTF8', '--locale-provider=libc'];
  for (const locale of ['C.UTF-8', 'C']) {
    const run = spawnSync(join(programs.bin, 'initdb'), [...args, `--locale=${locale}`], {
      ...account.ids,
      cwd: '/',
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    });
    if (run.status === 0) return;
    const said = `${run.stderr}${run.stdout}${run.error?.message ?? ''}`;
    rmSync(cluster, { recursive: true, force: true });
    if (/No space left/i.test(said)) throw diskFull(cluster);
    if (locale === 'C' || !/locale/i.test(said))
      throw new EmbeddedFault(
        `the database could not be made in ${cluster}: ${lastLine(said)}`,
        'see that the disk has room and the folder can be written',
      );
    mkdirSync(cluster, { mode: 0o700 });
    giveTo(account, cluster);
  }
}
const diskFull = (folder: string) =>
  new EmbeddedFault(
    `the disk is full: the database in ${folder} cannot start`,
    'free at least 200 MB and start again; nothing that was acknowledged is lost',
  );
const lastLine = (text: string): string => text.trim().split('\n').filter(Boolean).at(-1) ?? 'no message';

/** The process that postmaster.pid names, where it lives. */
function isAlive(cluster: string): number | undefined {
  const file = join(cluster, 'postmaster.pid');
  let pid: number;
  try {
    pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  } catch {
    // It was never there, or the server took it away while ending.
    return undefined;
  }
  // A server that is just starting has not written its number yet; 0 would mean ourselves.
  if (!(pid > 1)) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined;
  }
}
async function answers(connection: EmbeddedServer['connection']): Promise<boolean> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function launch(
  programs: Programs,
  cluster: string,
  sockets: string,
  account: Account,
  connection: EmbeddedServer['connection'],
  logFile: string,
): Promise<void> {
  // After kill -9 the old server's children hold its memory for a second or two; a start meanwhile is refused and tried again.
  const until = performance.now() + START_WAIT_MS;
  for (;;) {
    const from = existsSync(logFile) ? statSync(logFile).size : 0;
    const exit = startOnce(programs, cluster, sockets, account, logFile);
    for (;;) {
      if (await answers(connection)) return;
      if (exit.code !== undefined) break;
      if (performance.now() > until)
        throw new EmbeddedFault(`the database did not answer within ${START_WAIT_MS / 1000} s`, `read ${logFile}`);
      await sleep(40);
    }
    const said = readFileSync(logFile).subarray(from).toString('utf8');
    if (/No space left/i.test(said)) throw diskFull(cluster);
    const wait = /still in use|lock file "postmaster.pid"|is being used by|could not bind/i.test(said);
    if (!wait || performance.now() > until) {
      const line = said.split('\n').findLast(l => /FATAL|PANIC|ERROR/.test(l)) ?? lastLine(said);
      throw new EmbeddedFault(
        `the database stopped while starting: ${line.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '')}`,
        `read ${logFile}`,
      );
    }
    await sleep(300);
  }
}
function startOnce(
  programs: Programs,
  cluster: string,
  sockets: string,
  account: Account,
  logFile: string,
): { code?: number } {
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: sockets,
    unix_socket_permissions: '0700',
    port: String(PORT),
    max_connections: '60',
    shared_buffers: '96MB',
    max_wal_size: '512MB',
    log_min_messages: 'warning',
    timezone: 'UTC',
  };
  const log = openSync(logFile, 'a', 0o600);
  const server = spawn(
    join(programs.bin, 'postgres'),
    ['-D', cluster, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
    {
      ...account.ids,
      cwd: '/',
      detached: true, // Ctrl-C in a terminal reaches us, not the server: it is stopped after the last write
      stdio: ['ignore', log, log],
      env: { ...process.env, LC_ALL: 'C' },
    },
  );
  closeSync(log);
  const exit: { code?: number } = {};
  server.on('exit', code => (exit.code = code ?? 1));
  server.on('error', () => (exit.code = 1));
  server.unref();
  return exit;
}

async function ensureDatabase(connection: EmbeddedServer['connection']): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const known = await client.query("select 1 from pg_database where datname = 'huiyin'");
    if (known.rowCount === 0) await client.query('create database huiyin');
  } finally {
    await client.end();
  }
}

/** Fast shutdown: no new work, open transactions rolled back, everything acknowledged kept. */
async function stopServer(cluster: string): Promise<void> {
  const pid = isAlive(cluster);
  if (pid === undefined) return;
  process.kill(pid, 'SIGINT');
  for (let i = 0; i < 500 && isAlive(cluster) !== undefined; i++) await sleep(20);
}

/** The folder for data where nobody names one: one that the database's account can reach. */
export function defaultDataFolder(): string {
  if (process.getuid?.() === 0) return '/var/lib/huiyin';
  const base = process.env['XDG_DATA_HOME'] ?? join(process.env['HOME'] ?? tmpdir(), '.local', 'share');
  return join(base, 'huiyin');
}
/** For drills: the process of the server that serves a data folder. */
export const serverProcess = (data: string): number | undefined => isAlive(join(data, 'postgres'));
/** Marks a folder as used by a product version, beside the data. */
export function writeVersion(data: string, version: string): void {
  writeFileSync(join(data, 'version'), `${version}\n`);
}
