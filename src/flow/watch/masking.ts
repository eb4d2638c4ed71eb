/**
 * Masking on the way in: what identifies a private person never reaches storage. Numbers are recognised by form and checksum,
 * bylines and accounts by what stands around them, links by their shape. Names in running text are best effort: what is
 * found and what is missed is measured (masking-names.test.ts) and published in the handbook's data map.
 */
import { maskLinks } from './masking-links.ts';
import { maskNames } from './masking-names.ts';
import { NUMBER_RULES } from './masking-numbers.ts';
import { type Survey, survey } from './masking-survey.ts';

export interface Masked {
  readonly text: string;
  /** How many of each kind were masked; no value is kept. */
  readonly counts: Readonly<Record<string, number>>;
}
export type MaskKind =
  'identity-number' | 'phone' | 'mail' | 'bank-card' | 'plate' | 'account' | 'byline' | 'name' | 'home' | 'link';
export interface MaskRule {
  readonly kind: MaskKind;
  readonly pattern: RegExp;
  readonly mask: string;
  readonly accept?: (match: string) => boolean;
  /** What a text must hold for the pattern to find anything: spares most texts the search. */
  readonly can: (survey: Survey) => boolean;
  /** A second look where the first says little. */
  readonly when?: RegExp;
}
const ACCOUNT_RULES: readonly MaskRule[] = [
  {
    kind: 'account',
    pattern: /(?<![\w.])[@＠][\p{L}\p{N}_·-]{2,30}/gu,
    mask: '[账号已隐去]',
    can: s => s.at,
  },
  {
    kind: 'account',
    pattern:
      /(?:QQ|微信|wx|WeChat|vx)\s{0,40}(?:号|号码|id)?\s{0,40}[:：为是]?\s{0,40}[A-Za-z0-9_-]{5,20}(?![A-Za-z0-9])/gi,
    mask: '[账号已隐去]',
    accept: m => /\d|[:：号]/.test(m),
    can: s => s.wordRun >= 5,
    when: /qq|微信|wx|wechat|vx/i,
  },
  {
    kind: 'account',
    pattern:
      /(?=[\p{L}\p{N}_.-])(?<=(?:抖音|快手|小红书|微博|B站|知乎|贴吧|QQ|微信)(?:号|账号|帐号|昵称|名|ID)\s{0,40}[:：]\s{0,40}|(?:昵称|网名|用户名|账号|帐号|ID|UID|uid)\s{0,40}[:：]\s{0,40})[\p{L}\p{N}_.-]{2,30}/gu,
    mask: '[账号已隐去]',
    can: s => s.account,
    when: /昵称|网名|用户名|[账帐]号|ID|UID|uid|抖音|快手|小红书|微博|B站|知乎|贴吧/,
  },
  {
    kind: 'account',
    pattern:
      /(?=[“"「『‘'])(?<=(?:网友|网民|用户|博主|楼主|吧友|楼层)\s{0,40})[“"「『‘'][^”"」』’'\n]{1,20}[”"」』’']/g,
    mask: '[账号已隐去]',
    can: s => s.nick,
    when: /网友|网民|用户|博主|楼主|吧友/,
  },
];
const RULES = [...NUMBER_RULES, ...ACCOUNT_RULES];
/** Marks that nobody sees but that break a number apart. */
const UNSEEN = /[\u200b-\u200f\u2060\ufeff\u00ad]+/g;
const FULL_WIDTH = /[０-９Ａ-Ｚａ-ｚ]/g;

/** The text with identities masked, and how many of each kind there were. `look` spares searches and changes no answer. */
export function maskText(text: string, look: (text: string) => Survey = survey): Masked {
  const counts: Record<string, number> = {};
  const count = (kind: MaskKind): void => void (counts[kind] = (counts[kind] ?? 0) + 1);
  let held = look(text);
  let out = held.unseen ? text.replace(UNSEEN, '') : text;
  // Before handles and numbers are: a link that is cut in two can be neither opened nor judged.
  if (held.link || held.unseen) out = maskLinks(out, () => count('link'));
  let folded = held.wide ? fold(out) : out;
  if (folded !== text) held = look(folded);
  for (const rule of RULES) {
    if (!rule.can(held) || rule.when?.test(folded) === false) continue;
    const before = out;
    out = replaceFolded(out, folded, rule, count);
    if (out === before) continue;
    folded = fold(out);
    held = look(folded);
  }
  out = maskNames(out, count, held);
  return { text: out, counts };
}

const fold = (text: string): string => text.replace(FULL_WIDTH, c => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
/** Searches with full-width digits and letters as half-width ones (one for one), replaces in the text as it stands. */
function replaceFolded(text: string, folded: string, rule: MaskRule, count: (kind: MaskKind) => void): string {
  let out = '';
  let last = 0;
  for (const match of folded.matchAll(rule.pattern)) {
    if (match[0] === '' || (rule.accept && !rule.accept(match[0]))) continue;
    count(rule.kind);
    out += text.slice(last, match.index) + rule.mask;
    last = match.index + match[0].length;
  }
  return last === 0 ? text : out + text.slice(last);
}
