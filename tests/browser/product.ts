/** Starts the product as a person would, in a folder of its own, and a real browser in front of it. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWeb } from '../../scripts/build-web.ts';
import { type Browser, chromium } from 'playwright-core';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export interface Product {
  readonly url: string;
  readonly login: string;
  readonly password: string;
  readonly data: string;
  readonly output: () => string;
  readonly stop: () => Promise<number | null>;
}
const READY_MS = 60_000;

/** `before` may put something into the data folder first. */
export async function startProduct(
  args: readonly string[] = [],
  before: (data: string) => Promise<void> = async () => undefined,
): Promise<Product> {
  await buildWeb();
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-walk-'));
  // As root the database runs under another account, which must be able to pass through.
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  await before(data);
  const child = spawn(process.execPath, [join(ROOT, 'bin/huiyin'), 'start', '--port', '0', '--data', data, ...args], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: '' },
  });
  let out = '';
  let err = '';
  const ended = new Promise<number | null>(done => child.once('exit', code => done(code)));
  const url = await new Promise<string>((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`not ready: ${out}${err}`)), READY_MS);
    child.stderr.on('data', chunk => (err += String(chunk)));
    child.stdout.on('data', chunk => {
      out += String(chunk);
      const ready = /^ready (\S+)$/m.exec(out);
      if (!ready) return;
      clearTimeout(timer);
      done(ready[1] ?? '');
    });
    void ended.then(code => fail(new Error(`ended with ${code}: ${out}${err}`)));
  });
  const first = /administrator: (\S+)\s+one-time password: (\S+)/.exec(err);
  return {
    url,
    login: first?.[1] ?? '',
    password: first?.[2] ?? '',
    data,
    output: () => `${out}${err}`,
    stop: async () => {
      child.kill('SIGINT');
      const code = await ended;
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
