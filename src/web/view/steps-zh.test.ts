/** Every shape of a step that the engine says on the worked days is said in Chinese too. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ObligationLine, obligations, type Setup } from '#core/obligations';
import type { HuiyinEvent } from '#core/log';
import { readRulebook } from '#core/rulebook';
import { expect, test } from 'vitest';
import { readCalendar } from '../../cli/calendar-files.ts';
import type { Naming } from './naming.ts';
import { stepZh } from './steps-zh.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const names = { unit: (key: string) => key } as unknown as Naming;

test.each([
  // the engine's step                                          in Chinese                       why
  ['counted from discovery 2026-11-24 11:13 (x-037)', '从发现 11月24日 11:13 起算', 'an anchor with its time'],
  ['30 minutes on the clock: 2026-11-24 11:43', '按钟点 30 分钟：11月24日 11:43', 'a limit by the clock'],
  ['1 to 7 October: holiday', '10月1日至7日放假', 'a run of days off'],
  [
    '2026-10-08 is working day 1; close of business 17:30',
    '10月8日 是第 1 个工作日，17:30 下班为止',
    'a working day that ends it',
  ],
  ['12 to 13 September: weekend', '9月12日至13日周末', 'a weekend'],
  ['late by 2 h 5 min', '晚 2 小时 5 分', 'lateness'],
  ['something new', 'something new', 'an unknown step is shown, never dropped'],
])('%s → %s: %s', (step, zh) => {
  expect(stepZh(step, names).text).toBe(zh);
});

test('the steps of the petition bureau’s worked days', () => {
  const file = join(root, 'rulebooks/petition/rulebook.md');
  const read = readRulebook({ file, text: readFileSync(file, 'utf8'), digest: `sha256:${'0'.repeat(64)}` });
  if (!read.ok) throw new Error('the petition book cannot be read');
  const days = join(root, 'rulebooks/petition/days');
  const unsaid: string[] = [];
  for (const day of readdirSync(days)) {
    const setup = JSON.parse(readFileSync(join(days, day, 'setup.json'), 'utf8')) as Setup;
    const events = readFileSync(join(days, day, 'events.ndjson'), 'utf8')
      .split('\n')
      .filter(l => l !== '')
      .map(l => JSON.parse(l) as HuiyinEvent);
    const calendar = readCalendar(root, { officeHours: setup.officeHours });
    const now = Date.parse(events.at(-1)?.recordedAt ?? '') + 3_600_000;
    const lines = obligations(
      read.rulebook,
      { ...setup, switches: setup.switches ?? {}, local: setup.local ?? {} },
      events,
      calendar,
      now,
    );
    for (const line of lines)
      if (line.line === 'obligation')
        for (const step of (line as ObligationLine).steps) if (!stepZh(step, names).translated) unsaid.push(step);
  }
  expect([...new Set(unsaid)]).toEqual([]);
});
