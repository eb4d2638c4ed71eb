import { expect, test } from 'vitest';
import { afterBody, conditions, type Validators } from './answer.ts';

const NOW = Date.parse('2026-11-02T08:00:00+08:00');
const HOUR = 3_600_000;
const known: Validators = { etag: '"1"', lastModified: 'x', digest: 'a', wholeAt: String(NOW - HOUR / 2) };

test.each<[string, Validators, object]>([
  ['after a body: what the site gave', known, { etag: '"1"', lastModified: 'x' }],
  ['before the first body: nothing', { etag: '"1"' }, {}],
  ['six hours after the last whole body: nothing', { ...known, wholeAt: String(NOW - 6 * HOUR) }, {}],
  ['after a lie: nothing', { ...known, distrustUntil: String(NOW + 1) }, {}],
])('asked %s', (_when, v, sent) => expect(conditions(v, NOW, HOUR)).toEqual(sent));

test.each<[string, Parameters<typeof afterBody>[1], boolean, boolean]>([
  ['the same body under a new mark', { etag: '"2"', digest: 'a' }, false, false],
  ['another body under a new mark', { etag: '"2"', digest: 'b' }, true, false],
  ['another body under the same mark', { etag: '"1"', digest: 'b' }, true, true],
  ['another body, dated as before', { lastModified: 'x', digest: 'b' }, true, true],
  ['another body without any mark', { digest: 'b' }, true, false],
])('%s: changed and lied', (_what, answer, changed, lied) => {
  const after = afterBody(known, answer, NOW);
  expect([after.changed, after.validators.distrustUntil !== undefined]).toEqual([changed, lied]);
});
test('distrust ends', () => {
  const { validators } = afterBody({ ...known, distrustUntil: String(NOW - 1) }, { etag: '"2"', digest: 'b' }, NOW);
  expect(validators.distrustUntil).toBeUndefined();
});
test.each([
  ['five minutes', HOUR / 12, HOUR],
  ['an hour', HOUR, 6 * HOUR],
  ['a day', 24 * HOUR, 6 * HOUR],
])('at a pace of %s the whole is asked for after', (_pace, paceMs, after) => {
  const asked = (since: number) => conditions({ ...known, wholeAt: String(NOW - since) }, NOW, paceMs).etag;
  expect([asked(after - 1), asked(after)]).toEqual(['"1"', undefined]);
});
