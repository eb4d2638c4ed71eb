/** What a rule waits for and can never come: values no event has, gates that wait for their own act, recipients nobody can name. */
import type { KnownEvents, Report } from './check.ts';
import { nearest } from './nearest.ts';
import type { DutyRule, GateRule, Pattern, Rulebook, Test } from './types.ts';

/** Fields by which an event can reach somebody; a duty with `to` is met through one of them. */
const REACHES = ['to', 'with', 'units', 'outlet', 'participants', 'tabledAt', 'unit', 'forUnit'];
const MINUTES: Readonly<Record<string, number>> = { minutes: 1, hours: 60 };
/** What comes when a case closes, or after it. */
const AT_THE_END = new Set(['case.closed', 'archive.bundled', 'evaluation.written']);

export function checkActs(book: Rulebook, events: KnownEvents, report: Report): void {
  const duties = book.rules.filter((r): r is DutyRule => r.kind === 'duty');
  const gates = book.rules.filter((r): r is GateRule => r.kind === 'gate');
  for (const rule of book.rules)
    for (const pattern of patternsOf(rule))
      if (pattern.on === 'event')
        for (const test of pattern.tests) {
          const never = impossible(events, pattern.type, test);
          if (never)
            report(
              rule,
              'HY-R10',
              `${pattern.type} never has ${test.field.join('.')} = ${never.value}`,
              `it is one of ${never.values.join(', ')}`,
              nearest(never.value, never.values),
            );
        }
  for (const duty of duties) checkDuty(duty, events, report);
  checkDeadlocks(duties, gates, report);
  checkRestDays(book, duties, report);
}

/** Check 25: a clock runs at night and on holidays; somebody must be there then. Said once, at the tightest duty. */
function checkRestDays(book: Rulebook, duties: readonly DutyRule[], report: Report): void {
  const kept = book.rules.some(
    r => r.kind === 'rota' && (r.cover === '24h' || r.rounds.some(round => round.on !== 'working-days')),
  );
  const clock = duties
    .flatMap(d => (d.within.kind === 'span' && d.within.unit in MINUTES ? [{ d, ...d.within }] : []))
    .toSorted((a, b) => a.n * (MINUTES[a.unit] ?? 0) - b.n * (MINUTES[b.unit] ?? 0))[0];
  if (!kept && clock)
    report(
      clock.d,
      'HY-R40',
      `"${clock.d.name}" runs ${clock.n} ${clock.unit} on the clock, and no watch is kept on rest days`,
      'set a local roster for rest days; the text asks for none',
    );
}

/** Starts and discharges of duties, acts of gates and approvals: the patterns that wait for an event. */
function patternsOf(rule: Rulebook['rules'][number]): readonly Pattern[] {
  if (rule.kind === 'duty') return [...rule.starts, ...rule.done.patterns, ...(rule.until ? [rule.until] : [])];
  if (rule.kind === 'gate') return rule.act;
  if (rule.kind === 'approval') return rule.before;
  if (rule.kind === 'quota') return rule.count;
  return [];
}

/** The first value of a test that its closed list does not hold. `not` with such a value excludes nothing and is a slip too. */
function impossible(
  events: KnownEvents,
  type: string,
  test: Test,
): { readonly value: string; readonly values: readonly string[] } | undefined {
  const [field, ...rest] = test.field;
  const values = rest.length === 0 && field !== undefined ? events.valuesOf(type, field) : undefined;
  const value = values && test.values.find(v => !values.includes(v));
  return value === undefined || values === undefined ? undefined : { value, values };
}

function checkDuty(duty: DutyRule, events: KnownEvents, report: Report): void {
  if (duty.to !== undefined) {
    const types = duty.done.patterns.flatMap(p => (p.on === 'event' ? [p.type] : []));
    const reaches = (type: string) => REACHES.some(field => events.types.get(type)?.has(field) ?? true);
    if (types.length > 0 && types.every(type => events.types.has(type)) && !types.some(reaches))
      report(
        duty,
        'HY-R20',
        `${types.join(' or ')} reaches nobody, and "${duty.name}" must reach ${duty.to.join(', ')}`,
        'leave "to" out, or let it be met by an event that says whom it reached',
      );
  }
  const ends = duty.starts.length > 0 && duty.starts.every(p => p.on === 'event' && AT_THE_END.has(p.type));
  if (ends && !duty.afterClose && !duty.done.patterns.every(p => p.on === 'event' && p.type === 'filing.made'))
    report(
      duty,
      'HY-R30',
      `"${duty.name}" starts when its case is closed`,
      'write after-close: true, or start it before the close',
    );
}

/** An act that a gate refuses until a duty is done which only that act, or another refused the same way, can meet. */
function checkDeadlocks(duties: readonly DutyRule[], gates: readonly GateRule[], report: Report): void {
  const named = new Map(duties.map(d => [d.name, d]));
  /** Only gates that always hold, on the whole act, and refuse it: anything narrower may let some act pass. */
  const strict = gates.filter(g => g.condition === undefined && g.flagInstead === undefined);
  const asked = (type: string): readonly string[] =>
    strict
      .filter(g => g.act.some(p => p.on === 'event' && p.type === type && p.tests.length === 0))
      .flatMap(g => g.needs.flatMap(n => (n.need === 'done' ? [n.duty] : [])));
  /** Whether nothing can meet the duty without an act that waits for it. */
  const stuck = (name: string, waiting: readonly string[]): boolean => {
    if (waiting.includes(name)) return true;
    const { mode, patterns = [] } = named.get(name)?.done ?? {};
    const blocked = (p: Pattern) => p.on === 'event' && asked(p.type).some(other => stuck(other, [...waiting, name]));
    return patterns.length > 0 && (mode === 'all' ? patterns.some(blocked) : patterns.every(blocked));
  };
  for (const gate of gates)
    for (const need of gate.needs)
      if (strict.includes(gate) && need.need === 'done' && stuck(need.duty, []))
        report(
          gate,
          'HY-R20',
          `the gate waits for "${need.duty}", which waits for the act that the gate refuses`,
          'let the duty be met by another event, or take it out of needs',
        );
}
