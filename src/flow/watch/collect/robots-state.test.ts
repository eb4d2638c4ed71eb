import { expect, test } from 'vitest';
import { afterRobots, isFresh, type RobotsAnswer, type RobotsFile, robotsProblem } from './robots-state.ts';

const NOW = Date.parse('2026-11-02T08:00:00+08:00');
const HOUR = 3_600_000;
const page = 'https://news.example.cn/a/1';
const CLOSED: RobotsAnswer = { kind: 'text', text: 'User-agent: *\nDisallow: /a' };

test.each<[string, RobotsFile | undefined, RobotsAnswer, boolean]>([
  ['rules that allow', undefined, { kind: 'text', text: 'User-agent: *\nDisallow: /b' }, true],
  ['rules that refuse', undefined, CLOSED, false],
  ['not found: no rules', undefined, { kind: 'status', status: 404 }, true],
  ['forbidden: no rules', undefined, { kind: 'status', status: 403 }, true],
  ['too many questions: nobody can say', undefined, { kind: 'status', status: 429 }, false],
  ['a broken server: nobody can say', undefined, { kind: 'status', status: 503 }, false],
  ['no connection: nobody can say', undefined, { kind: 'no answer' }, false],
  [
    'broken, known rules of before',
    { fetchedAt: NOW - HOUR, state: 'rules', text: 'User-agent: *\nDisallow: /b' },
    { kind: 'no answer' },
    true,
  ],
  [
    'broken since yesterday, rules too old',
    {
      fetchedAt: NOW - HOUR,
      state: 'unreachable',
      text: 'User-agent: *\nDisallow: /b',
      unreachableSince: NOW - 25 * HOUR,
    },
    { kind: 'no answer' },
    false,
  ],
  [
    'broken for a month: no rules',
    { fetchedAt: NOW - HOUR, state: 'unreachable', text: '', unreachableSince: NOW - 31 * 24 * HOUR },
    { kind: 'no answer' },
    true,
  ],
])('%s', (_what, before, answer, may) => {
  expect(robotsProblem(afterRobots(before, answer, NOW), 'Huiyin/1', page, NOW) === undefined).toBe(may);
});
test('rules hold for a day, ignorance for an hour', () => {
  const rules = afterRobots(undefined, CLOSED, NOW);
  const broken = afterRobots(rules, { kind: 'no answer' }, NOW);
  expect([isFresh(rules, NOW + 23 * HOUR), isFresh(rules, NOW + 24 * HOUR)]).toEqual([true, false]);
  expect([isFresh(broken, NOW + HOUR / 2), isFresh(broken, NOW + HOUR)]).toEqual([true, false]);
});
