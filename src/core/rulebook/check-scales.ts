/** Grades, quotas and members that cannot work: open words computed, inputs nobody gives, kinds no unit has, pieces counted twice over. */
import type { Report } from './check.ts';
import { ABOUT_THE_TEXT } from './keywords.ts';
import type { Criterion, GradesRule, QuotaRule, Rule, Rulebook, Test } from './types.ts';

/** What a `when` may compare: an interval, a number, true or false, or a set of declared values. */
const COMPUTED = /^(?:[<>]=?|=|\[|\(|\d|true$|false$)/;

export function checkScales(book: Rulebook, report: Report): void {
  const kinds = new Set(Object.values(book.terms.units).flatMap(u => (u.kind === undefined ? [] : [u.kind])));
  for (const rule of book.rules) {
    if (rule.kind === 'grades') for (const c of rule.criteria) checkCriterion(book, rule, c, report);
    if (rule.kind === 'quota') checkQuota(book, rule, report);
    if (rule.kind === 'duty' && rule.ifUnitKind !== undefined) {
      const member = rule.each?.party === 'unit-kind' ? rule.each.unitKind : undefined;
      if (!kinds.has(rule.ifUnitKind) || (member !== undefined && member !== rule.ifUnitKind))
        report(
          rule,
          'HY-R23',
          member === undefined || !kinds.has(rule.ifUnitKind)
            ? `no unit is of the kind "${rule.ifUnitKind}"`
            : `one per ${member}, and only for the kind "${rule.ifUnitKind}"`,
          `kinds of units are ${[...kinds].join(', ')}`,
        );
    }
  }
  checkUnusedGrades(book, report);
}

/** Check 7: an open word is ticked by a person. Check 29: a computed input is one that the grader is asked for. */
function checkCriterion(book: Rulebook, rule: GradesRule, criterion: Criterion, report: Report): void {
  for (const [input, wanted] of Object.entries(criterion.when ?? {})) {
    const words = (Array.isArray(wanted) ? wanted : [wanted]).map(w => String(w).trim());
    const open = words.find(w => !COMPUTED.test(w) && !declared(book, input, w));
    if (open !== undefined)
      report(
        rule,
        'HY-R21',
        `"${input}: ${open}" is an open word, and the rule computes it`,
        'write judged: true and reason: required, or an interval such as ">= 3"',
      );
    else if (rule.factors.length > 0 && !rule.factors.includes(input) && !(input in book.terms.scales))
      report(rule, 'HY-R10', `nothing asks for "${input}"`, `factors are ${rule.factors.join(', ')}`);
  }
}
const declared = (book: Rulebook, scale: string, value: string): boolean =>
  book.rules.some(r => r.kind === 'grades' && r.name === scale && r.values.includes(value));

/** Check 49: a piece that the ledger of the same event leaves out must not count for the quota. */
function checkQuota(book: Rulebook, quota: QuotaRule, report: Report): void {
  const types = new Set(quota.count.flatMap(p => (p.on === 'event' ? [p.type] : [])));
  for (const ledger of book.rules) {
    if (ledger.kind !== 'ledger' || !types.has(ledger.row)) continue;
    const counted = quota.count.flatMap(p => (p.on === 'event' && p.type === ledger.row ? [p.tests] : []));
    for (const test of ledger.excludes ?? [])
      if (!leftOut(test, quota.excludes ?? []) && counted.some(tests => !avoids(tests, test)))
        report(
          quota,
          'HY-R29',
          `"${quota.name}" counts ${ledger.row} with ${test.field.join('.')} ${test.values.join(' | ')}, which the ledger "${ledger.name}" leaves out`,
          'write the same excludes in the quota',
        );
  }
}
const sameField = (a: Test, b: Test): boolean => a.field.join('.') === b.field.join('.');
const leftOut = (test: Test, excludes: readonly Test[]): boolean =>
  excludes.some(e => sameField(e, test) && test.values.every(v => e.values.includes(v)));
/** Whether what is counted cannot be what the ledger leaves out. */
const avoids = (tests: readonly Test[], excluded: Test): boolean =>
  tests.some(
    t =>
      sameField(t, excluded) &&
      (t.op === 'is'
        ? t.values.every(v => !excluded.values.includes(v))
        : excluded.values.every(v => t.values.includes(v))),
  );

/** Check 31: a scale none of whose values changes anything. */
function checkUnusedGrades(book: Rulebook, report: Report): void {
  for (const scale of book.rules) {
    if (scale.kind !== 'grades' || scale.values.length === 0) continue;
    const used = book.rules.some(rule => rule !== scale && mentions(rule, scale));
    if (!used && scale.picks === undefined)
      report(
        scale,
        'HY-R38',
        `nothing depends on the scale "${scale.name}"`,
        'write if: { ' +
          scale.name +
          ': … } where the text treats its values differently; nothing to mend where it does not',
      );
  }
}
function mentions(rule: Rule, scale: GradesRule): boolean {
  if (rule.kind === 'grades' || ABOUT_THE_TEXT.has(rule.kind)) return false;
  const text = JSON.stringify(rule, (key, value: unknown) =>
    ['paraphrase', 'article', 'clauses', 'must', 'at'].includes(key) ? undefined : value,
  );
  return text.includes(`"${scale.name}"`) || scale.values.some(v => text.includes(`"${v}"`));
}
