/**
 * Mixed load on the product as it is shipped: pages read, duties read by token, watch rounds written by fifty sessions, at a steady
 * rate whatever the answers take. node scripts/load.ts [--rate 100] [--seconds 1200] [--saturation]
 * With --saturation the rate is raised afterwards in steps of a fifth, forty seconds each, until one in a hundred waits longer
 * than 300 ms or an answer is wrong; the last rate that held is the saturation point.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '1200' },
    saturation: { type: 'boolean', default: false },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const rate = Number(values.rate);
const seconds = Number(values.seconds);
const PASSWORD = 'three quiet rivers meet';
/** Path and its share in a hundred. */
const MIX: readonly (readonly [string, number])[] = [
  ['/desk', 30],
  ['/cases', 20],
  ['/cases/C3', 15],
  ['/answers', 12],
  ['/inbox', 8],
  ['/log', 5],
  ['/api/v1/duties', 5],
  ['POST /watch', 5],
];

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
/** What one browser holds; and where its form of a watch round got its token. */
class Browser {
  readonly cookies = new Map<string, string>();
  csrf = '';
}
/** Fewer sessions than this would meet the limit of what one person may ask for. */
const SESSIONS = 50;
interface Said {
  readonly status: number;
  readonly text: string;
}
function ask(
  { cookies }: Browser,
  url: string,
  options: { form?: URLSearchParams; token?: string } = {},
): Promise<Said> {
  const body = options.form?.toString();
  return new Promise((done, fail) => {
    const sent = request(
      url,
      {
        agent,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join('; '),
          ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
          ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        },
      },
      response => {
        for (const line of response.headers['set-cookie'] ?? []) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          cookies.set(name, value);
        }
        const parts: Buffer[] = [];
        response.on('data', part => parts.push(part as Buffer));
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
        );
        response.on('error', fail);
      },
    );
    sent.on('error', fail);
    sent.end(body);
  });
}
const csrfOf = (page: Said): string => /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
const formOf = (fields: Readonly<Record<string, string>>): URLSearchParams => new URLSearchParams(fields);

const folder = mkdtempSync(join(tmpdir(), 'huiyin-load-'));
chmodSync(folder, 0o755);
const child = spawn(
  process.execPath,
  [join(root, 'bin/huiyin'), 'start', '--port', '0', '--data', join(folder, 'data')],
  {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '' },
  },
);
let err = '';
child.stderr.on('data', part => (err += String(part)));
const base = await new Promise<string>((done, fail) => {
  child.stdout.on('data', part => {
    const ready = /^ready (\S+)$/m.exec(String(part));
    if (ready) done(ready[1] ?? '');
  });
  child.once('exit', code => fail(new Error(`the product ended with ${code}: ${err}`)));
});
const memory = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

const [, login = '', first = ''] = /administrator: (\S+)\s+one-time password: (\S+)/.exec(err) ?? [];
const browsers = Array.from({ length: SESSIONS }, () => new Browser());
const signIn = async (browser: Browser, password: string): Promise<void> => {
  const csrf = csrfOf(await ask(browser, `${base}/sign-in`));
  await ask(browser, `${base}/sign-in`, { form: formOf({ csrf, login, password }) });
};
const [opener] = browsers as [Browser];
await signIn(opener, first);
const csrf = csrfOf(await ask(opener, `${base}/password`));
await ask(opener, `${base}/password`, { form: formOf({ csrf, old: first, wanted: PASSWORD, again: PASSWORD }) });
for (const browser of browsers) {
  if (browser !== opener) await signIn(browser, PASSWORD);
  browser.csrf = csrfOf(await ask(browser, `${base}/desk`));
}
const made = await ask(opener, `${base}/settings/access`, {
  form: formOf({ csrf: opener.csrf, do: 'make-token', title: 'load', scope: 'duties', days: '1' }),
});
const token = /hy_[\w-]{43}/.exec(made.text)?.[0] ?? '';
const wheel = MIX.flatMap(([path, share]) => Array.from({ length: share }, () => path));

interface Run {
  readonly line: string;
  readonly errors: number;
  readonly p99: number;
}
/** The mix at one rate for so long; times count from the moment a request was due. */
async function steady(rate: number, seconds: number): Promise<Run> {
  const took: number[] = [];
  const wrong = new Map<string, number>();
  const rss: number[] = [];
  const open = new Set<Promise<void>>();
  const began = performance.now();
  const count = (what: string): void => void wrong.set(what, (wrong.get(what) ?? 0) + 1);
  async function send(browser: Browser, what: string, at: number): Promise<void> {
    const write = what.startsWith('POST ');
    try {
      const said = await ask(browser, `${base}${write ? what.slice(5) : what}`, {
        ...(write ? { form: formOf({ csrf: browser.csrf, found: '0', sources: 'website' }) } : {}),
        ...(what.startsWith('/api') ? { token } : {}),
      });
      // From the moment it was due: a server that falls behind must not look quick.
      took.push(performance.now() - at);
      if (said.status !== (write ? 303 : 200)) count(`${what} ${said.status}`);
    } catch (error) {
      count((error as Error).message);
    }
  }
  for (let n = 0; n < rate * seconds; n++) {
    const at = began + (n * 1000) / rate;
    const wait = at - performance.now();
    if (wait > 1) await new Promise(done => setTimeout(done, wait));
    if (n % (rate * 10) === 0) rss.push(memory());
    const what = wheel[(n * 37) % wheel.length] ?? '/desk';
    const one = send(browsers[n % SESSIONS] ?? opener, what, at);
    open.add(one);
    void one.finally(() => open.delete(one));
  }
  await Promise.all(open);
  const wall = (performance.now() - began) / 1000;
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  const errors = [...wrong.values()].reduce((a, b) => a + b, 0);
  const line = `${rate} requests/s for ${wall.toFixed(0)} s: ${took.length} answered, ${errors} wrong${errors > 0 ? ` (${[...wrong].map(([k, v]) => `${v} × ${k}`).join(', ')})` : ''}; from the due moment: median ${at(0.5).toFixed(0)} ms, 95th ${at(0.95).toFixed(0)} ms, 99th ${at(0.99).toFixed(0)} ms, worst ${at(1).toFixed(0)} ms; memory ${rss[0]?.toFixed(0)} MB at the start, ${rss.at(-1)?.toFixed(0)} MB at the end, ${Math.max(...rss).toFixed(0)} MB at most\n`;
  return { line, errors, p99: at(0.99) };
}

const LIMIT_MS = 300;
const STEP_SECONDS = 40;
const run = await steady(rate, seconds);
process.stdout.write(run.line);
let wrongs = run.errors;
if (values.saturation && run.errors === 0 && run.p99 < LIMIT_MS) {
  let held = rate;
  for (let next = Math.round(rate * 1.2); next < rate * 20; next = Math.round(next * 1.2)) {
    const step = await steady(next, STEP_SECONDS);
    process.stdout.write(step.line);
    if (step.errors > 0 || step.p99 >= LIMIT_MS) break;
    held = next;
  }
  process.stdout.write(`saturation: ${held} requests/s held, the next step did not\n`);
} else if (values.saturation) {
  wrongs = Math.max(wrongs, 1);
  process.stdout.write(`saturation: below ${rate} requests/s\n`);
}
child.removeAllListeners('exit');
child.kill('SIGINT');
await new Promise(done => child.once('exit', done));
agent.destroy();
rmSync(folder, { recursive: true, force: true });

process.exit(wrongs === 0 ? 0 : 1);
