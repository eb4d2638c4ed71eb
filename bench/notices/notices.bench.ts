/**
 * Notices through peers that sign and limit, with the worker killed in between: what was lost, doubled, left unknown.
 *   node bench/notices/notices.bench.ts --simulated 10000     the clock is moved; the worker dies at its pause points
 *   node bench/notices/notices.bench.ts --real 300 --kills 20 the wall clock; a worker process is killed with SIGKILL
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sleep, wallClock } from '#io/clock';
import { makeSender, settleClaims } from '#io/engine';
import { type NewNotice, openStore } from '#io/store';
import {
  type Account,
  account,
  addressesOf,
  channelsTo,
  KEYED,
  type LaneName,
  LANES,
  noticeFor,
  openOutbox,
  openPeers,
} from '../../tests/peers/outbox.ts';

const { values } = parseArgs({
  options: {
    simulated: { type: 'string' },
    real: { type: 'string' },
    kills: { type: 'string', default: '20' },
    worker: { type: 'string' },
    peers: { type: 'string' },
    seed: { type: 'string', default: '8420' },
  },
});
let seed = Number(values.seed);
const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
const STEP_MS = 15_000;
const KILL_SHARE = 0.25;

const askedFor = (n: number, at: number): NewNotice[] =>
  Array.from({ length: n }, (_, i) => noticeFor(LANES[i % LANES.length] ?? 'mail', i, at));

function report(title: string, found: Account, kills: number, more: string): void {
  const unkeyed = found.perhapsSent.filter(k => !KEYED.has(k.split('/')[0] as LaneName));
  process.stdout.write(
    `${title}: ${found.messages} messages arrived, ${kills} kills, ${found.lost.length} lost, ${found.doubled.length} doubled, ` +
      `${unkeyed.length} perhaps sent, ${found.perhapsSent.length - unkeyed.length} perhaps sent on keyed, ` +
      `${found.failed.length} failed, ${found.tooMany} times "too many"; ${more}\n`,
  );
  if (found.lost.length + found.doubled.length + found.failed.length > 0 || unkeyed.length > kills)
    process.exitCode = 1;
}

async function simulated(n: number): Promise<void> {
  let clock = Date.parse('2026-07-10T09:00:00+08:00');
  const begun = clock;
  const wall = wallClock.now();
  const now = (): number => clock;
  const { store, tenant, remove } = await openOutbox();
  const peers = await openPeers(now);
  const channels = channelsTo(addressesOf(peers), now);
  const asked = askedFor(n, clock);
  await tenant.addNotices(asked);
  let kills = 0;
  const left = async (): Promise<number> => {
    const [row] = await store.pool.scan<{ n: number }>(
      "select count(*)::int as n from notice where state in ('waiting', 'claimed')",
      [],
    );
    return row?.n ?? 0;
  };
  while ((await left()) > 0) {
    const dieAt = random() < KILL_SHARE ? Math.floor(random() * 60) : Infinity;
    let places = 0;
    const send = makeSender(
      store.pool,
      async (_i, key) => channels[key as LaneName],
      async () => {
        if (places++ === dieAt) throw new Error('killed');
      },
    );
    await send(now).catch(error => {
      if ((error as Error).message !== 'killed') throw error;
      kills++;
    });
    await settleClaims(store.pool, async (_i, key) => channels[key as LaneName], clock, true);
    clock += STEP_MS;
  }
  const hours = ((clock - begun) / 3_600_000).toFixed(1);
  report(
    `simulated ${n}`,
    await account(tenant, peers, asked),
    kills,
    `${hours} simulated hours in ${Math.round((wallClock.now() - wall) / 1000)} s`,
  );
  await peers.close();
  await store.close();
  remove();
}

async function real(n: number, kills: number): Promise<void> {
  const started = wallClock.now();
  const { data, tenant, store, remove } = await openOutbox();
  const asked = askedFor(n, started);
  await tenant.addNotices(asked);
  await store.close();
  const peers = await openPeers(wallClock.now);
  const at = JSON.stringify(addressesOf(peers));
  let done = 0;
  for (let finished = false; !finished;) {
    const worker = spawn(process.execPath, [fileURLToPath(import.meta.url), '--worker', data, '--peers', at], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>(end => worker.once('exit', code => end(code)));
    await ready(worker);
    if (done < kills) {
      await Promise.race([ended, sleep(500 + Math.floor(random() * 8_000))]);
      if (worker.exitCode === null) {
        worker.kill('SIGKILL');
        done++;
      }
    }
    finished = (await ended) === 0;
  }
  const last = await openStore({ data });
  const again = await last.tenant('outbox');
  if (!again) throw new Error('no tenant');
  report(
    `real ${n}`,
    await account(again, peers, asked),
    done,
    `${Math.round((wallClock.now() - started) / 1000)} s on the wall clock`,
  );
  await last.close();
  await peers.close();
  remove();
}
const ready = (worker: ChildProcess): Promise<void> =>
  new Promise(done => {
    worker.stdout?.once('data', () => done());
    worker.once('exit', () => done());
  });

/** Sends until nothing waits, or until it is killed. */
async function work(data: string, at: Readonly<Record<LaneName, string>>): Promise<void> {
  const store = await openStore({ data });
  const channels = channelsTo(at, wallClock.now);
  const channelOf = async (_i: string, key: string) => channels[key as LaneName];
  await settleClaims(store.pool, channelOf, wallClock.now(), true);
  const send = makeSender(store.pool, channelOf);
  process.stdout.write('ready\n');
  for (;;) {
    await send(wallClock.now);
    const [row] = await store.pool.scan<{ n: number }>(
      "select count(*)::int as n from notice where state in ('waiting', 'claimed')",
      [],
    );
    if ((row?.n ?? 0) === 0) break;
    await sleep(200);
  }
  await store.close();
  process.exit(0);
}

if (values.worker !== undefined && values.peers !== undefined)
  await work(values.worker, JSON.parse(values.peers) as Record<LaneName, string>);
else {
  if (values.simulated !== undefined || values.real === undefined) await simulated(Number(values.simulated ?? 10_000));
  if (values.real !== undefined) await real(Number(values.real), Number(values.kills));
}
