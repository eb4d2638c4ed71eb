/**
 * How much trouble the product makes for people, counted from what it really does: required fields that a form asks for
 * although the case says it already; ticks and check-ins that no article asks for; notices out of hours, by clause.
 */
import { dayOfInstant, isWorking, shiftsOf, type Calendar, type Instant } from '#core/calendar';
import { type FieldShape, type HuiyinEvent, VOCABULARY } from '#core/log';
import type { Sent } from '#case';
import type { NoticeRow } from '../ports.ts';
import { type Hall, standingLinesOf } from '../state.ts';
import { rotasOf } from './rota.ts';
import { clockText, OFFSET } from './times.ts';

/** Keys that mean the same thing wherever a case names them; parties do not: who acts and who is told differs by entry. */
const CARRIED: ReadonlySet<string> = new Set([
  'notice',
  'document',
  'instruction',
  'event',
  'decision',
  'risk',
  'mechanism',
  'series',
  'outlet',
  'topic',
  'work',
  'issue',
]);
const SINGLE: ReadonlySet<string> = new Set(['key', 'text']);

/** What a case has said about a field already, where it has said one thing only. */
export function saidAlready(events: readonly HuiyinEvent[], field: FieldShape): string | undefined {
  if (!CARRIED.has(field.name) || !SINGLE.has(field.kind) || field.list) return undefined;
  const values = new Set(
    events.flatMap(e => {
      const value = e.data[field.name];
      return e.type !== 'act.refused' && typeof value === 'string' ? [value] : [];
    }),
  );
  const [one] = values;
  return values.size === 1 ? one : undefined;
}
/** Required fields that a form leaves empty although the case says what belongs there. */
export const askedTwice = (type: string, given: Sent, events: readonly HuiyinEvent[]): readonly string[] =>
  (VOCABULARY.get(type)?.fields ?? [])
    .filter(f => !f.optional && !given.has(f.name) && saidAlready(events, f) !== undefined)
    .map(f => f.name);

/**
 * Ticks and questions without which a form is not taken. public: citizens will see it. final: it cannot be taken back. wish: only if the
 * one concerned wants it. Anything else is a forced click. A test reads the pages and knows when one is missing here.
 */
export const CONFIRMS: readonly {
  readonly page: string;
  readonly field: string;
  /** A question of its own instead of a tick. */
  readonly asks?: true;
  readonly why: 'public' | 'final' | 'wish' | 'forced';
}[] = [
  { page: 'reply-confirm.tsx', field: 'publish', why: 'public', asks: true },
  { page: 'reply-channels.tsx', field: 'differs', why: 'public' },
  { page: 'reply-chain.tsx', field: 'read-out', why: 'final' },
  { page: 'keeping.tsx', field: 'sure', why: 'final' },
  { page: 'register-who.tsx', field: 'own', why: 'wish' },
];
/** Rounds that people are held to although no article of the rulebook asks for them. */
export function roundsWithoutClause(hall: Hall): readonly { readonly duty: string; readonly at: string }[] {
  const clauses = new Set(hall.rulebook.clauses.map(c => c.id));
  return roundsCounted(hall)
    .filter(l => !clauses.has(l.clause))
    .map(l => ({ duty: l.duty, at: l.startedAt }));
}
export function roundsCounted(hall: Hall): ReturnType<typeof standingLinesOf> {
  const rotas = new Set(rotasOf(hall).map(r => r.name));
  return standingLinesOf(hall).filter(l => rotas.has(l.duty));
}

export type OffHours = 'night' | 'evening' | 'rest';
/** Whether a moment lies outside office hours, and how: at night, on another day off, at another hour. */
export function offHours(calendar: Calendar, at: Instant): OffHours | undefined {
  const clock = clockText(at);
  if (clock >= '23:00' || clock < '06:00') return 'night';
  const day = dayOfInstant(at, OFFSET);
  if (!isWorking(calendar, day, 'provisional')) return 'rest';
  const open = shiftsOf(calendar, day).some(s => s.opensAt <= at && at < s.closesAt);
  return open ? undefined : 'evening';
}
export interface NightRow {
  /** Empty where no article stands behind the notice. */
  readonly clause: string;
  readonly counts: Readonly<Record<OffHours, number>>;
  readonly all: number;
}
/** Notices that went out of the house when nobody is at work, by the article that asks for them. */
export function nightNotices(hall: Hall, notices: readonly NoticeRow[]): readonly NightRow[] {
  const clauses = new Set(hall.rulebook.clauses.map(c => c.id));
  const rows = new Map<string, Record<OffHours, number>>();
  for (const notice of notices) {
    const sent = notice.state === 'sent' || notice.state === 'perhaps-sent';
    // What waits on the desk wakes nobody.
    if (!sent || notice.channel === 'desk') continue;
    const when = offHours(hall.calendar, notice.endedAt ?? notice.notBefore);
    if (!when) continue;
    const clause = clauseOf(hall, notice, clauses);
    const row = rows.get(clause) ?? { night: 0, evening: 0, rest: 0 };
    row[when]++;
    rows.set(clause, row);
  }
  return [...rows]
    .map(([clause, counts]) => ({ clause, counts, all: counts.night + counts.evening + counts.rest }))
    .toSorted((a, b) => b.all - a.all || (a.clause < b.clause ? -1 : 1));
}
function clauseOf(hall: Hall, { key }: NoticeRow, clauses: ReadonlySet<string>): string {
  const [first = '', second = ''] = key.split('|');
  if (clauses.has(first)) return first;
  const pressed = first === 'press' ? hall.byId.get(second)?.data['clause'] : undefined;
  return typeof pressed === 'string' && clauses.has(pressed) ? pressed : '';
}
