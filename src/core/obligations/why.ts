/** The answer to "says who?": for one clause, each instance with its article, its starting event, its arithmetic; or why there is none. */
import { dayNumber, dayOf, dayOfInstant, dateOfDay, formatInstant, type Calendar, type Instant } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import type { Condition, DutyRule, Pattern, Rule, Rulebook } from '#core/rulebook';
import { scaleValues } from './condition.ts';
import type { CaseResult } from './evaluate-case.ts';
import { limitText } from './limit-text.ts';
import type { ObligationLine } from './lines.ts';
import { patternText } from './match.ts';
import type { Owed } from './owed.ts';
import { readingText, type ReadingText } from './readings-text.ts';
import type { Replay } from './replay.ts';
import { obligationLine, stepsOf } from './write-line.ts';

/** The obligation's own keys, with `line` telling the place in the rulebook and `readings` in words. */
export interface WhyAnswer extends Omit<ObligationLine, 'line' | 'readings'> {
  readonly article: string;
  readonly paraphrase: string;
  readonly file: string;
  /** 1-based line of the rule in the rulebook. */
  readonly line: number;
  /** The event itself; where the state of another duty or the date was the trigger, that in words. */
  readonly trigger: HuiyinEvent | { readonly text: string; readonly at: string };
  readonly anchor: { readonly name: string; readonly at: string; readonly from?: HuiyinEvent };
  readonly limit: string;
  readonly arithmetic: readonly string[];
  readonly calendarNotices: readonly string[];
  readonly readings: readonly ReadingText[];
  readonly rulebook: { readonly version: string; readonly digest: string };
  readonly discharge: { readonly wanted: readonly string[]; readonly found: readonly HuiyinEvent[] };
  readonly notBecause?: readonly string[];
}
export interface WhyNot {
  readonly clause: string;
  readonly none: true;
  readonly notBecause: readonly string[];
}
export interface Question {
  readonly clause: string;
  readonly case?: string | undefined;
  readonly unit?: string | undefined;
}

/** The rule a row came from: by its name, among those of the clause. */
const ruleOf = (rulebook: Rulebook, row: Owed): Rule | undefined =>
  rulebook.rules.find(r => 'name' in r && r.name === row.name && (r.clauses.includes(row.clause) || r.kind === 'rota'));

export function why(result: Replay, question: Question): readonly WhyAnswer[] | WhyNot {
  const { book, now } = result;
  const rows = [...result.cases.flatMap(c => c.rows), ...result.standing].filter(row => {
    const rule = ruleOf(book.rulebook, row);
    const asked =
      row.clause === question.clause || (row.kind !== 'rota' && (rule?.clauses.includes(question.clause) ?? false));
    return (
      asked &&
      !row.whole &&
      (question.case === undefined || row.case === question.case) &&
      (question.unit === undefined || row.unit === question.unit)
    );
  });
  if (rows.length === 0) return { clause: question.clause, none: true, notBecause: whyNot(result, question) };
  return rows
    .toSorted((a, b) => a.anchor.at - b.anchor.at || (a.unit ?? '').localeCompare(b.unit ?? '', 'en'))
    .map(row => answer(result, row, now));
}

function answer(result: Replay, row: Owed, now: Instant): WhyAnswer {
  const { book } = result;
  const { rulebook, calendar } = book;
  const rule = ruleOf(rulebook, row);
  const line = obligationLine(book, row, now);
  const { line: _line, readings, ...said } = line;
  const from = row.anchor.from?.event;
  const trigger = row.trigger?.fact?.event;
  return {
    ...said,
    article: rule?.article ?? '',
    paraphrase: rule?.paraphrase ?? '',
    file: rulebook.file,
    line: rule?.at.line ?? 0,
    trigger: trigger ?? {
      text: row.trigger?.text ?? 'the date',
      at: formatInstant(row.trigger?.at ?? row.anchor.at, calendar.offsetMinutes),
    },
    anchor: {
      name: row.anchor.name,
      at: formatInstant(row.anchor.at, calendar.offsetMinutes),
      ...(from ? { from } : {}),
    },
    limit: row.due.kind === 'date' && row.kind === 'rota' ? 'the date' : limitText(row.limit),
    arithmetic: stepsOf(book, row, now),
    calendarNotices: notices(calendar, row),
    readings: readings.map(id => readingText(rulebook, id)),
    rulebook: { version: rulebook.version, digest: rulebook.digest },
    discharge: { wanted: row.wanted, found: (row.met?.facts ?? []).map(f => f.event) },
    ...(row.met
      ? {}
      : {
          notBecause: [`nothing yet: ${row.wanted.join(', ')}`, ...(row.missing ?? []).map(m => `still missing: ${m}`)],
        }),
  };
}

/** The notices that made the days between anchor and due time working days or holidays. */
function notices(calendar: Calendar, row: Owed): string[] {
  const { limit, due, anchor } = row;
  if (due.at === null || limit.kind !== 'span' || (limit.unit !== 'working days' && limit.unit !== 'working hours'))
    return [];
  const found = new Set<string>();
  const day = (at: Instant): number => dayOfInstant(at, calendar.offsetMinutes);
  for (let d = day(anchor.at); d <= day(due.at); d++) {
    const date = dateOfDay(d);
    if (dayNumber(date) === undefined || !calendar.tables.has(Number(date.slice(0, 4)))) continue;
    const { notice, why: kind } = dayOf(calendar, date);
    if (kind === 'holiday' || kind === 'make-up') found.add(notice);
  }
  return [...found];
}

/** Why no instance exists: what never happened, what does not hold, what the clause is instead. */
function whyNot(result: Replay, question: Question): string[] {
  const { book } = result;
  const rules = book.rulebook.rules.filter(
    r =>
      r.clauses.includes(question.clause) ||
      (r.kind === 'rota' && r.rounds.some(round => round.clause === question.clause)),
  );
  const cases = result.cases.filter(
    c => c.key !== undefined && (question.case === undefined || c.key === question.case),
  );
  if (question.case !== undefined && cases.length === 0)
    return [`no event of the case ${question.case} was entered by then`];
  const reasons = rules.flatMap(rule =>
    rule.kind === 'duty' ? dutyNot(result, rule, cases, question) : [instead(rule)],
  );
  return reasons.length > 0 ? [...new Set(reasons)] : ['no rule of the rulebook enforces this clause'];
}

function instead(rule: Rule): string {
  switch (rule.kind) {
    case 'gate':
    case 'approval':
    case 'route':
      return `the clause is ${rule.kind === 'approval' ? 'an approval' : `a ${rule.kind}`} (${rule.name}): it holds acts up and owes nothing`;
    case 'declined':
      return `declined: ${rule.why}; instead: ${rule.instead}`;
    case 'human':
      return 'the clause is for people to read; nothing is executed';
    case 'rota':
      return `no slot of ${rule.name} has begun in the setup's period, or nobody holds the office`;
    default:
      return `the clause is a ${rule.kind}${'name' in rule ? ` (${rule.name})` : ''}: it gives no obligation here`;
  }
}

function dutyNot(result: Replay, rule: DutyRule, cases: readonly CaseResult[], question: Question): string[] {
  const places = cases.length > 0 ? cases : result.cases.filter(c => c.key === undefined);
  return places.flatMap(place => {
    const where =
      place.key === undefined ? 'outside cases' : cases.length > 1 ? `in case ${place.key}` : 'in this case';
    const started = rule.starts.some(p => hasTrigger(place, p));
    if (!started) return [`no event of type ${rule.starts.map(patternText).join(' or ')} ${where}`];
    const unheld = conditionNot(place, rule.condition);
    if (unheld.length > 0) return unheld;
    if (question.unit !== undefined) return [`${question.unit} is not one of those this duty is for ${where}`];
    return [`what starts ${rule.name} has not happened ${where}, or is older than the rulebook`];
  });
}

function hasTrigger(place: CaseResult, pattern: Pattern): boolean {
  if (pattern.on === 'event') return place.view.facts.of(pattern.type).length > 0;
  if (pattern.on === 'case-opening') return place.key !== undefined;
  if (pattern.on === 'standing') return true;
  return place.rows.some(
    r =>
      r.name === pattern.duty &&
      (pattern.on === 'done' ? r.met !== undefined : r.state.includes('late') || r.state === 'missed'),
  );
}

function conditionNot(place: CaseResult, condition: Condition | undefined): string[] {
  return Object.entries(condition ?? {}).flatMap(([name, wanted]) => {
    const values = scaleValues(place.view, name, { at: Infinity });
    const isScale = name in place.view.book.rulebook.terms.scales;
    if (!isScale || values.some(v => wanted.includes(v))) return [];
    return [
      `condition ${name} = ${wanted.join(' | ')} is not true: ${name} is ${values.length > 0 ? values.join(', ') : 'not set'}`,
    ];
  });
}
