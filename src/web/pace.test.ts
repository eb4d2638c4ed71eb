/** The pace of asking, as a table of moments and answers; and that many askers never hold more than their share of memory. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makePacer } from './pace.ts';

const LIMIT = { perSecond: 2, burst: 3 };

test.each([
  // seconds at which somebody asks → what becomes of each (a number: seconds to wait, ! where it is the first refusal)
  ['three at once, no more', [0, 0, 0, 0, 0], ['ok', 'ok', 'ok', '1!', '1']],
  ['half a second gives one', [0, 0, 0, 0.5, 0.5], ['ok', 'ok', 'ok', 'ok', '1!']],
  ['a rest fills it, never beyond', [0, 0, 0, 100, 100, 100, 100], ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', '1!']],
  ['a clock set back gives nothing', [100, 100, 100, 40, 40], ['ok', 'ok', 'ok', '1!', '1']],
])('%s', (_title, seconds, expected) => {
  const pacer = makePacer();
  const said = seconds.map(s => {
    const paced = pacer.ask('one', s * 1000, LIMIT);
    return paced.ok ? 'ok' : `${paced.waitSeconds}${paced.first ? '!' : ''}`;
  });
  expect(said).toEqual(expected);
});

test('nobody pays for another', () => {
  const pacer = makePacer();
  for (let i = 0; i < 10; i++) pacer.ask('greedy', 0, LIMIT);
  expect(pacer.ask('calm', 0, LIMIT)).toEqual({ ok: true });
});

test('over any stretch nobody gets more than the burst and what has filled since', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 900 }), { maxLength: 200 }), gaps => {
      const pacer = makePacer();
      let now = 0;
      let given = 0;
      for (const gap of gaps) {
        now += gap;
        if (pacer.ask('one', now, LIMIT).ok) given++;
      }
      expect(given).toBeLessThanOrEqual(LIMIT.burst + (now / 1000) * LIMIT.perSecond + 1e-9);
    }),
  );
});

test('a million addresses hold no more buckets than there is room for', () => {
  const pacer = makePacer(100);
  for (let i = 0; i < 1_000_000; i++) pacer.ask(`address ${i}`, i, LIMIT);
  expect(pacer.size()).toBeLessThanOrEqual(100);
});
