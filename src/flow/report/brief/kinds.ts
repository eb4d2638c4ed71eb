/** Kinds of brief, the span of days each is about, and the key under which its text stands in the log. */
export const BRIEF_KINDS = ['daily', 'weekly', 'monthly', 'yearly', 'special', 'zero', 'issue'] as const;
export type BriefKind = (typeof BRIEF_KINDS)[number];

/** What it is called on its own head. */
export const BRIEF_TITLES: Readonly<Record<BriefKind, string>> = {
  daily: '每日舆情简报',
  weekly: '每周舆情简报',
  monthly: '每月舆情简报',
  yearly: '年度舆情报告',
  special: '舆情专报',
  zero: '零报告',
  issue: '信息',
};

export interface BriefKey {
  readonly kind: BriefKind;
  /** First and last day, both included. */
  readonly from: string;
  readonly to: string;
  /** The case that a special brief or an information issue is about. */
  readonly case?: string;
}

/** Kinds that tell of one case instead of a span of days. */
export const ofCase = (kind: BriefKind): boolean => kind === 'special' || kind === 'issue';

const DAY = 86_400_000;
const DATE = /^20\d\d-\d\d-\d\d$/;
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const real = (date: string): boolean => DATE.test(date) && dateOf(Date.parse(`${date}T00:00:00Z`)) === date;
export const addDays = (date: string, days: number): string => dateOf(Date.parse(`${date}T00:00:00Z`) + days * DAY);

/** The span of a kind that holds this day: weeks begin on Monday. */
export function spanAround(kind: BriefKind, date: string): { readonly from: string; readonly to: string } {
  switch (kind) {
    case 'weekly': {
      const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
      const from = addDays(date, -weekday);
      return { from, to: addDays(from, 6) };
    }
    case 'monthly': {
      const from = `${date.slice(0, 7)}-01`;
      return { from, to: addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) };
    }
    case 'yearly':
      return { from: `${date.slice(0, 4)}-01-01`, to: `${date.slice(0, 4)}-12-31` };
    default:
      return { from: date, to: date };
  }
}

/** The last span that has ended before this day. */
export const lastSpan = (kind: BriefKind, today: string): { readonly from: string; readonly to: string } =>
  spanAround(kind, addDays(spanAround(kind, today).from, -1));

/** The span of the same length just before. */
export function spanBefore({ kind, from, to }: BriefKey): { readonly from: string; readonly to: string } {
  if (ofCase(kind) || kind === 'zero') return { from: addDays(from, -1), to: addDays(to, -1) };
  return spanAround(kind, addDays(from, -1));
}

/** `brief-weekly-2026-09-14`, `brief-special-2026-09-16-C2`: the document of its drafts and signatures. */
export const documentOf = (key: BriefKey): string =>
  ofCase(key.kind) ? `brief-${key.kind}-${key.to}-${key.case ?? ''}` : `brief-${key.kind}-${key.from}`;

export function readDocument(document: string): BriefKey | undefined {
  const found = /^brief-([a-z]+)-(20\d\d-\d\d-\d\d)(?:-([\w.-]+))?$/.exec(document);
  const kind = BRIEF_KINDS.find(k => k === found?.[1]);
  const date = found?.[2] ?? '';
  if (!kind || !real(date)) return undefined;
  if (ofCase(kind)) return found?.[3] === undefined ? undefined : { kind, from: date, to: date, case: found[3] };
  if (found?.[3] !== undefined) return undefined;
  const span = spanAround(kind, date);
  return span.from === date ? { kind, ...span } : undefined;
}
/** Kinds that an entry of the brief bears: the rulebook's own name where it asks for one. */
export const formOf = (kind: BriefKind): string => (kind === 'issue' ? 'information-issue' : `${kind}-brief`);

/** 2026年9月16日；9月14日至20日；2026年9月；2026年 */
export function saySpan({ kind, from, to }: Pick<BriefKey, 'kind' | 'from' | 'to'>): string {
  const [y, m, d] = from.split('-').map(Number);
  const [y2, m2, d2] = to.split('-').map(Number);
  if (kind === 'yearly') return `${y}年`;
  if (kind === 'monthly') return `${y}年${m}月`;
  if (from === to) return `${y}年${m}月${d}日`;
  return `${y}年${m}月${d}日至${y === y2 ? '' : `${y2}年`}${y === y2 && m === m2 ? '' : `${m2}月`}${d2}日`;
}
