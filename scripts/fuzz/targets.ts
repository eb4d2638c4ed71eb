/**
 * What is fuzzed: each place where bytes from outside become data. A target throws when its promise is broken; refusals that
 * the reader is meant to give are no faults.
 */
import { readFields } from '#case';
import { asksForIdentity, checkEvent, EVENT_TYPES, identityIn, isAct, validateEvents, VOCABULARY } from '#core/log';
import { checkRulebook, type KnownEvents, printProblem, readRulebook } from '#core/rulebook';
import { compileRules, ExpressionFault, makeMatcher, readExpression, readRules, showExpression } from '#core/text';
import { zipProblem } from '../../src/io/documents/table-file.ts';
import { tables } from './tables.ts';
import { decode, extractPage, FeedRefused, PageRefused, readFeed } from '#watch';

export interface Target {
  readonly name: string;
  /** Iterations of the long form. */
  readonly iterations: number;
  /** Words of the format, which chance would not find. */
  readonly words: readonly string[];
  /** Folders whose coverage is printed. */
  readonly covers: RegExp;
  /** No input may take longer, nor the process hold more. */
  readonly mostMs: number;
  readonly mostMb: number;
  readonly run: (bytes: Uint8Array) => void | Promise<void>;
  /** How many inputs were ended by a limit of the product's own. */
  readonly stopped?: () => number;
}
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
function must(holds: boolean, promise: string): void {
  if (!holds) throw new Error(`broken promise: ${promise}`);
}
const WEB = /^https?:\/\//i;
const MARKUP = [
  '<',
  '>',
  '/>',
  '</',
  '<![CDATA[',
  ']]>',
  '<!--',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '&a;',
  '&#x1F600;',
  '&#0;',
  '<?xml version="1.0" encoding="gb2312"?>',
];

const feed: Target = {
  name: 'feed',
  iterations: 1_000_000,
  words: [
    ...MARKUP,
    '<rss version="2.0">',
    '<channel>',
    '<item>',
    '<title>',
    '<link>',
    '<pubDate>',
    '<dc:creator>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<entry>',
    '<updated>',
    '<content type="xhtml">',
    '<enclosure url="',
    'javascript:',
    '{"version":"https://jsonfeed.org/version/1.1","items":[',
    '"date_published"',
    '"id"',
    'Mon, 31 Feb 2026 25:61:61 +9999',
    '2026-02-30T99:00:00Z',
  ],
  covers: /flow\/watch\/(sources\/rss|charset|dates|plain-text)/,
  mostMs: 2_000,
  mostMb: 512,
  run: bytes => {
    try {
      const read = readFeed(decode(bytes).text, 'https://example.cn/feed');
      for (const item of read.items) {
        must(item.url === null || item.url === undefined || WEB.test(item.url), 'only web addresses survive');
        must(!/"(author|creator|byline)"/.test(JSON.stringify(Object.keys(item))), 'no field says who wrote it');
      }
      JSON.stringify(read);
    } catch (error) {
      if (!(error instanceof FeedRefused)) throw error;
    }
  },
};
const page: Target = {
  name: 'page',
  iterations: 50_000,
  words: [
    ...MARKUP,
    '<html>',
    '<body>',
    '<article>',
    '<p>',
    '<div class="content">',
    '<table><tr><td>',
    '<script type="application/ld+json">',
    '"datePublished"',
    '<meta property="article:published_time" content="',
    '<base href="',
    '<template>',
    '<svg>',
    '<frameset>',
    '来源：',
    '2026年5月1日 22:05',
    'javascript:alert(1)',
  ],
  covers: /flow\/watch\/(page|charset|dates|plain-text)/,
  mostMs: 5_000,
  mostMb: 768,
  run: bytes => {
    try {
      const read = extractPage(decode(bytes).text, 'https://example.cn/a/1.html');
      must(!/<script/i.test(read.text), 'text is text');
      must(
        read.canonicalUrl === null || read.canonicalUrl === undefined || WEB.test(read.canonicalUrl),
        'only web addresses survive',
      );
      must(read.confidence >= 0 && read.confidence <= 1, 'confidence is a share');
    } catch (error) {
      if (!(error instanceof PageRefused)) throw error;
    }
  },
};
const KNOWN: KnownEvents = {
  types: new Map([...VOCABULARY].map(([type, shape]) => [type, new Set(shape.fields.map(f => f.name))])),
  acts: new Set(EVENT_TYPES.filter(isAct)),
  valuesOf: (type, field) => VOCABULARY.get(type)?.fields.find(f => f.name === field)?.values,
  asksForIdentity,
};
const rulebook: Target = {
  name: 'rulebook',
  iterations: 1_000_000,
  words: [
    '---\n',
    '```duty\n',
    '```gate\n',
    '```scale\n',
    '```terms\n',
    '```\n',
    '# ',
    '## 第一条 ',
    '### 3\n',
    'name: ',
    'each: ',
    'when: ',
    'by: ',
    'within: 2 hours\n',
    'within: 2 working days\n',
    'after: ',
    'else: ',
    '- ',
    '  ',
    '&a',
    '*a',
    '<<: *a',
    '!!js/function',
    '{',
    '[',
    'grade = major',
    ' and ',
    ' or ',
    ' not ',
    '(',
    ')',
    'chain:\n',
    'note:\n',
    'constructor',
    '__proto__: ',
  ],
  covers: /core\/rulebook/,
  mostMs: 2_000,
  mostMb: 512,
  run: bytes => {
    const source = text(bytes);
    const read = readRulebook({ file: 'rulebook.md', text: source, digest: `sha256:${'0'.repeat(64)}` });
    const problems = read.ok ? checkRulebook(read.rulebook, { events: KNOWN }) : read.problems;
    must(read.ok || problems.length > 0, 'what is refused says why');
    for (const problem of problems.slice(0, 20))
      must(printProblem(problem, source).length > 0, 'every problem can be printed');
  },
};
const ITEM = {
  id: 'i',
  title: '公交司机反映工资迟发',
  text: '市民反映公交司机工资迟发。招聘启事。',
  outletKind: 'forum',
  region: 'x',
  publishedAt: '2026-05-09T22:14:00+08:00',
};
const expression: Target = {
  name: 'expression',
  iterations: 1_000_000,
  words: [
    ' AND ',
    ' OR ',
    ' NOT ',
    ' NEAR/20 ',
    'NEAR/',
    'SENT(',
    'title:',
    'text:',
    'kind:forum',
    'region:',
    'date:2026-01-01..2026-12-31',
    '(',
    ')',
    '"',
    '公交',
    '工资',
    '招聘',
    '..',
    '/',
    '\\"',
  ],
  covers: /core\/text\/(expression|rules|match|scan|fold)/,
  mostMs: 1_000,
  mostMb: 512,
  run: bytes => {
    const source = text(bytes);
    try {
      const shown = showExpression(readExpression(source));
      must(showExpression(readExpression(shown)) === shown, 'what is shown reads as the same');
    } catch (error) {
      if (!(error instanceof ExpressionFault)) throw error;
    }
    const { rules, faults } = readRules({ rules: [{ id: 'r', version: '1', expr: source }] });
    if (faults.length > 0) return;
    const { matched } = makeMatcher(compileRules(rules)).match(ITEM as never, { why: true });
    for (const { spans } of matched)
      for (const { field, from, to } of spans)
        must(from >= 0 && from < to && to <= ITEM[field].length, 'a span lies in its field');
  },
};
const event: Target = {
  name: 'event',
  iterations: 1_000_000,
  words: [
    '"id":',
    '"type":',
    '"at":',
    '"recordedAt":',
    '"by":{"unit":"u","role":"r"}',
    '"data":{',
    '"case":',
    '"author":',
    '"__proto__":',
    '\\u0000',
    '\\ud800',
    '2026-02-30T00:00:00+08:00',
    '2026-09-18T22:30:00+08:00',
    '13800138000',
    'null',
    'true',
    '[[[[',
    '{"a":',
  ],
  covers: /core\/log\/(validate|check-value|identity|nearest)/,
  mostMs: 1_000,
  mostMb: 512,
  run: bytes => {
    const read = validateEvents(text(bytes), 'events.ndjson');
    if (!read.ok) return must(read.problems.length > 0, 'what is refused says why');
    for (const e of read.events) {
      must(checkEvent(e).length === 0, 'what is taken is taken again');
      for (const value of Object.values(e.data))
        must(
          typeof value !== 'string' || identityIn(value) === undefined || e.type === 'draft.written',
          'no identity inside',
        );
    }
  },
};
const workbook: Target = {
  name: 'workbook',
  iterations: 50_000,
  words: [
    'PK\x03\x04',
    'PK\x01\x02',
    'PK\x05\x06',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
    '[Content_Types].xml',
    ',',
    '\t',
    ';',
    '"',
    '\r\n',
    '=cmd|',
    '\xd0\xcf\x11\xe0',
    '投诉内容',
    '<row r="1048577">',
    '<c r="XFE1" t="s">',
    '<dimension ref="A1:XFD1048576"/>',
    'SYLK',
    'ID;P',
    '{\\rtf1',
  ],
  covers: /io\/documents/,
  mostMs: 10_000,
  mostMb: 768,
  stopped: () => tables.stopped,
  run: async bytes => {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b && zipProblem(bytes) !== undefined) return;
    const read = await tables.read(bytes);
    if (read === undefined) return;
    if ('fault' in read) return must(read.fault.length > 0, 'what is refused says why');
    for (const row of read.rows)
      for (const cell of Object.values(row)) must(typeof cell === 'string', 'every cell is text');
  },
};
const TYPES = [...EVENT_TYPES];
const body: Target = {
  name: 'body',
  iterations: 1_000_000,
  words: [
    '&',
    '=',
    '%',
    '+',
    '%E5%85%AC',
    '%00',
    'at=',
    'data=',
    'subject=',
    'concerns=',
    'csrf=',
    '__proto__=',
    'case=',
    'true',
    'on',
    '2026-09-18T22:30',
    '--b\r\nContent-Disposition: form-data; name="',
    '"\r\n\r\n',
    '--b--',
    'filename="a"',
    'text=1',
    'author: ',
    '：',
    '\n',
    '、',
  ],
  covers: /flow\/case\/fields|core\/log\/(check-value|validate|identity)/,
  mostMs: 1_000,
  mostMb: 512,
  run: async bytes => {
    const type = TYPES[(bytes[0] ?? 0) % TYPES.length] ?? '';
    const multipart = text(bytes.subarray(1, 4)) === '--b';
    const request = new Request('http://127.0.0.1/do', {
      method: 'POST',
      headers: { 'content-type': multipart ? 'multipart/form-data; boundary=b' : 'application/x-www-form-urlencoded' },
      body: Buffer.from(bytes.subarray(1)),
    });
    const form = await request.formData().catch(() => undefined);
    if (!form) return;
    const sent = new Map<string, string[]>();
    for (const [name, value] of form) if (typeof value === 'string') sent.set(name, [...(sent.get(name) ?? []), value]);
    const read = readFields(type, sent);
    if (!read.ok) return must(read.faults.length > 0, 'what is refused says which field');
    const at = '2026-09-18T22:30:00+08:00';
    checkEvent({ id: 'e', type, at, recordedAt: at, by: { unit: 'u', role: 'r' }, data: read.data });
    must(Object.getPrototypeOf({}) === Object.prototype && !('polluted' in {}), 'nothing leaks into all objects');
  },
};
export const TARGETS: readonly Target[] = [feed, page, rulebook, expression, event, workbook, body];
