/** The longest allowed gap between two of a kind (A quota's `gap`): each update starts a clock that the next one meets. */
import { dayOfInstant, type Instant } from '#core/calendar';
import type { Limit, QuotaRule } from '#core/rulebook';
import { dueTime } from './due.ts';
import type { Fact, FactSet } from './facts.ts';
import { matches } from './match.ts';
import type { Owed } from './owed.ts';
import { settle } from './settle.ts';
import type { View } from './view.ts';

export function quotaGapRows(view: View, events: FactSet, now: Instant): readonly Owed[] {
  return view.book.of('quota').flatMap(rule => (rule.gap ? gapRows(view, rule, events, now) : []));
}

function gapLimit(view: View, rule: QuotaRule): { limit: Limit; reading?: string } {
  const gap = rule.gap;
  if (!gap) return { limit: { kind: 'none' } };
  const names = Object.keys(gap.readings ?? {});
  const chosen = view.book.switched(gap.switch) ?? names[0];
  const limit = chosen === undefined ? undefined : gap.readings?.[chosen];
  return limit && chosen !== undefined
    ? { limit, reading: `${gap.switch ?? 'switch'}: ${chosen}` }
    : { limit: gap.atMost };
}

function gapRows(view: View, rule: QuotaRule, events: FactSet, now: Instant): Owed[] {
  const { limit, reading } = gapLimit(view, rule);
  const updates = rule.count
    .flatMap(p => (p.on === 'event' ? events.of(p.type).filter(f => matches(p, f, view.facts)) : []))
    .toSorted((a, b) => a.at - b.at || a.seq - b.seq);
  // Where whole dates are counted, the updates of one date are one.
  const byDate = limit.kind === 'span' && limit.unit === 'days';
  const day = (f: Fact): number => dayOfInstant(f.at, view.book.calendar.offsetMinutes);
  const turns = byDate
    ? updates.filter((f, i) => i === updates.length - 1 || day(updates[i + 1] as Fact) !== day(f))
    : updates;
  return turns.map((from, i) => {
    const next = byDate ? updates.find(f => day(f) > day(from)) : turns[i + 1];
    const anchor = {
      name: 'last update',
      at: from.at,
      from,
      readings: ['HC-13', ...(reading === undefined ? [] : [reading])],
    };
    const due = dueTime(view, limit, from.at);
    const met = next && { at: next.at, rec: next.rec, facts: [next] };
    const settled = settle({ knownFrom: from.rec, anchor, due }, met, undefined, now);
    return {
      clause: rule.clauses[0] ?? '',
      name: rule.name,
      kind: 'quota' as const,
      case: undefined,
      unit: undefined,
      role: 'institution',
      trigger: { at: from.at, rec: from.rec, seq: from.seq, fact: from, text: from.type },
      anchor,
      bornAt: from.rec,
      due,
      limit,
      state: settled.state,
      ...(settled.met ? { met: settled.met } : {}),
      ...(settled.lateAt === undefined ? {} : { lateAt: settled.lateAt }),
      wanted: ['the next update'],
      steps: [],
      readings: view.book.notesAbout(rule.name),
      basis: [],
    };
  });
}
