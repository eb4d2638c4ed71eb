/**
 * Pages beside the desk in a large institution: node bench/web/pages.bench.ts [open cases]
 * Each page as it stands, a second later each time; then each page as the first one asked for after an entry in some case,
 * which is how a house that is at work asks. Times are CPU of the server process from request to the last byte.
 */
import { execFileSync } from 'node:child_process';
import { formatInstant } from '#core/calendar';
import { REGISTERS } from '../../src/web/view/registers.ts';
import { ROOT as root, signIn } from './house.ts';
import { cpu, openLargeHouse, say, spread } from './large.ts';

const CASES = Number(process.argv[2] ?? 10_000);
const TIMES = 4;
const PAGES = [
  '/registers',
  ...REGISTERS.map(r => `/registers/${r}`),
  '/channels',
  '/channels/website',
  '/inspection',
  '/inspection/summary',
  '/inspection/appraise',
  '/overview',
  '/rota',
  '/rota/leave',
  '/watch',
  '/papers',
  '/briefs',
  '/briefs/new?kind=weekly',
  '/information',
  '/scores',
  '/ledgers',
  '/burden',
  '/replies',
  '/keeping',
  '/log',
  '/people',
  '/settings',
  '/answers',
];
const { house, app, events } = await openLargeHouse(CASES);
try {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  const { send } = await signIn(app, house.first);
  say(`${CASES} open cases, ${events.length} entries, at ${commit}`, 'as it stands | after an entry');
  for (const path of PAGES) {
    const [still, moved]: [number[], number[]] = [[], []];
    let status = 0;
    const ask = async (): Promise<void> => {
      const response = await send(path);
      ({ status } = response);
      await response.text();
    };
    await ask();
    for (let i = 0; i < TIMES; i++) {
      house.clock.at += 1000;
      still.push(await cpu(ask));
    }
    for (let i = 0; i < TIMES; i++) {
      house.clock.at += 1000;
      const at = formatInstant(house.clock.at);
      events.push({
        id: `more-${path}-${i}`,
        seq: events.length + 1,
        case: `C${1 + ((events.length * 7919) % CASES)}`,
        type: 'measure.taken',
        at,
        recordedAt: at,
        by: { unit: 'handling-section', role: 'head' },
        data: { unit: 'handling-section', step: 'other', what: '又一步' },
      });
      moved.push(await cpu(ask));
    }
    say(`${path}${status === 200 ? '' : ` (${status})`}`, `${spread(still)} | ${spread(moved)}`);
  }
} finally {
  await house.close();
}
