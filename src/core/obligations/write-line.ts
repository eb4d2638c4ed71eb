/** A row owed, written down as a line: texts for times, seconds for spans, and the whole derivation in plain words. */
import { dayOfInstant, formatInstant, showInstant, workingDaysBetween, type Instant } from '#core/calendar';
import type { ObligationLine } from './lines.ts';
import type { Owed } from './owed.ts';
import { lateMs } from './whole.ts';
import type { Book } from './book.ts';

const seconds = (ms: number): number => Math.max(0, Math.floor(ms / 1000));

/** A line while it is being written: the same keys, still open. */
type Draft = { -readonly [K in keyof ObligationLine]: ObligationLine[K] };

export function obligationLine(book: Book, row: Owed, now: Instant): ObligationLine {
  const { offsetMinutes } = book.calendar;
  const { anchor, due, met, state } = row;
  const late = state === 'late' || state === 'done-late';
  // Keys are set in the order in which they are written; what does not apply is left out.
  const line = { line: 'obligation', clause: row.clause, duty: row.name } as Draft;
  if (row.case !== undefined) line.case = row.case;
  if (row.unit !== undefined) line.unit = row.unit;
  line.role = row.role;
  if (row.whole) line.whole = true;
  line.startedAt = formatInstant(anchor.at, offsetMinutes);
  line.bornAt = row.bornAt === anchor.at ? line.startedAt : formatInstant(row.bornAt, offsetMinutes);
  line.dueAt = due.at === null ? null : formatInstant(due.at, offsetMinutes);
  if (due.on !== undefined) line.dueOn = due.on;
  line.dueKind = due.kind;
  if (due.at !== null && due.basis !== undefined) line.dueBasis = due.basis;
  if (due.term !== undefined) line.term = due.term;
  line.state = state;
  if (met) line.doneAt = formatInstant(met.at, offsetMinutes);
  if (late) {
    line.lateBySeconds = seconds(lateMs(row, now));
    if (due.at !== null && row.limit.kind === 'span' && row.limit.unit === 'working days')
      line.lateByWorkingDays = lateWorkingDays(book, due.at, met?.at ?? now);
  }
  line.elapsedSeconds = seconds((met?.at ?? row.endedAt ?? now) - anchor.at);
  if (row.cause) line.cause = row.cause;
  if (row.local) line.local = localPart(row.local);
  if (row.recipients)
    line.recipients = row.recipients.map(r =>
      r.at === undefined
        ? { to: r.to }
        : { to: r.to, at: formatInstant(r.at, offsetMinutes), elapsedSeconds: seconds(r.at - anchor.at) },
    );
  if (row.rounds !== undefined) line.rounds = row.rounds;
  if (row.standIn !== undefined) line.standIn = row.standIn;
  if (row.explainedBy !== undefined) line.explainedBy = row.explainedBy;
  if (row.replacedBy !== undefined) line.replacedBy = row.replacedBy;
  if (row.missing && row.missing.length > 0) line.missing = row.missing;
  line.basis = basisOf(row);
  line.steps = stepsOf(book, row, now);
  line.readings = [...new Set([...anchor.readings, ...due.readings, ...row.readings])].sort();
  return line;
}

const localPart = (local: NonNullable<Owed['local']>): NonNullable<ObligationLine['local']> => ({
  ...(local.dueOn === undefined ? { targetSeconds: seconds(local.dueAt - local.startedAt) } : { dueOn: local.dueOn }),
  state: local.state,
  label: 'local',
});

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
  const late = seconds(lateMs(row, now));
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
