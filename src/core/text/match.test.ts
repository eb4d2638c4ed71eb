import { describe, expect, test } from 'vitest';
import { readExpression } from './expression.ts';
import { type Item, makeMatcher } from './match.ts';
import { compileRules, readRules, type RuleSource } from './rules.ts';

const judge = (rule: Partial<RuleSource>, item: Partial<Item>) => {
  const { rules, faults } = readRules({ rules: [{ id: 'r', version: '1', ...rule }] });
  expect(faults).toEqual([]);
  return makeMatcher(compileRules(rules)).match({ id: 'i', text: '', ...item }, { why: true });
};
const because = (rule: Partial<RuleSource>, item: Partial<Item>): string =>
  judge(rule, item).not?.[0]?.because ?? 'matched';

describe('an expression against an item', () => {
  test.each<[string, Partial<Item>, string, string]>([
    // expression                               item                                             verdict            why
    ['公交', { text: '公交停运' }, 'matched', 'a term in the text'],
    ['公交', { title: '公交停运' }, 'matched', 'a term in the title'],
    ['公交', { text: '公車停運' }, '公交 has no hit', 'another word is no match'],
    ['工资', { text: '拖欠工資' }, 'matched', 'traditional folds to simplified'],
    ['wifi', { text: 'ＷＩＦＩ断网' }, 'matched', 'full-width and case fold'],
    ['公交 AND 工资', { text: '公交' }, '工资 has no hit', 'AND needs both'],
    ['公交 OR 地铁 AND 工资', { text: '公交' }, 'matched', 'AND binds tighter than OR'],
    ['(公交 OR 地铁) AND 工资', { text: '公交' }, '工资 has no hit', 'parentheses bind first'],
    [
      '公交 AND NOT 招聘',
      { text: '公交招聘司机' },
      'excluded by 招聘 at text 2',
      'an excluded term is named with its place',
    ],
    ['公交 NEAR/2 工资', { text: '公交的工资' }, 'matched', 'one character between'],
    ['工资 NEAR/2 公交', { text: '公交的工资' }, 'matched', 'either order'],
    ['公交 NEAR/2 工资', { text: '公交公司欠发工资' }, 'near: 4 apart, 2 allowed', 'the distance is said'],
    [
      '公交 NEAR/9 工资',
      { title: '公交', text: '工资' },
      'near: 公交 NEAR/9 工资 has no hit on both sides',
      'never across fields',
    ],
    ['(公交 OR 地铁) NEAR/3 (工资 OR 薪酬)', { text: '地铁站薪酬' }, 'matched', 'groups on both sides'],
    ['SENT(公交 AND 工资)', { text: '公交停运。工资迟发' }, 'no sentence holds 公交 AND 工资', 'two sentences'],
    ['SENT(公交 AND 工资)', { text: '公交停运，工资迟发。' }, 'matched', 'a comma ends no sentence'],
    [
      'SENT(公交 AND NOT 招聘)',
      { text: '公交招聘。公交停运' },
      'matched',
      'NOT inside a sentence is about that sentence',
    ],
    ['title:公交', { text: '公交' }, 'title:公交 has no hit', 'a field filter'],
    ['公交 AND kind:forum', { text: '公交', outletKind: 'paper' }, "kind:forum: the item's is paper", 'outlet kind'],
    ['公交 AND region:qj', { text: '公交' }, 'region:qj: the item has no region', 'a missing value does not hit'],
    [
      '公交 AND date:2026-05-01..2026-05-02',
      { text: '公交', publishedAt: '2026-05-02T23:59:59+08:00' },
      'matched',
      'both ends included, in China time',
    ],
    [
      '公交 AND date:2026-05-01..2026-05-02',
      { text: '公交', publishedAt: '2026-05-02T16:00:00Z' },
      'date:2026-05-01..2026-05-02: the item is of 2026-05-03',
      'UTC is read in China time',
    ],
    ['"公交 AND"', { text: '公交 and 地铁' }, 'matched', 'quotes make capitals a term'],
  ])('%s on %j: %s (%s)', (expr, item, verdict) => {
    expect(because({ expr }, item)).toBe(verdict);
  });
});

describe('a rule of groups against an item', () => {
  test.each<[Partial<RuleSource>, Partial<Item>, string]>([
    [{ all: [['公交'], ['工资', '薪酬']] }, { title: '公交', text: '薪酬' }, 'matched'],
    [{ all: [['公交'], ['工资', '薪酬']] }, { text: '公交' }, 'group 2 has no hit'],
    [{ all: [['公交']], in: ['title'] }, { text: '公交' }, 'group 1 has no hit'],
    [{ all: [['公交']], none: ['招聘'] }, { title: '公交', text: '一则招聘' }, 'excluded by 招聘 at text 2'],
    [
      { all: [['公交']], near: [{ a: '公交', b: '工资', within: 1 }] },
      { text: '公交欠发工资' },
      'near: 2 apart, 1 allowed',
    ],
    [{ all: [['WiFi']], width: 'exact' }, { text: 'wifi' }, 'group 1 has no hit'],
    [{ all: [['WiFi']], width: 'exact' }, { text: 'WiFi' }, 'matched'],
  ])('%j on %j: %s', (rule, item, verdict) => expect(because(rule, item)).toBe(verdict));
});

test('a certificate lists every term that counted with its offsets in the item as given', () => {
  const { matched } = judge({ expr: 'SENT(公交 AND 工资)' }, { title: '公交', text: '公交停运。公交工資迟发' });
  expect(matched).toEqual([
    {
      rule: 'r',
      version: '1',
      spans: [
        { field: 'text', term: '公交', from: 5, to: 7 },
        { field: 'text', term: '工资', from: 7, to: 9 },
      ],
    },
  ]);
});

test('ten million equal characters do not cost their square', () => {
  const result = judge({ expr: '公 NEAR/3 交' }, { text: '公'.repeat(300_000) });
  expect(result.matched).toEqual([]);
});

describe('an expression that cannot be read names its place', () => {
  test.each([
    ['', 'at 0: the expression is empty'],
    ['()', 'at 0: the parentheses are empty'],
    ['公交 AND', 'at 6: a term was expected here'],
    ['公交 工资', 'at 3: AND, OR or NEAR/n was expected here'],
    ['公交 NEAR 工资', 'at 3: NEAR needs a number of characters, as in NEAR/20'],
    ['公交 NEAR/ 工资', 'at 3: NEAR needs a number of characters, as in NEAR/20'],
    ['NOT 招聘', 'at 0: only NOT at its top: the rule would hit almost everything; say what it looks for'],
    ['公交 OR NOT 招聘', 'at 0: only NOT at its top: the rule would hit almost everything; say what it looks for'],
    ['(公交', 'at 3: ")" was expected for the "(" at 0'],
    ['"公交', 'at 0: the quote is never closed'],
    ['author:x', 'at 0: "author:" is no filter; there are title:, text:, kind:, region:, date:'],
    [
      '公交 AND date:2026-02-30..2026-03-01',
      'at 7: date: takes two dates, the earlier first, as in date:2026-05-01..2026-05-09',
    ],
    [`${'('.repeat(33)}公${')'.repeat(33)}`, 'at 32: more than 32 levels deep; write it flatter'],
  ])('%s → %s', (source, message) => expect(() => readExpression(source)).toThrow(message));
});

test.each([
  ['13800138000', 'a phone number'],
  ['110101199003070000', 'an identity number'],
  ['@someone', 'an account'],
  ['a@b.cn', 'a mail address'],
])('a rule that searches for %s (%s) is refused', (term, what) => {
  const { faults } = readRules({ rules: [{ id: 'r', version: '1', all: [[term]] }] });
  expect(faults.map(f => f.code)).toEqual(['HY-I9']);
  expect(faults[0]?.message).toContain(what);
});

describe('personal names', () => {
  test.each<[string, boolean, string]>([
    ['张伟', true, 'a surname and a given name'],
    ['王秀英', true, 'of three characters'],
    ['李某女士', true, 'addressed as a person'],
    ['王局长', true, 'a surname with an office'],
    ['张某', true, 'a name half hidden'],
    ['副局长', false, 'an office without a name'],
    ['班主任', false, 'an office that begins with no surname'],
    ['微信号 abc_12345', true, 'an account'],
    ['022-23456789', true, 'a telephone of a fixed line'],
    ['龙华区', false, 'a place'],
    ['建国路', false, 'a street'],
    ['王府井', false, 'a place without its kind'],
    ['黄金', false, 'a word'],
    ['工资', false, 'a word'],
    ['市场监管局', false, 'a body'],
    ['公交站', false, 'a matter'],
    ['微信公众号', false, 'a thing and not an account'],
    ['12345热线', false, 'a number that is none of a person'],
  ])('%s refused: %s (%s)', (term, refused) => {
    const { faults } = readRules({ rules: [{ id: 'r', version: '1', all: [[term]] }] });
    expect(faults.length > 0).toBe(refused);
  });
  test('a name in the office directory may be watched for', () => {
    const rules = { rules: [{ id: 'r', version: '1', all: [['张伟']] }] };
    expect(readRules(rules).faults[0]?.message).toBe(
      '"张伟" is a personal name: rules look for matters, places and institutions, never for a person (names held in the office directory may be watched for)',
    );
    expect(readRules(rules, ['张伟']).faults).toEqual([]);
  });
});

test('every fault of a list is told at once, with its place', () => {
  const { faults } = readRules({
    rules: [
      { version: '1', all: [] },
      { id: 'a', version: '1', all: [[]] },
      { id: 'a', version: '1', expr: '(' },
    ],
  });
  expect(faults.map(f => `${f.code} ${f.place}`)).toEqual([
    'HY-I2 rules[0].id',
    'HY-I2 rules[0].all',
    'HY-I2 rules[1].all[0]',
    'HY-I6 rules[2].id',
    'HY-I3 rules[2].expr',
  ]);
});
