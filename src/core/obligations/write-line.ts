/** A row owed, written down as a line: texts for times, seconds for spans, and the whole derivation in plain words. */
import { dayOfInstant, formatInstant, showInstant, workingDaysBetween, type Instant } from '#core/calendar';
import type { ObligationLine } from './lines.ts';
import type { Owed } from './owed.ts';
import { lateMs } from './whole.ts';
import type { Book } from './book.ts';

const seconds = (ms: number): number => Math.max(0, Math.floor(ms / 1000));

export function obligationLine(book: Book, row: Owed, now: Instant): ObligationLine {
  const { calendar } = book;
  const at = (instant: Instant): string => formatInstant(instant, calendar.offsetMinutes);
  const { anchor, due, met, local } = row;
  const until = met?.at ?? row.endedAt ?? now;
  const late = row.state === 'late' || row.state === 'done-late';
  return {
    line: 'obligation',
    clause: row.clause,
    duty: row.name,
    ...(row.case === undefined ? {} : { case: row.case }),
    ...(row.unit === undefined ? {} : { unit: row.unit }),
    role: row.role,
    ...(row.whole ? { whole: true } : {}),
    startedAt: at(anchor.at),
    bornAt: at(row.bornAt),
    dueAt: due.at === null ? null : at(due.at),
    ...(due.on === undefined ? {} : { dueOn: due.on }),
    dueKind: due.kind,
    ...(due.at === null || due.basis === undefined ? {} : { dueBasis: due.basis }),
    ...(due.term === undefined ? {} : { term: due.term }),
    state: row.state,
    ...(met ? { doneAt: at(met.at) } : {}),
    ...(late ? { lateBySeconds: row.lateSeconds ?? seconds(lateMs(row, now)) } : {}),
    ...(late && due.at !== null && row.limit.kind === 'span' && row.limit.unit === 'working days'
      ? { lateByWorkingDays: lateWorkingDays(book, due.at, met?.at ?? now) }
      : {}),
    elapsedSeconds: seconds(until - anchor.at),
    ...(row.cause ? { cause: row.cause } : {}),
    ...(local
      ? {
          local: {
            ...(local.dueOn === undefined
              ? { targetSeconds: seconds(local.dueAt - local.startedAt) }
              : { dueOn: local.dueOn }),
            state: local.state,
            label: 'local' as const,
          },
        }
      : {}),
    ...(row.recipients
      ? {
          recipients: row.recipients.map(r =>
            r.at === undefined ? { to: r.to } : { to: r.to, at: at(r.at), elapsedSeconds: seconds(r.at - anchor.at) },
          ),
        }
      : {}),
    ...(row.rounds === undefined ? {} : { rounds: row.rounds }),
    ...(row.standIn === undefined ? {} : { standIn: row.standIn }),
    ...(row.explainedBy === undefined ? {} : { explainedBy: row.explainedBy }),
    ...(row.replacedBy === undefined ? {} : { replacedBy: row.replacedBy }),
    ...(row.missing && row.missing.length > 0 ? { missing: row.missing } : {}),
    basis: basisOf(row),
    steps: [...stepsOf(book, row, now)],
    readings: [...new Set([...anchor.readings, ...due.readings, ...row.readings])].toSorted(),
  };
}

/** Working dates after the due date up to the date of doing. */
function lateWorkingDays(book: Book, dueAt: Instant, until: Instant): number {
  const { calendar } = book;
  const day = (instant: Instant): number => dayOfInstant(instant, calendar.offsetMinutes);
  return workingDaysBetween(calendar, day(dueAt), day(until));
}

function basisOf(row: Owed): string[] {
  const facts = [row.trigger?.fact, row.anchor.from, ...(row.met?.facts ?? []), row.endedBy];
  return [...new Set([...facts.flatMap(f => (f ? [f.id] : [])), ...row.basis])];
}

/** The arithmetic in words, one step a line: anchor, limit, what met it, how late. */
export function stepsOf(book: Book, row: Owed, now: Instant): string[] {
  const show = (instant: Instant): string => showInstant(instant, book.calendar.offsetMinutes);
  const { anchor, due, met } = row;
  const steps = [`counted from ${anchor.name} ${show(anchor.at)}${anchor.from ? ` (${anchor.from.id})` : ''}`];
  if (anchor.note !== undefined) steps.push(anchor.note);
  if (row.bornAt > anchor.at) steps.push(`known since ${show(row.bornAt)}`);
  steps.push(...due.steps, ...row.steps);
  if (row.cause === 'late-discovery') steps.push('late when it was found: due at once, no second clock');
  if (row.cause === 'late-entry') steps.push('entered late: it counts from when it happened');
  if (met) steps.push(`done ${show(met.at)}${row.met?.facts.at(-1) ? ` (${row.met.facts.at(-1)?.id ?? ''})` : ''}`);
  if (row.state === 'lifted' && row.endedAt !== undefined)
    steps.push(`ended ${show(row.endedAt)}${row.endedBy ? ` (${row.endedBy.id})` : ''}`);
  if (row.state === 'replaced') steps.push(`a tighter duty took over: ${row.replacedBy ?? ''}`);
  const late = row.lateSeconds ?? seconds(lateMs(row, now));
  if (row.state === 'late' || row.state === 'done-late') steps.push(`late by ${spanText(late)}`);
  if (row.state === 'missed') steps.push('the slot passed and cannot be made up');
  return steps;
}

export function spanText(total: number): string {
  const days = Math.floor(total / 86_400);
  const hours = Math.floor((total % 86_400) / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const rest = total % 60;
  const parts = [days && `${days} d`, hours && `${hours} h`, minutes && `${minutes} min`, rest && `${rest} s`].filter(
    Boolean,
  );
  return parts.length > 0 ? parts.join(' ') : '0 s';
}
