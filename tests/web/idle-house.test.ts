/** Nobody enters anything for days: the watch slots that begin meanwhile are reminded of all the same, each once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fireDue } from '#io/engine';
import { type House, NOON, openHouse } from './house.ts';

const HALF_HOUR = 1_800_000;
let house: House;
beforeAll(async () => {
  house = await openHouse({ example: true });
});
afterAll(async () => {
  await house.close();
});

test('from Thursday 10:00 to Sunday 00:00 without any entry', async () => {
  const tenant = await house.store.tenant('example');
  if (!tenant) throw new Error('no tenant');
  await house.plugged.renew(tenant);
  const entries = (await tenant.events(0)).length;
  const fired: string[] = [];
  // What the engine does in its rounds, half an hour apart.
  for (const end = NOON + 62 * 3_600_000; house.clock.at < end;) {
    house.clock.at += HALF_HOUR;
    for (const { timer, lateMs } of await fireDue(house.store.pool, house.plugged.engine.onDue, house.clock.at))
      if (timer.clause.startsWith('G-5') && timer.caseId === undefined)
        fired.push(`${timer.key.replaceAll('T00:00:00+08:00', '')} ${lateMs}`);
    await house.plugged.timersRound(house.clock.at);
  }
  // clause | no case | no unit | the slot begins | it ends | what is said, and how late in milliseconds
  expect(fired.toSorted()).toEqual([
    'G-5a|||2026-09-18|2026-09-19|due 0',
    'G-5a|||2026-09-18|2026-09-19|soon 0',
    'G-5a|||2026-09-19|2026-09-20|due 0',
    'G-5a|||2026-09-19|2026-09-20|soon 0',
    'G-5b|||2026-09-18|2026-09-19|due 0',
    'G-5b|||2026-09-18|2026-09-19|soon 0',
    'G-5b|||2026-09-19|2026-09-20|due 0',
    'G-5b|||2026-09-19|2026-09-20|soon 0',
  ]);
  expect((await tenant.events(0)).length).toBe(entries);
});

test('an entry of the very instant at which a slot ends takes away nothing: that it is over is said once', async () => {
  const tenant = await house.store.tenant('example');
  if (!tenant) throw new Error('no tenant');
  const end = Date.parse('2026-09-22T00:00:00+08:00');
  const fire = async (): Promise<string[]> =>
    (await fireDue(house.store.pool, house.plugged.engine.onDue, house.clock.at))
      .filter(({ timer }) => timer.clause.startsWith('G-5') && timer.caseId === undefined && timer.what === 'due')
      .map(({ timer }) => timer.key.replaceAll('T00:00:00+08:00', ''));
  house.clock.at = end - 3_600_000;
  await house.plugged.timersRound(house.clock.at);
  await fire();
  house.clock.at = end;
  const at = '2026-09-22T00:00:00+08:00';
  await tenant.append([
    {
      id: 'e-midnight',
      type: 'contact.entered',
      at,
      recordedAt: at,
      by: { unit: 'general-office', role: 'head' },
      data: { body: 'city-tv', bodyKind: 'outlet' },
    },
  ]);
  await house.plugged.renew(tenant);
  expect((await fire()).toSorted()).toEqual(['G-5a|||2026-09-21|2026-09-22|due', 'G-5b|||2026-09-21|2026-09-22|due']);
  // A little later, after another entry, it is not said again.
  house.clock.at = end + 60_000;
  await house.plugged.renew(tenant);
  expect(await fire()).toEqual([]);
});
