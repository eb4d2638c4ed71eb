/** What briefs are made from as the pages see it: the log as it was known at a moment, replayed at that moment. */
import { announcedUntil, formatInstant } from '#core/calendar';
import { linesOf, type ObligationLine, prepareBook, type RefusedLine, replay } from '#core/obligations';
import type { ApprovalRule } from '#core/rulebook';
import { type BriefKey, type BriefKind, type BriefMaterial, formOf, type SourceState } from '#report';
import type { SourceCoverage } from '../ports-silence.ts';
import { type Hall, obligationLines } from '../state.ts';
import { words } from '../words/index.ts';
import { caseHeads } from './cases.ts';

const DAY = 86_400_000;

/** A special brief runs from the opening of its case. */
function spanOf(hall: Hall, about: BriefKey): BriefKey {
  if (about.case === undefined) return about;
  const opened = hall.byCase.get(about.case)?.[0]?.at.slice(0, 10) ?? about.from;
  return { ...about, from: opened < about.from ? opened : about.from };
}

/** `known` = only what had been entered by then; the same moment gives the same brief for ever. */
export function briefMaterial(
  hall: Hall,
  asked: BriefKey,
  known: number,
  sources: readonly SourceState[] | undefined,
): BriefMaterial {
  const about = spanOf(hall, asked);
  const until = formatInstant(known);
  const events = hall.events.filter(e => Date.parse(e.recordedAt) <= known);
  const before = new Date(Date.parse(`${about.from}T00:00:00Z`) - 400 * DAY).toISOString().slice(0, 10);
  const end = new Date(Date.parse(`${about.to}T00:00:00Z`) + 2 * DAY).toISOString().slice(0, 10);
  const announced = announcedUntil(hall.calendar);
  const { setup } = hall.institution;
  // Standing duties are counted for the span and the one before, which is compared; a special brief needs none.
  const from = about.kind === 'yearly' ? before : spanStart(about);
  const bounded = {
    ...setup,
    period: {
      from: from > setup.period.from ? from : setup.period.from,
      to: end < announced ? end : announced,
    },
  };
  const lines = linesOf(replay(prepareBook(hall.rulebook, bounded, hall.calendar), events, known));
  const refused = new Set(lines.filter((l): l is RefusedLine => l.line === 'refused').map(l => l.event));
  const { institution, rulebook, book, calendar, byId, seq } = hall;
  const past = { institution, rulebook, book, calendar, byId, seq, events, now: known, byCase: grouped(events), lines };
  return {
    about,
    now: until,
    events: events.filter(e => e.type !== 'act.refused' && !refused.has(e.id)),
    refused: events.filter(e => e.type === 'act.refused' || refused.has(e.id)),
    duties: lines.filter((l): l is ObligationLine => l.line === 'obligation'),
    cases: caseHeads(past, words('zh'))
      .map(c => ({
        key: c.key,
        number: c.number,
        title: c.title,
        openedAt: formatInstant(c.openedAt),
        ...(c.closedAt === undefined ? {} : { closedAt: formatInstant(c.closedAt) }),
      }))
      .reverse(),
    rules: hall.rulebook.rules,
    ...(sources === undefined ? {} : { sources }),
  };
}
function spanStart(about: BriefKey): string {
  const length = Date.parse(about.to) - Date.parse(about.from) + DAY;
  return new Date(Date.parse(`${about.from}T00:00:00Z`) - Math.max(length, 31 * DAY)).toISOString().slice(0, 10);
}
function grouped(events: Hall['events']): Hall['byCase'] {
  const byCase = new Map<string, Hall['events'][number][]>();
  for (const event of events) {
    if (event.case === undefined) continue;
    const list = byCase.get(event.case);
    if (list) list.push(event);
    else byCase.set(event.case, [event]);
  }
  return byCase;
}

/** How the sources stood over the span of a brief: what was read of them, and what was not. */
export const sourceStates = (sources: readonly SourceCoverage[]): readonly SourceState[] =>
  sources.map(({ source, way, stretches }) => {
    const unread = stretches
      .filter(s => s.state === 'unread')
      .map(s => ({ from: formatInstant(s.from), to: formatInstant(s.to) }));
    return {
      title: source.title,
      how: source.class === 'bought' ? 'bought' : way === 'fetched' ? 'read' : 'sent',
      ...(source.lastReadAt === undefined ? {} : { readAt: formatInstant(source.lastReadAt) }),
      ...(source.problem === undefined ? {} : { problem: source.problem }),
      ...(unread.length === 0 ? {} : { unread }),
    };
  });

/** Bodies that information can go up to: superior units, and the bodies that the rules and the log name as such. */
export function upwardBodies(hall: Hall): readonly string[] {
  const units = hall.institution.setup.units.filter(u => u.kind === 'superior').map(u => u.key);
  const named = Object.entries(hall.rulebook.terms.bodies);
  const superior = named.filter(([, entry]) => entry.kind === 'superior');
  const contacts = hall.events.flatMap(e =>
    e.type === 'contact.entered' && e.data['bodyKind'] === 'superior' ? [String(e.data['body'])] : [],
  );
  return [...new Set([...units, ...contacts, ...(superior.length > 0 ? superior : named).map(([key]) => key)])];
}

/** Capacities that must sign a brief of this kind; empty where the rulebook names none. */
export const briefSigners = (hall: Hall, kind: BriefKind): readonly string[] => [
  ...new Set(
    hall.rulebook.rules
      .filter((r): r is ApprovalRule => r.kind === 'approval' && r.covers['form']?.includes(formOf(kind)) === true)
      .flatMap(r => r.steps.flat()),
  ),
];

export interface AskedBrief {
  readonly kind: BriefKind;
  readonly clause: string;
  /** The newest duty of that clause: when it is due by the rules, rest days rolled, and how it stands. */
  readonly duty?: ObligationLine;
}
/** The briefs that the regulation itself asks for, with the clause that says so. */
export function askedBriefs(hall: Hall): readonly AskedBrief[] {
  const found: AskedBrief[] = [];
  const put = (kind: BriefKind, clause: string | undefined): void => {
    if (found.some(f => f.kind === kind)) return;
    const own = obligationLines(hall).filter(
      l => l.clause === clause && l.case === undefined && l.state !== 'replaced',
    );
    const duty = own.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)).at(-1);
    found.push({ kind, clause: clause ?? '', ...(duty ? { duty } : {}) });
  };
  for (const rule of hall.rulebook.rules) {
    if (rule.kind === 'rota')
      for (const round of rule.rounds) {
        const done = JSON.stringify(round.done ?? rule.done ?? {});
        if (done.includes('zero-report.filed')) put('zero', round.clause ?? rule.clauses[0]);
        if (done.includes('brief.issued'))
          put(round.per === 'day' ? 'daily' : 'weekly', round.clause ?? rule.clauses[0]);
      }
    if (rule.kind === 'duty' && JSON.stringify(rule.done).includes('brief.issued')) put('daily', rule.clauses[0]);
  }
  return found;
}
