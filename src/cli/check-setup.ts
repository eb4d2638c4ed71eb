/**
 * The checks that need holders, rosters and allowances (notation 9: 9, 19, 25, 35): who could sign, whether a chain fits its
 * limit, whether anybody is there on rest days, whether the drafter's office is the only approver.
 */
import type { Setup } from '#core/obligations';
import { addLimit, type Calendar, instantOf, showInstant } from '#core/calendar';
import { type Code, makeProblem, type Problem, type Rule, type LimitUnit, type Rulebook } from '#core/rulebook';
import { readCalendar } from './calendar-files.ts';
import type { Context } from './command.ts';

export function checkWithSetup(book: Rulebook, setup: Setup, year: number, context: Pick<Context, 'root'>): Problem[] {
  const calendar = readCalendar(context.root, { officeHours: setup.officeHours });
  const problems: Problem[] = [];
  const tell = (rule: Rule, code: Code, message: string, mend: string): void =>
    void problems.push(
      makeProblem(book.file, rule.at, code, message, mend, {
        clause: rule.clauses[0],
        article: rule.articleNumber || undefined,
        paragraph: rule.paragraph || undefined,
      }),
    );
  const held = (unit: string | undefined, role: string): boolean =>
    setup.roles.some(r => r.role === role && (unit === undefined || r.unit === unit) && r.holder !== null);

  for (const rule of book.rules) {
    if (rule.kind === 'approval') {
      const capacities = new Set([...rule.steps.flat(), ...(rule.byTopic ?? []).flatMap(t => t.steps.flat())]);
      for (const capacity of capacities)
        if (!canBeHeld(book, setup, capacity, held))
          tell(
            rule,
            'HY-R19',
            `nobody of this setup holds the capacity "${capacity}"`,
            'name a holder in the setup, or the capacity in terms',
          );
      checkChain(book, rule, tell, calendar, year);
      const [only] = [...capacities];
      const drafters = book.rules.flatMap(r =>
        r.kind === 'form' && rule.covers['form']?.includes(r.name) ? r.clauses : [],
      );
      if (
        capacities.size === 1 &&
        drafters.length === 0 &&
        only !== undefined &&
        setup.roles.filter(r => r.role === only).length === 1 &&
        setup.roles.filter(r => r.holder !== null).length === 1
      )
        tell(rule, 'HY-R37', `"${only}" is held by the only office there is`, 'let another office sign');
    }
    if (rule.kind === 'rota') {
      const rests = rule.rounds.some(r => r.on !== 'working-days');
      const watchers = (rule.who ?? []).flatMap(p =>
        p.party === 'role' ? [held(undefined, p.role)] : p.party === 'office' ? [held(p.unit, p.role)] : [],
      );
      if (watchers.length > 0 && !watchers.some(Boolean))
        tell(rule, 'HY-R19', `nobody of this setup keeps the watch "${rule.name}"`, 'name a holder of the role');
      if (rests && rule.cover !== undefined && watchers.length === 0)
        tell(rule, 'HY-R40', `"${rule.name}" runs on rest days and names no office`, 'set a roster for rest days');
    }
  }
  return problems;
}

function canBeHeld(
  book: Rulebook,
  setup: Setup,
  capacity: string,
  held: (unit: string | undefined, role: string) => boolean,
): boolean {
  const entry = book.terms.capacities[capacity];
  if (entry?.heldBy === 'by-subject')
    return held(undefined, capacity) || setup.roles.some(r => r.holder !== null && r.role.includes('leader'));
  const ways = entry?.heldBy ?? [];
  if (
    ways.some(p =>
      p.party === 'office'
        ? held(p.unit, p.role)
        : p.party === 'role'
          ? held(undefined, p.role)
          : p.party === 'unit'
            ? held(p.unit, 'head')
            : true,
    )
  )
    return true;
  return (
    ways.length === 0 &&
    (held(undefined, capacity) ||
      held(capacity, 'head') ||
      setup.units.some(u => u.key === capacity && setup.roles.some(r => r.unit === u.key && r.holder !== null)))
  );
}

/**
 * Check 19: whether the allowances of a chain, one after the other, end inside the limit from every start of the year. On the
 * clock one start stands for all; working time and dates depend on the start, so every half hour of the year is tried.
 */
function checkChain(
  book: Rulebook,
  rule: Extract<Rule, { kind: 'approval' }>,
  tell: (rule: Rule, code: Code, message: string, mend: string) => void,
  calendar: Calendar,
  year: number,
): void {
  for (const name of rule.inside?.limitOf ?? []) {
    const duty = book.rules.find(r => r.kind === 'duty' && r.name === name);
    if (duty?.kind !== 'duty' || duty.within.kind !== 'span') continue;
    const spans = Object.values(rule.allow ?? {}).flatMap(i =>
      i.kind === 'limit' && i.limit.kind === 'span' ? [i.limit] : [],
    );
    if (rule.allow === undefined || spans.length < Object.keys(rule.allow).length) {
      tell(
        rule,
        'HY-R36',
        `the chain "${rule.name}" inside "${name}" is not judged: a step has no allowance`,
        'write allow: { draft: 30 minutes, … }, or ask huiyin plan with --allow',
      );
      continue;
    }
    const late = firstTooLong(calendar, year, duty.within, spans);
    if (late)
      tell(
        rule,
        'HY-R16',
        `started ${showInstant(late.from)}, the chain "${rule.name}" ends ${showInstant(late.ends)}, "${name}" is due ${showInstant(late.due)}`,
        'shorten an allowance, or let steps run side by side',
      );
  }
}
interface Span {
  readonly n: number;
  readonly unit: LimitUnit;
}
function firstTooLong(calendar: Calendar, year: number, limit: Span, steps: readonly Span[]) {
  const units = [limit, ...steps].map(s => s.unit);
  const clockOnly = units.every(unit => unit === 'minutes' || unit === 'hours');
  const first = instantOf(`${year}-01-01T00:00:00+08:00`);
  const last = clockOnly ? first : instantOf(`${year}-12-31T23:30:00+08:00`);
  // Beyond the announced year Monday to Friday is assumed: the last days of a year must be judged too.
  const add = (from: number, s: Span): number => addLimit(calendar, from, s.n, s.unit, { beyond: 'provisional' }).dueAt;
  for (let from = first; from <= last; from += HALF_HOUR) {
    const due = add(from, limit);
    const ends = steps.reduce(add, from);
    if (ends > due) return { from, ends, due };
  }
  return undefined;
}
const HALF_HOUR = 30 * 60_000;
