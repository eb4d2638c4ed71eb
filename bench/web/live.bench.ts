/**
 * Many people with open pages: node bench/web/live.bench.ts [sessions] [entries]
 * Each session reads its stream over a socket of this machine; one writer enters a fact every second. Measured is the time from
 * the entry being stored to the state that follows it having come in, for every stream, in wall time; reading them is on the same
 * two cores. Server and readers are two processes.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createServer, get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { formatInstant } from '#core/calendar';
import { openBenchHouse, signIn } from './house.ts';

const at = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
/** One line a state that came in: which stream, when. */
if (process.argv[2] === 'read') await readStreams(process.argv[3] ?? '', (process.argv[4] ?? '').split(','));
else await measure(Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 30));

async function readStreams(url: string, cookies: readonly string[]): Promise<void> {
  let began = 0;
  const ended = cookies.map(
    cookie =>
      new Promise<void>(done => {
        get(url, { headers: { cookie, accept: 'text/event-stream' }, agent: false }, response => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
            for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
              const seq = /"seq":(\d+)/.exec(text.slice(0, end))?.[1];
              text = text.slice(end + 2);
              if (seq !== undefined) process.stdout.write(`${seq} ${Date.now()}\n`);
            }
          });
          response.on('end', done);
          if (response.statusCode !== 200) process.stderr.write(`${response.statusCode}\n`);
          if (++began === cookies.length) process.stderr.write('all open\n');
        }).on('error', () => done());
      }),
  );
  await Promise.all(ended);
}

async function measure(sessions: number, entries: number): Promise<void> {
  const house = await openBenchHouse(Date.parse('2026-09-17T10:00:00+08:00'));
  const app = house.appOf(house.desk);
  const visitor = await signIn(app, house.first);
  const person = await house.desk.people.byLogin(house.first.login);
  if (!person) throw new Error('nobody is there');
  const session = [...visitor.cookies].find(([name]) => !name.includes('door'));
  if (!session) throw new Error(`no session among ${[...visitor.cookies.keys()].join(' ')}`);
  const cookies: string[] = [];
  for (let i = 0; i < sessions; i++) {
    const token = randomBytes(32).toString('base64url');
    const tokenHash = createHash('sha256').update(token).digest('hex');
    await house.desk.sessions.open({
      tokenHash,
      code: person.code,
      csrf: 'bench',
      stage: 'in',
      via: 'password',
      createdAt: house.clock.at,
      seenAt: house.clock.at,
    } as never);
    cookies.push(`${session[0]}=${token}`);
  }
  const listener = getRequestListener(app.fetch as never);
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  const reader = spawn(process.execPath, [
    fileURLToPath(import.meta.url),
    'read',
    `http://127.0.0.1:${port}/live?lang=zh`,
    cookies.join(','),
  ]);
  const came = new Map<number, number[]>();
  let left = '';
  reader.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (left + chunk).split('\n');
    left = lines.pop() ?? '';
    for (const line of lines) {
      const [seq = 0, when = 0] = line.split(' ').map(Number);
      const all = came.get(seq) ?? [];
      all.push(when);
      came.set(seq, all);
    }
  });
  await new Promise<void>((done, fail) => {
    reader.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('all open')) done();
      else fail(new Error(text));
    });
  });
  const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms));
  await pause(2000);
  const stored = new Map<number, number>();
  const pages: number[] = [];
  const from = process.cpuUsage();
  for (let i = 0; i < entries; i++) {
    house.clock.at += 1000;
    const seq = (await house.desk.log.read(0)).length;
    const text = formatInstant(house.clock.at);
    const by = { unit: 'leading-group', role: 'head' };
    await house.desk.log.append(
      [
        {
          id: `live-${i}`,
          case: 'C1',
          type: 'measure.taken',
          at: text,
          recordedAt: text,
          by,
          data: { unit: 'leading-group', step: 'other', what: '又一步' },
        },
      ] as never,
      seq,
    );
    stored.set(seq + 1, Date.now());
    // A plain page asked for while everybody is being told.
    const asked = performance.now();
    await fetch(`http://127.0.0.1:${port}/desk`, { headers: { cookie: cookies[0] ?? '' } }).then(r => r.text());
    pages.push(performance.now() - asked);
    await pause(1000);
  }
  await pause(3000);
  const used = process.cpuUsage(from);
  reader.kill();
  server.closeAllConnections();
  server.close();
  await house.close();
  // A state may come with a later entry in it: the stream has heard of the earlier one too.
  const heard = [...came].flatMap(([seq, whens]) => whens.map(when => ({ seq, when }))).sort((a, b) => a.when - b.when);
  const late: number[] = [];
  let missing = 0;
  for (const [seq, when] of stored) {
    const hits = heard.filter(h => h.seq >= seq && h.when >= when - 5).slice(0, sessions);
    missing += sessions - hits.length;
    for (const h of hits) late.push(Math.max(0, h.when - when));
  }
  late.sort((a, b) => a - b);
  pages.sort((a, b) => a - b);
  const say = (what: string, figure: string): void => void process.stdout.write(`| ${what} | ${figure} |\n`);
  say(
    `${sessions} sessions with an open stream, ${entries} entries a second apart: from stored to heard, wall`,
    `median ${at(late, 0.5)} ms, 95th ${at(late, 0.95)} ms, worst ${at(late, 1)} ms; ${missing} of ${sessions * entries} not heard`,
  );
  say('/desk asked for at the same moments, wall', `median ${at(pages, 0.5)} ms, worst ${at(pages, 1)} ms`);
  say('CPU of the server over all that', `${Math.round((used.user + used.system) / 1000)} ms`);
}
