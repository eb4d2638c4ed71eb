/** Rules that cannot do what they say: gaps of a scale, circles, undischargeable duties, identity fields, missing notes. */
import type { KnownEvents, Report } from './check.ts';
import type { DutyRule, Limit, Rule, Rulebook } from './types.ts';

const FORBIDDEN_WORDS =
  /\b(delete|remove|hide|block|filter|report|identify|trace|expose|refer)\b[^.]*\b(posts?|comments?|posters?|speakers?|netizens?|accounts?)\b|delete-post|block-post|report-poster|comment-as|删帖|屏蔽|封号|跟帖|控评|人肉/i;
const HOUR = 3_600_000;
/** Only for comparing two limits of one unit. */
const size = (limit: Limit): number | undefined =>
  limit.kind === 'span'
    ? limit.n * ({ minutes: HOUR / 60, hours: HOUR, days: 24 * HOUR } as Record<string, number>)[limit.unit]!
    : undefined;

export function checkShapes(book: Rulebook, events: KnownEvents, report: Report): void {
  const duties = book.rules.filter((r): r is DutyRule => r.kind === 'duty');
  const notes = new Set(book.rules.flatMap(r => (r.kind === 'note' ? r.clauses : [])));
  for (const rule of book.rules) {
    if (rule.kind === 'duty') checkDuty(rule, notes, report);
    if (rule.kind === 'grades') checkScale(rule, report);
    if (rule.kind === 'form' || rule.kind === 'ledger')
      for (const field of rule.fields)
        if (events.asksForIdentity(field.name))
          report(
            rule,
            'HY-R27',
            `the field "${field.name}" asks who somebody is`,
            'leave it out; forms of the product hold matters, measures and counts',
          );
    if (rule.kind === 'retention' && rule.items.length === 0)
      report(rule, 'HY-R3', 'the list of content is empty', 'write kinds: [..] or heads: [..]');
    if (rule.kind === 'approval' && rule.steps.length === 0 && !rule.byTopic?.length)
      report(rule, 'HY-R19', 'nobody signs', 'write steps: [..] or by-topic');
    if (rule.kind === 'declined' && rule.instead.trim().length < 4)
      report(
        rule,
        'HY-R13',
        'the lawful substitute says nothing',
        'write what the institution does instead, with the article',
      );
  }
  checkCircles(duties, report);
  checkTwice(duties, report);
  checkGradeOrder(book, duties, report);
  checkNames(book.rules, report);
}

function checkDuty(rule: DutyRule, notes: ReadonlySet<string>, report: Report): void {
  if (FORBIDDEN_WORDS.test(rule.must))
    report(
      rule,
      'HY-R12',
      `"${rule.must}" acts on what people say`,
      'write a declined block with the lawful substitute',
    );
  if (rule.within.kind === 'soft' && /\d|[一二三四五六七八九十]+(?:小时|分钟|日|天|个工作日)/.test(rule.within.word))
    report(rule, 'HY-R26', `the soft word "${rule.within.word}" holds a figure`, 'write the figure as a limit');
  if (rule.gapFills && !rule.clauses.some(c => notes.has(c)))
    report(
      rule,
      'HY-R24',
      'a gap of the text is filled and no note says so',
      'write a note with the question and the reading',
    );
  if (rule.switch !== undefined && Object.keys(rule.readings ?? {}).length < 2)
    report(
      rule,
      'HY-R28',
      `the switch "${rule.switch}" has fewer than two readings`,
      'write readings: { first: anchor, second: anchor }',
    );
  if (rule.starts.some(p => p.on === 'standing') && rule.per === 'case')
    report(rule, 'HY-R4', 'a standing duty is not per case', 'leave per out');
  if (rule.within.kind === 'span' && rule.from.kind === 'derived' && rule.from.name === 'completion')
    report(
      rule,
      'HY-R31',
      'the clock starts when the debtor says that it is finished',
      'nothing to mend; the time before it is measured and shown',
    );
  if (rule.within.kind === 'span' && rule.late === undefined)
    report(rule, 'HY-R33', 'the text names no consequence of lateness', 'nothing to mend; a reason is asked for');
}

function checkScale(rule: Extract<Rule, { kind: 'grades' }>, report: Report): void {
  const values = new Set(rule.values);
  if (values.size < rule.values.length) report(rule, 'HY-R14', 'a value stands twice', 'keep one of the two');
  if (rule.values.length === 0) return; // the scale is set locally
  for (const c of rule.criteria)
    if (!values.has(c.value))
      report(
        rule,
        'HY-R14',
        `a criterion names "${c.value}", which is no value of the scale`,
        `values are ${rule.values.join(', ')}`,
      );
  if (rule.criteria.length > 0 && !rule.unordered) {
    const dead = rule.values.filter(v => !rule.criteria.some(c => c.value === v));
    if (dead.length > 0 && rule.criteria.every(c => c.when))
      report(rule, 'HY-R14', `nothing leads to ${dead.join(', ')}`, 'write a criterion for each value');
  }
  const seen = new Map<string, string>();
  for (const c of rule.criteria) {
    if (!c.when || rule.hit !== 'unique') continue;
    const key = JSON.stringify(c.when);
    const other = seen.get(key);
    if (other !== undefined && other !== c.value)
      report(
        rule,
        'HY-R14',
        `the same facts lead to ${other} and to ${c.value}`,
        'make the two criteria differ, or write hit: highest',
      );
    seen.set(key, c.value);
  }
}

/** Duties that start each other, or run from each other, for ever. */
function checkCircles(duties: readonly DutyRule[], report: Report): void {
  const waits = new Map(
    duties.map(d => [
      d.name,
      [
        ...d.starts.flatMap(p => (p.on === 'done' || p.on === 'late' || p.on === 'missed' ? [p.duty] : [])),
        ...(d.from.kind === 'done' ? [d.from.duty] : []),
      ],
    ]),
  );
  // A duty that can also start from an event breaks the circle.
  const free = new Set(
    duties
      .filter(d => d.starts.some(p => p.on === 'event' || p.on === 'case-opening' || p.on === 'standing'))
      .map(d => d.name),
  );
  for (const duty of duties) {
    const path: string[] = [];
    const visit = (name: string): boolean => {
      if (path.includes(name)) return name === duty.name;
      if (free.has(name)) return false;
      path.push(name);
      const found = (waits.get(name) ?? []).some(visit);
      if (!found) path.pop();
      return found;
    };
    if (visit(duty.name))
      report(
        duty,
        'HY-R15',
        `${path.join(' waits for ')} waits for ${duty.name}`,
        'let one of them start from an event',
      );
  }
}

/** Two figures for the same act from the same start under the same condition. */
function checkTwice(duties: readonly DutyRule[], report: Report): void {
  const seen = new Map<string, DutyRule>();
  for (const d of duties) {
    if (d.within.kind !== 'span' || d.group !== undefined) continue;
    const key = JSON.stringify([d.starts, d.done, d.condition ?? {}, d.each ?? null, d.who, d.to ?? []]);
    const other = seen.get(key);
    if (other && JSON.stringify(other.within) !== JSON.stringify(d.within))
      report(
        d,
        'HY-R22',
        `"${d.name}" and "${other.name}" set two limits for one act`,
        'write group: <name> in both, or make their conditions differ',
      );
    seen.set(key, d);
  }
}

/** A more serious grade never waits longer for the same act. */
function checkGradeOrder(book: Rulebook, duties: readonly DutyRule[], report: Report): void {
  for (const scale of book.rules) {
    if (scale.kind !== 'grades' || scale.unordered) continue;
    const rank = (d: DutyRule) =>
      Math.min(...(d.condition?.[scale.name] ?? []).map(v => scale.values.indexOf(v)).filter(i => i >= 0), Infinity);
    const timed = duties.filter(d => d.condition?.[scale.name] && size(d.within) !== undefined);
    for (const a of timed)
      for (const b of timed) {
        const same =
          JSON.stringify(a.done) === JSON.stringify(b.done) && JSON.stringify(a.who) === JSON.stringify(b.who);
        if (same && rank(a) > rank(b) && Number.isFinite(rank(a)) && (size(a.within) ?? 0) > (size(b.within) ?? 0))
          report(
            a,
            'HY-R39',
            `"${a.name}" is for a higher grade and slower than "${b.name}"`,
            "see whether the figures are the text's",
          );
      }
  }
}

function checkNames(rules: readonly Rule[], report: Report): void {
  const seen = new Map<string, Rule>();
  for (const rule of rules) {
    if (!('name' in rule) || rule.kind === 'grades' || rule.kind === 'local' || rule.kind === 'outside') continue;
    // One form may stand under several clauses: each asks for the fields of its own stage.
    const stage = rule.kind === 'form' ? ` ${rule.clauses.join(' ')}` : '';
    const key = `${rule.kind} ${rule.name}${stage}`;
    if (seen.has(key))
      report(rule, 'HY-R5', `a ${rule.kind} called "${rule.name}" stands twice`, 'give one of them another name');
    seen.set(key, rule);
  }
}
