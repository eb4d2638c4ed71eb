/** `huiyin start` as a person meets it: one ready line, one line for every reason not to start, a clean stop, a quick return. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'bin/huiyin');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huiyin-start-'));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const env = { ...process.env, DATABASE_URL: '' };

interface Running {
  readonly out: () => string;
  readonly err: () => string;
  readonly ready: Promise<{ readonly url: string; readonly ms: number }>;
  readonly stop: (signal: NodeJS.Signals) => Promise<number | null>;
}
function begin(data: string, args: readonly string[] = []): Running {
  const began = performance.now();
  const child = spawn(process.execPath, [bin, 'start', '--port', '0', '--data', data, ...args], { cwd: root, env });
  let out = '';
  let err = '';
  const ended = new Promise<number | null>(done => child.once('exit', done));
  child.stderr.on('data', chunk => (err += String(chunk)));
  const ready = new Promise<{ url: string; ms: number }>((done, fail) => {
    child.stdout.on('data', chunk => {
      out += String(chunk);
      const line = /^ready (\S+)$/m.exec(out);
      if (line) done({ url: line[1] ?? '', ms: performance.now() - began });
    });
    void ended.then(code => fail(new Error(`ended with ${code}: ${out}${err}`)));
  });
  ready.catch(() => undefined);
  return {
    out: () => out,
    err: () => err,
    ready,
    stop: signal => {
      child.kill(signal);
      return ended;
    },
  };
}

test('the first start serves the example and says a password once; the second is quick; both stop cleanly', async () => {
  const data = join(folder, 'a');
  const first = begin(data);
  const { url, ms } = await first.ready;
  expect(ms).toBeLessThan(15_000);
  expect(first.out()).toBe(`ready ${url}\n`);
  expect(first.err()).toMatch(/^administrator: admin {3}one-time password: [a-z0-9-]{19}\n$/);
  expect(await (await fetch(`${url}/readyz`)).text()).toBe('ready\n');
  expect(await (await fetch(`${url}/answers`)).text()).toContain('演练');

  // Somebody else in the same folder is told so, and nothing happens to the first.
  const other = spawnSync(process.execPath, [bin, 'start', '--port', '0', '--data', data], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  expect([other.status, other.stdout, other.stderr.trim().split('\n').length]).toEqual([2, '', 1]);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(await first.stop('SIGINT')).toBe(0);

  const second = begin(data);
  expect((await second.ready).ms).toBeLessThan(6_000);
  expect(await second.stop('SIGTERM')).toBe(0);
}, 90_000);

test('a port in use is said in one line, and no database is started for it', async () => {
  const busy = createServer();
  await new Promise<void>(done => busy.listen(0, '127.0.0.1', done));
  const { port } = busy.address() as AddressInfo;
  const run = spawnSync(process.execPath, [bin, 'start', '--port', String(port), '--data', join(folder, 'b')], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  busy.close();
  expect([run.status, run.stdout]).toEqual([2, '']);
  expect(run.stderr).toMatch(new RegExp(`^port ${port} on 127\\.0\\.0\\.1 is in use\\. Mend: .+\\n$`));
});

test.each([
  [['--port', '70000'], '--port is a number'],
  [['--role', 'worker'], '--role is all'],
  [['--tls-cert', 'x.pem'], '--tls-cert and --tls-key belong together'],
  [['--colour', 'red'], "Unknown option '--colour'"],
])('called wrongly with %j: one line, exit 2', (args, said) => {
  const run = spawnSync(process.execPath, [bin, 'start', ...args], { cwd: root, env, encoding: 'utf8' });
  expect([run.status, run.stdout, run.stderr.includes(said)]).toEqual([2, '', true]);
});

test('--empty sends the first visitor to the founding page', async () => {
  const run = begin(join(folder, 'c'), ['--empty']);
  const { url } = await run.ready;
  expect(run.err()).toBe('');
  const response = await fetch(`${url}/`, { redirect: 'follow' });
  expect(new URL(response.url).pathname).toBe('/setup');
  expect(await run.stop('SIGINT')).toBe(0);
}, 60_000);
