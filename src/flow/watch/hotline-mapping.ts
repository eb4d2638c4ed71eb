/**
 * Rows of a hotline export become findings. Columns are recognised by their headings; columns that name a private person
 * have no target: they are named, dropped before anything is stored, and counted.
 */
import { absoluteUrl } from './address.ts';
import { maskText } from './masking.ts';

export const TARGETS = ['id', 'title', 'text', 'publishedAt', 'outlet', 'url', 'ignore'] as const;
export type Target = (typeof TARGETS)[number];
export type Mapping = Readonly<Record<string, Target>>;
export interface MappedColumns {
  readonly mapping: Mapping;
  /** Headings of identity columns. */
  readonly dropped: readonly string[];
}
export interface HotlineRow {
  readonly id?: string;
  readonly title: string;
  readonly text: string;
  readonly outlet?: string;
  readonly url?: string;
  /** Milliseconds; absent where the row has none or none that can be read. */
  readonly publishedAt?: number;
  readonly masked: number;
  /** How many of each kind were masked. */
  readonly counts: Readonly<Record<string, number>>;
}
const HEADINGS: readonly (readonly [Exclude<Target, 'ignore'>, RegExp])[] = [
  ['id', /^(id|编号|工单号|工单编号|流水号|序号|案件编号|留言编号|受理编号|诉求编号|no)$/i],
  ['title', /^(title|标题|主题|留言主题|诉求标题|工单标题|subject)$/i],
  [
    'publishedAt',
    /^(time|date|时间|日期|留言时间|受理时间|来电时间|登记时间|诉求时间|创建时间|发布时间|publishedat|created_?at)$/i,
  ],
  ['url', /^(url|link|链接|网址|原文链接|原文地址|文章链接|href)$/i],
  ['outlet', /^(outlet|source|media|来源|媒体|媒体名称|网站|网站名称|来源网站|平台|发布媒体)$/i],
  ['text', /^(text|content|内容|详情|留言详情|留言内容|诉求内容|工单内容|问题描述|反映内容|事项内容|body|detail)$/i],
];
/** Headings that lead to who spoke. `user` in an export of messages is the account of the writer. */
const IDENTITY =
  /^(user|user_?id|user_?name|account|author|nick_?name|sender|caller|name|phone|mobile|tel|telephone|email|mail|address|id_?card|open_?id|uid|author_?(?:id|name|url)|user_?url|followers?(?:_?count)?|fans|poster|handle|screen_?name|profile(?:_?url)?|avatar|gender|age|birth(?:day)?)$|姓名|作者|博主|楼主|发帖|发布人|发布者|发文账|粉丝|关注者|头像|主页|网友|网名|昵称|用户|留言人|来电人|诉求人|投诉人|举报人|联系人|当事人|身份证|证件|电话|手机|号码|联系方式|邮箱|地址|住址|账号|帐号|微信|性别|年龄/i;
/** A column about how something was counted is no identity although it holds such a word. */
const NOT_IDENTITY = /人数|次数|数量|是否/;
/** A heading that leads to who spoke: no mapping has a target for it. */
export const isIdentityHeading = (name: string): boolean => IDENTITY.test(name.trim()) && !NOT_IDENTITY.test(name);

export function mapColumns(headings: readonly string[], given: Mapping = {}): MappedColumns {
  const mapping: Record<string, Target> = {};
  const dropped: string[] = [];
  const taken = new Set<Target>(Object.values(given));
  for (const heading of headings) {
    const name = heading.trim();
    const isIdentity = isIdentityHeading(name);
    if (isIdentity) dropped.push(name);
    const wanted = given[name];
    if (wanted) mapping[name] = isIdentity ? 'ignore' : wanted;
    else {
      const target = isIdentity ? undefined : HEADINGS.find(([t, pattern]) => !taken.has(t) && pattern.test(name))?.[0];
      if (target) taken.add(target);
      mapping[name] = target ?? 'ignore';
    }
  }
  return { mapping, dropped };
}

/** What a mapping lacks to be used at all, or undefined. */
export function mappingProblem({ mapping }: MappedColumns): string | undefined {
  const targets = new Set(Object.values(mapping));
  if (targets.has('text') || targets.has('title')) return undefined;
  return `no column holds the text of the matter; the columns are ${Object.keys(mapping).join(', ')}`;
}

/** One row, or why it is refused. */
export function readRow(
  row: Readonly<Record<string, unknown>>,
  mapping: Mapping,
): HotlineRow | { readonly refused: string } {
  const cell = (target: Target): string => {
    for (const [heading, t] of Object.entries(mapping)) {
      const value = t === target ? row[heading] : undefined;
      if (value !== undefined && value !== null && String(value).trim() !== '') return String(value).trim();
    }
    return '';
  };
  const outlet = cell('outlet');
  const url = absoluteUrl(cell('url'), 'http://none.invalid/');
  const text = maskText(cell('text'));
  const title = maskText(cell('title'));
  if (text.text === '' && title.text === '') return { refused: 'the row has no text' };
  const when = cell('publishedAt');
  const publishedAt = when === '' ? undefined : readTime(when);
  if (publishedAt !== undefined && typeof publishedAt !== 'number') return publishedAt;
  const id = cell('id');
  const sum = (m: { readonly counts: Readonly<Record<string, number>> }) =>
    Object.values(m.counts).reduce((a, b) => a + b, 0);
  return {
    title: title.text || [...text.text].slice(0, 40).join(''),
    text: text.text || title.text,
    masked: sum(text) + sum(title),
    counts: together(text.counts, title.counts),
    ...(id === '' ? {} : { id }),
    ...(outlet === '' ? {} : { outlet }),
    // A bare word is no address.
    ...(url === undefined || url.startsWith('http://none.invalid/') ? {} : { url }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
  };
}

function together(...all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const counts of all) for (const [kind, n] of Object.entries(counts)) out[kind] = (out[kind] ?? 0) + n;
  return out;
}
const TIME =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;
const CHINA_MS = 8 * 3_600_000;
/** Milliseconds of a written time, in China's zone where none is given; a date that does not exist refuses the row. */
export function readTime(text: string): number | { readonly refused: string } {
  const match = TIME.exec(text.trim());
  // Only what could be a time is said again: a wrong column may hold a name or a number of somebody.
  const said = /^[\d\s:./年月日时分秒-]{1,20}$/.test(text) && !/\d{9}/.test(text) ? ` "${text}"` : '';
  if (!match) return { refused: `the time${said} cannot be read; write 2026-07-13 09:30` };
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(v => Number(v ?? 0));
  const zone = match[7];
  const offset =
    zone === undefined
      ? CHINA_MS
      : zone === 'Z'
        ? 0
        : (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000 * (zone.startsWith('-') ? -1 : 1);
  const civil = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(civil);
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return { refused: `there is no time "${text.slice(0, 40)}"` };
  return civil - offset;
}
