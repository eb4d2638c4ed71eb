/**
 * The kill -9 drill: a writer appends events with timers and notices, an engine fires them, and the process group is killed
 * at a random moment; then everything acknowledged must be there, the log must verify, and no duty may have fired twice.
 * node scripts/drill.ts --kills 20 [--server] (kill the database server as well, every other time)
 */
import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { HuiyinEvent } from '#core/log';
import { wallClock } from '#io/clock';
import { fireDue } from '#io/engine';
import { openStore, serverProcess } from '#io/store';
import { INSTITUTION, judge, judgedText } from './drill/judge.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    worker: { type: 'string' },
    acknowledged: { type: 'string' },
    seed: { type: 'string', default: '8420' },
  },
});

/** Writes until it is killed; a line in the file is an acknowledgement the world has seen. */
async function work(data: string): Promise<void> {
  const store = await openStore({ data });
  const tenant = await store.tenant(INSTITUTION);
  if (!tenant) throw new Error('the drill has no institution');
  const acknowledged = values.acknowledged ?? join(data, 'acknowledged');
  const run = `${process.pid}-${wallClock.now()}`;
  process.stdout.write('ready\n');
  const fire = async () => {
    for (;;)
      await fireDue(
        store.pool,
        async (_i, timer, now) => [
          { key: `due/${timer.key}`, channel: 'mail', destination: 'x', subject: timer.what, text: '', notBefore: now },
        ],
        wallClock.now(),
      );
  };
  // When the database is killed first, what was not acknowledged fails: the writer then waits for its own end.
  fire().catch(() => undefined);
  for (let i = 0; ; i++) {
    const at = new Date(wallClock.now() + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+08:00');
    const events = Array.from({ length: 1 + (i % 4) }, (_, k): HuiyinEvent => ({
      id: `${run}-${i}-${k}`,
      case: `C${i % 7}`,
      type: 'watch.done',
      at,
      recordedAt: at,
      by: { unit: 'u', role: 'r' },
      data: { found: i },
    }));
    const timer = {
      key: `${run}/${i}`,
      caseId: `T${run}-${i}`,
      clause: 'G-4.3c',
      duty: 'd',
      what: `w${i}`,
      dueAt: wallClock.now() + (i % 50),
    };
    await tenant.append(events, { timers: [{ caseId: timer.caseId, timers: [timer] }] });
    appendFileSync(acknowledged, `${events.map(e => e.id).join(' ')}\n`);
  }
}

/** A repeatable series of random moments. */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

async function drill(kills: number, seed: number): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), 'huiyin-drill-'));
  const random = generator(seed);
  const first = await openStore({ data });
  await first.addInstitution({ id: INSTITUTION, titleZh: '演练', titleEn: 'drill', isExample: true }, wallClock.now());
  await first.close();
  let serverKills = 0;
  for (let n = 1; n <= kills; n++) {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--worker', data], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((ready, fail) => {
      child.stdout.once('data', () => ready());
      child.once('exit', code => fail(new Error(`the writer ended by itself with ${code}`)));
    });
    await new Promise(done => setTimeout(done, 20 + random() * 400));
    const server = serverProcess(data);
    child.removeAllListeners('exit');
    const ended = new Promise(done => child.once('exit', done));
    if (n % 2 === 0 && server !== undefined) {
      process.kill(server, 'SIGKILL');
      serverKills++;
    }
    child.kill('SIGKILL');
    await ended;
  }
  const judged = await judge(data, join(data, 'acknowledged'));
  rmSync(data, { recursive: true, force: true });
  process.stdout.write(`${kills} kills (${serverKills} with the database server): ${judgedText(judged)}\n`);
  return judged.good ? 0 : 1;
}

if (values.worker)
  await work(values.worker).catch(async () => {
    for (;;) await new Promise(done => setTimeout(done, 1000));
  });
else process.exit(await drill(Number(values.kills), Number(values.seed)));
