import { expect, test } from 'vitest';
import { event, lines } from './fixtures/day.ts';

const QUOTA = `
Five posts a day, two of them original; one article a day in principle, never more than two days apart; five issues a year.
\`\`\`quota A-5.Q1b
quota: weibo
count: publication.made (channel = weibo)
per: day
at-least: 3
of-which: { original: 2 }
hits: A-5.Q3
\`\`\`
\`\`\`quota A-5.Q1c
quota: wechat
count: publication.made (channel = wechat)
per: day
at-least: 1
soft: 原则上
gap: { at-most: 2 days, from: "last publication.made", switch: A-5.Q1c, readings: { dates: 2 days, rolling-48h: 48 hours } }
\`\`\`
\`\`\`quota A-1.T1
quota: issues
count: submission.entered (unit = office)
per: year
at-least: 2
\`\`\`
\`\`\`gate G-7a
gate: marks-only
act: publication.made
needs: [authorised release]
flag-instead: unauthorised
\`\`\`
`;
const post = (at: string, channel: string, original = false, id?: string) =>
  event(
    at,
    'office/head',
    'publication.made',
    {
      document: `d${at.replace(/\W/g, '')}`,
      textHash: `sha256:${'1'.repeat(64)}`,
      channel,
      kind: 'routine',
      speakerUnit: 'office',
      speakerRole: 'head',
      original,
    },
    { case: null, ...(id === undefined ? {} : { id }) },
  );
const quota = (clause: string, events: Parameters<typeof lines>[1], at: string) =>
  lines(QUOTA, events, at).flatMap(l => (l.line === 'quota' && l.clause === clause ? [l] : []));

test.each<[string, Parameters<typeof lines>[1], string, object]>([
  [
    'exactly the figure',
    [post('09-18 09:00', 'weibo', true), post('09-18 10:00', 'weibo', true), post('09-18 11:00', 'weibo')],
    '09-19 00:00',
    { state: 'met', counts: { total: 3, original: 2 } },
  ],
  [
    'one below, while the date runs',
    [post('09-18 09:00', 'weibo', true), post('09-18 10:00', 'weibo', true)],
    '09-18 23:59',
    { state: 'open', short: { total: 1 } },
  ],
  [
    'one below, when the date is over',
    [post('09-18 09:00', 'weibo', true), post('09-18 10:00', 'weibo', true)],
    '09-19 00:00',
    { state: 'breach', failed: ['total'] },
  ],
  [
    'enough posts, too few original',
    [post('09-18 09:00', 'weibo', true), post('09-18 10:00', 'weibo'), post('09-18 11:00', 'weibo')],
    '09-19 00:00',
    { state: 'breach', failed: ['original'], short: { original: 1 } },
  ],
  [
    'a post at midnight belongs to the date that begins',
    [post('09-18 09:00', 'weibo', true), post('09-18 10:00', 'weibo', true), post('09-19 00:00', 'weibo')],
    '09-19 00:00',
    { state: 'breach' },
  ],
])('a daily quota: %s', (_why, events, at, said) => {
  expect(quota('A-5.Q1b', events, at)[0]).toMatchObject({
    from: '2026-09-18',
    to: '2026-09-18',
    channel: 'weibo',
    soft: false,
    ...said,
  });
});
test('a post withdrawn later still counts for its day, and is listed', () => {
  const taken = event(
    '09-18 12:00',
    'office/head',
    'publication.withdrawn',
    { publication: 'p1', reason: 'wrong picture' },
    { case: null },
  );
  const events = [
    post('09-18 09:00', 'weibo', true, 'p1'),
    post('09-18 10:00', 'weibo', true),
    post('09-18 11:00', 'weibo'),
    taken,
  ];
  expect(quota('A-5.Q1b', events, '09-19 00:00')[0]).toMatchObject({ state: 'met', withdrawn: ['p1'] });
});
test('a missed hard rhythm feeds the clause the quota names; a soft one never does', () => {
  const accounts = lines(QUOTA, [], '09-19 00:00').filter(l => l.line === 'account');
  expect(accounts).toMatchObject([{ account: 'A-5.Q3', clause: 'A-5.Q1b' }]);
  expect(quota('A-5.Q1c', [], '09-19 00:00')[0]).toMatchObject({ state: 'soft-miss', soft: true });
});
test('where the clause that is fed counts, the days that were missed are counted there', () => {
  const counting = `${QUOTA}\`\`\`breach A-5.Q3\nbreach: rhythm\nfrom: { duties: [wechat], states: [late, done-late] }\nto: [count]\n\`\`\`\n`;
  const counts = (at: string) =>
    lines(counting, [], at).flatMap(l => (l.line === 'count' && l.kind === 'missed' ? [[l.count, l.value, l.of]] : []));
  expect(counts('09-18 12:00')).toEqual([['A-5.Q3', 0, []]]);
  expect(counts('09-20 00:00')).toEqual([['A-5.Q3', 2, ['A-5.Q1b 2026-09-18', 'A-5.Q1b 2026-09-19']]]);
  expect(lines(QUOTA, [], '09-20 00:00').some(l => l.line === 'count')).toBe(false);
});
test('the longest gap: by dates to 24:00 of the second date after, or by 48 hours', () => {
  const gap = (events: Parameters<typeof lines>[1], at: string, reading?: string) =>
    lines(QUOTA, events, at, reading === undefined ? {} : { switches: { 'A-5.Q1c': reading } }).flatMap(l =>
      l.line === 'obligation' ? [`${l.state} ${l.dueOn ?? l.dueAt}`] : [],
    );
  const one = [post('09-18 09:00', 'wechat'), post('09-18 15:00', 'wechat')];
  expect(gap(one, '09-20 23:59:59')).toEqual(['open 2026-09-20']);
  expect(gap(one, '09-21 00:00')).toEqual(['late 2026-09-20']);
  expect(gap([...one, post('09-20 23:00', 'wechat')], '09-21 00:00')).toEqual(['done 2026-09-20', 'open 2026-09-22']);
  expect(gap(one, '09-20 15:00:01', 'rolling-48h')).toEqual([
    'done 2026-09-20T09:00:00+08:00',
    'late 2026-09-20T15:00:00+08:00',
  ]);
});
test('a yearly target counts only what its rule says, and is short when the year is over', () => {
  const issue = (at: string, unit: string) =>
    event(at, `${unit}/head`, 'submission.entered', { unit, issue: 'i', to: ['city'] }, { case: null });
  const events = [issue('09-18 09:00', 'office'), issue('09-18 10:00', 'section-1')];
  expect(quota('A-1.T1', events, '09-18 12:00')[0]).toMatchObject({
    from: '2026-01-01',
    to: '2026-12-31',
    counts: { total: 1 },
    targets: { total: 2 },
    state: 'open',
  });
  expect(quota('A-1.T1', [...events, issue('09-18 11:00', 'office')], '09-18 12:00')[0]).toMatchObject({
    state: 'met',
  });
});

const SCORE = `
Base: one municipal piece each. Beyond it 3 points each; 5 for a provincial one; 10 for praise; prizes.
\`\`\`quota A-2.B2
quota: base
count: coverage.entered (level = municipal)
each: section
per: year
at-least: 1
\`\`\`
\`\`\`score A-2.S1a A-2.S1b A-2.S2 A-2.S3
score: publicity
each: section
base: [A-2.B2]
lines:
  - { clause: A-2.S1a, count: coverage.entered (level = municipal), beyond: 1, points: 3, needs-base: true }
  - { clause: A-2.S1b, count: coverage.entered (level = provincial), points: 5, needs-base: true, not-for: [section-2] }
  - { clause: A-2.S2, count: praise.entered, points: 10 }
  - { clause: A-2.S3, count: award.entered (contest = national-news), points: { first: 20, second: 15, third: 10 } }
stacking: true
veto: { when: base missed, bars: [unit, head], keeps-points: true }
\`\`\`
\`\`\`local A-2.B3
local: outlet-levels
for: [A-2.B3]
\`\`\`
`;
const piece = (unit: string, level: string, work: string, day = '09-18', outlet = 'o') =>
  event(
    `${day} 10:00`,
    'office/head',
    'coverage.entered',
    { unit, work, level, outlet, on: `2026-${day}` },
    { case: null, id: `${unit}-${work}` },
  );
const score = (events: Parameters<typeof lines>[1], at: string, unit: string, local = {}) =>
  lines(SCORE, events, at, { local }).find(l => l.line === 'score' && l.unit === unit);

test('points beyond the base, by kind and prize, with the events behind them', () => {
  const events = [
    piece('section-1', 'municipal', 'w1'),
    piece('section-1', 'municipal', 'w2', '09-19'),
    piece('section-1', 'provincial', 'w3'),
    event(
      '09-19 10:00',
      'office/head',
      'praise.entered',
      { unit: 'section-1', work: 'w3', note: 'n1' },
      { case: null, id: 'praise' },
    ),
    event(
      '09-19 11:00',
      'office/head',
      'award.entered',
      { unit: 'section-1', work: 'w3', contest: 'national-news', prize: 'second' },
      { case: null, id: 'prize' },
    ),
  ];
  expect(score(events, '09-20 00:00', 'section-1')).toMatchObject({
    base: 'met',
    points: 33,
    veto: false,
    lines: [
      { clause: 'A-2.S1a', n: 1, points: 3, basis: ['section-1-w2'] },
      { clause: 'A-2.S1b', n: 1, points: 5, basis: ['section-1-w3'] },
      { clause: 'A-2.S2', n: 1, points: 10, basis: ['praise'] },
      { clause: 'A-2.S3', n: 1, points: 15, basis: ['prize'] },
    ],
  });
});
test('without the base, what needs it scores nothing; praise does not need it', () => {
  const events = [
    piece('section-1', 'provincial', 'w3'),
    event(
      '09-19 10:00',
      'office/head',
      'praise.entered',
      { unit: 'section-1', work: 'w3', note: 'n1' },
      { case: null },
    ),
  ];
  expect(score(events, '09-20 00:00', 'section-1')).toMatchObject({ base: 'none', points: 10, veto: false });
});
test('a line that is not for a unit, and works that no line counts', () => {
  const events = [
    piece('section-2', 'municipal', 'w1'),
    piece('section-2', 'provincial', 'w2'),
    piece('section-2', 'central', 'w3'),
    piece('section-2', 'unknown', 'w4', '09-18', 'daily'),
  ];
  expect(score(events, '09-20 00:00', 'section-2')).toMatchObject({
    points: 0,
    unscored: [{ work: 'w3' }, { clause: 'A-2.B3', work: 'w4' }],
  });
  expect(lines(SCORE, events, '09-20 00:00').filter(l => l.line === 'gap' && l.gap === 'unmapped-outlet')).toHaveLength(
    1,
  );
  const mapped = { 'outlet-levels': { daily: 'municipal', label: 'local' } };
  expect(score(events, '09-20 00:00', 'section-2', mapped)).toMatchObject({ points: 3 });
});
