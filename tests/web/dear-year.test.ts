/** Where a year is dear to replay, a look shortly after an entry is told until when it was reckoned; where it is cheap, it is new. */
import { expect, test } from 'vitest';
import { keepHall } from '../../src/web/state.ts';
import { yearLately } from '../../src/web/view/scores.ts';
import { openHouse, signIn } from './house.ts';

const DEAR = { fromMs: -1, serves: Infinity };
const CHEAP = { fromMs: Infinity, serves: Infinity };

test('the last one serves a while, and says so', async () => {
  const house = await openHouse();
  const visitor = await signIn(house);
  const keeper = keepHall(house.plugged.desk);
  const made = yearLately(await keeper.look(), 2026, DEAR);
  expect(made.asOf).toBeUndefined();
  house.clock.at += 60_000;
  await visitor.post('/watch', { found: '0', sources: ['website'] }, { token: await visitor.token('/desk') });
  const after = await keeper.look();
  expect(yearLately(after, 2026, DEAR)).toMatchObject({ asOf: made.result.now });
  // Another year, or a house that reckons quickly, is reckoned anew.
  expect(yearLately(after, 2025, DEAR).asOf).toBeUndefined();
  const anew = yearLately(after, 2026, CHEAP);
  expect([anew.asOf, anew.result.now]).toEqual([undefined, after.now]);
  expect(yearLately(await keeper.look(), 2026, DEAR).asOf).toBeUndefined();
  await house.close();
});
