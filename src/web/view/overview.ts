/** What a period came to: which duties were met in time, how close, and how long the public waited. All read off the log. */
import type { ObligationLine } from '#core/obligations';
import { comparable, recurringQuestions, shingles, similarity } from '#core/text';
import { ownerOf, type Year } from '#score';
import type { StoredEvent } from '../ports.ts';
import type { Hall } from '../state.ts';
import type { Words } from '../words/index.ts';
import { type CaseHead, caseHeads, gradeOf, subjectOf } from './cases.ts';

/** Duties of a period that had a limit and whose fate is known. */
export interface Judged {
  readonly line: ObligationLine;
  readonly late: boolean;
  /** Share of the limit that was used, in percent; over 100 = late. */
  readonly used: number;
  readonly unit: string | undefined;
  readonly grade: string | undefined;
}
const LATE: ReadonlySet<string> = new Set(['late', 'done-late', 'missed']);

export interface Filter {
  readonly clause?: string;
  readonly grade?: string;
  readonly unit?: string;
  readonly from?: string;
  readonly to?: string;
}

export function judged(hall: Hall, w: Words, year: Year): readonly Judged[] {
  const heads = new Map(caseHeads(hall, w).map(c => [c.key, c]));
  return year.duties.flatMap((line): readonly Judged[] => {
    const isLate = LATE.has(line.state);
    if (line.dueAt === null || (line.state !== 'done' && !isLate)) return [];
    const start = Date.parse(line.startedAt);
    const limit = Math.max(1, Date.parse(line.dueAt) - start);
    const end = line.doneAt === undefined ? hall.now : Date.parse(line.doneAt);
    // A duty born late had less than its limit; its use is measured against the limit all the same.
    const used = Math.max(0, ((end - start) / limit) * 100);
    const head = line.case === undefined ? undefined : heads.get(line.case);
    return [
      {
        line,
        late: isLate,
        used: isLate ? Math.max(used, 100.1) : Math.min(used, 100),
        unit: ownerOf(year.result, line),
        grade: head && gradeOf(hall, head)?.value,
      },
    ];
  });
}
export function within(rows: readonly Judged[], filter: Filter): readonly Judged[] {
  return rows.filter(
    r =>
      (filter.clause === undefined || r.line.clause === filter.clause) &&
      (filter.grade === undefined || (r.grade ?? '') === filter.grade) &&
      (filter.unit === undefined || (r.unit ?? '') === filter.unit) &&
      (filter.from === undefined || r.line.startedAt.slice(0, 10) >= filter.from) &&
      (filter.to === undefined || r.line.startedAt.slice(0, 10) <= filter.to),
  );
}
export interface Rate {
  readonly key: string;
  readonly onTime: number;
  readonly of: number;
}
export function rates(rows: readonly Judged[], by: (row: Judged) => string): readonly Rate[] {
  const found = new Map<string, { onTime: number; of: number }>();
  for (const row of rows) {
    const key = by(row);
    const known = found.get(key) ?? { onTime: 0, of: 0 };
    found.set(key, { onTime: known.onTime + (row.late ? 0 : 1), of: known.of + 1 });
  }
  return [...found].map(([key, rate]) => ({ key, ...rate }));
}
/** The middle, and the value that nine of ten stay below: the smallest one with at least that share at or under it. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
export interface ClauseStrip {
  readonly clause: string;
  readonly duty: string;
  readonly line: ObligationLine;
  readonly rows: readonly Judged[];
  readonly median: number;
  /** Median share of the time used that lay between the first draft and the last signature; where drafts were signed. */
  readonly signing?: number;
}
/** One strip a clause, the one cut closest first. */
export function strips(hall: Hall, rows: readonly Judged[]): readonly ClauseStrip[] {
  const found = new Map<string, Judged[]>();
  for (const row of rows) {
    const key = `${row.line.clause}|${row.line.duty}`;
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return [...found.values()]
    .map((list): ClauseStrip => {
      const line = (list[0] as Judged).line;
      const shares = list.flatMap(r => signingShare(hall, r.line) ?? []);
      const signing = quantile(shares, 0.5);
      return {
        clause: line.clause,
        duty: line.duty,
        line,
        rows: list,
        median:
          quantile(
            list.map(r => r.used),
            0.5,
          ) ?? 0,
        ...(signing === undefined ? {} : { signing }),
      };
    })
    .toSorted((a, b) => b.rows.filter(r => r.late).length - a.rows.filter(r => r.late).length || b.median - a.median);
}
/** How much of the time went into signing, for a duty that a publication met. */
function signingShare(hall: Hall, line: ObligationLine): number | undefined {
  if (line.case === undefined || line.doneAt === undefined) return undefined;
  const events = hall.byCase.get(line.case) ?? [];
  const published = events.find(e => e.type === 'publication.made' && e.at === line.doneAt);
  if (!published) return undefined;
  const ofText = (e: StoredEvent): boolean => e.data['document'] === published.data['document'];
  const drafted = events.find(e => e.type === 'draft.written' && ofText(e));
  const signed = events.findLast(e => e.type === 'signature.given' && ofText(e) && e.at <= published.at);
  if (!drafted || !signed) return undefined;
  const start = Date.parse(line.startedAt);
  const whole = Date.parse(line.doneAt) - start;
  if (whole <= 0) return undefined;
  return Math.min(1, Math.max(0, (Date.parse(signed.at) - Math.max(start, Date.parse(drafted.at))) / whole));
}

export interface Waited {
  readonly head: CaseHead;
  readonly seconds: number;
  readonly at: number;
}
const ANSWERS: ReadonlySet<unknown> = new Set(['first-reply', 'reply', 'interim', 'final', 'authoritative']);
const FOUND: ReadonlySet<string> = new Set(['finding.recorded', 'media.called', 'agency-report.received']);
/** From the moment we learned of a matter to the first answer the public could read, for cases answered in the period. */
export function waited(
  hall: Hall,
  w: Words,
  period: { readonly from: string; readonly to: string },
): readonly Waited[] {
  return caseHeads(hall, w).flatMap(head => {
    const first = head.events.find(e => e.type === 'publication.made' && ANSWERS.has(e.data['kind']));
    if (!first || first.at.slice(0, 10) < period.from || first.at.slice(0, 10) > period.to) return [];
    const found = head.events.filter(e => FOUND.has(e.type)).map(e => Date.parse(e.at));
    const at = Date.parse(first.at);
    const since = found.length > 0 ? Math.min(...found) : head.openedAt;
    return [{ head, at, seconds: Math.max(0, (at - since) / 1000) }];
  });
}
export interface Histogram {
  /** Hours that one bar stands for. */
  readonly step: number;
  readonly bars: readonly { readonly from: number; readonly n: number }[];
  /** Answers beyond the last bar. */
  readonly beyond: number;
  readonly median: number;
  readonly ninety: number;
}
const BARS = 24;
/** By the hour where nine of ten answers came within a day; by wider steps where they did not. */
export function histogram(rows: readonly Waited[]): Histogram | undefined {
  const hours = rows.map(r => r.seconds / 3600);
  const [median, ninety] = [quantile(hours, 0.5), quantile(hours, 0.9)];
  if (median === undefined || ninety === undefined) return undefined;
  const step = ninety <= 24 ? 1 : ninety <= 96 ? 4 : 24;
  const bars = Array.from({ length: BARS }, (_, i) => ({
    from: i * step,
    n: hours.filter(h => h >= i * step && h < (i + 1) * step).length,
  }));
  return { step, bars, beyond: hours.filter(h => h >= BARS * step).length, median, ninety };
}

export interface RecurringQuestion {
  readonly subject: string;
  readonly count: number;
  readonly days: number;
  readonly cases: readonly string[];
}
const ASKS: ReadonlySet<unknown> = new Set(['question', 'complaint', 'request', 'suggestion']);
const ALIKE = 0.45;
/** Comparing everything with everything is square: the newest ones are looked at. */
const MOST = 600;
/** What people keep asking: findings of like subject on two days or more. */
export function recurring(
  hall: Hall,
  period: { readonly from: string; readonly to: string },
): readonly RecurringQuestion[] {
  const asked = hall.events
    .filter(e => e.type === 'finding.recorded' && ASKS.has(e.data['matter']))
    .filter(e => e.at.slice(0, 10) >= period.from && e.at.slice(0, 10) <= period.to)
    .slice(-MOST);
  const stories: { readonly id: string; readonly parts: ReturnType<typeof shingles> }[] = [];
  const byId = new Map<string, { subject: string; cases: Set<string> }>();
  const placed = asked.map(e => {
    const subject = subjectOf(e) ?? '';
    const parts = shingles(comparable(undefined, subject));
    const like = stories.find(s => similarity(s.parts, parts) >= ALIKE);
    const id = like?.id ?? e.id;
    if (!like) stories.push({ id, parts });
    const known = byId.get(id) ?? { subject, cases: new Set<string>() };
    if (e.case !== undefined) known.cases.add(e.case);
    byId.set(id, known);
    return { story: id, at: Date.parse(e.at) };
  });
  return recurringQuestions(placed, { from: 0, to: hall.now + 1 })
    .slice(0, 10)
    .map(r => ({
      subject: byId.get(r.story)?.subject ?? '',
      count: r.count,
      days: r.days,
      cases: [...(byId.get(r.story)?.cases ?? [])],
    }));
}
/** Questions the public raised under a publication that nobody has answered yet, by case. */
export function unansweredQuestions(
  hall: Hall,
  w: Words,
): readonly { readonly head: CaseHead; readonly open: number }[] {
  return caseHeads(hall, w).flatMap(head => {
    const made = head.events.filter(e => e.type === 'publication.made');
    const sum = (name: string): number => made.reduce((n, e) => n + Number(e.data[name] ?? 0), 0);
    const open = sum('questions') - sum('answered');
    return open > 0 ? [{ head, open }] : [];
  });
}
