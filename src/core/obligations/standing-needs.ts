/**
 * What the rows outside every case rest on: the types of entries that can change a watch slot, an interval or a standing
 * duty. Where a rule looks further than that, everything is read.
 */
import type { DutyRule, Party, Pattern } from '#core/rulebook';
import type { Book } from './book.ts';

/** Entries that say who holds which office, and what is set for the institution. */
const ALWAYS: readonly string[] = [
  'role.assigned',
  'role.vacated',
  'leave.recorded',
  'stand-in.named',
  'setting.decided',
  'entry.corrected',
];
/** What a paper that is filed brings along and whose signature stands under it. */
const BROUGHT: readonly string[] = ['draft.written', 'explanation.written', 'signature.given', 'signature.confirmed'];

/** Undefined: any entry may matter. */
export function standingNeeds(book: Book): ReadonlySet<string> | undefined {
  const types = new Set(ALWAYS);
  let all = false;
  const need = (pattern: Pattern): void => {
    if (pattern.on !== 'event') return;
    types.add(pattern.type);
    // A field of the entry that a field names is looked up among all of them.
    if (pattern.tests.some(t => t.field.length > 1 && t.field[0] !== 'by')) all = true;
  };
  const ask = (party: Party | undefined): void => {
    if (party?.party === 'relation') all = true;
  };
  for (const rota of book.of('rota')) {
    need(rota.done);
    for (const party of [...(rota.who ?? []), rota.each]) ask(party);
    for (const round of rota.rounds) {
      if (round.done) need(round.done);
      if (round.annotateWith !== undefined) types.add('finding.recorded');
    }
  }
  for (const quota of book.of('quota')) if (quota.gap) for (const pattern of quota.count) need(pattern);
  for (const duty of book.of('duty').filter(isStanding)) {
    for (const pattern of duty.done.patterns) need(pattern);
    for (const party of [...duty.who, duty.each, duty.metBy]) ask(party);
    if (duty.to !== undefined) all = true;
    if (duty.with !== undefined || duty.signedBy !== undefined) for (const type of BROUGHT) types.add(type);
  }
  return all ? undefined : types;
}
const collect = (
  patterns: readonly (Pattern | undefined)[],
  more: readonly string[],
): ReadonlySet<string> | undefined => {
  const types = new Set([...ALWAYS, ...more]);
  for (const pattern of patterns) {
    if (pattern?.on !== 'event') continue;
    types.add(pattern.type);
    if (pattern.tests.some(t => t.field.length > 1 && t.field[0] !== 'by')) return undefined;
  }
  return types;
};
/** What quotas are counted from; undefined where a test looks at other entries. */
export function quotaNeeds(book: Book): ReadonlySet<string> | undefined {
  const tests = [
    ...book.of('quota').flatMap(q => q.excludes ?? []),
    ...book.of('ledger').flatMap(l => [...(l.excludes ?? []), ...(l.countsOnlyIf ?? [])]),
  ];
  if (tests.some(t => t.field.length > 1 && t.field[0] !== 'by')) return undefined;
  return collect(
    book.of('quota').flatMap(q => q.count),
    [],
  );
}
/** What rounds at an interval rest on. */
export const roundNeeds = (book: Book): ReadonlySet<string> | undefined =>
  collect(
    [
      ...book
        .of('duty')
        .filter(isStanding)
        .flatMap(d => d.done.patterns),
      ...book.of('risk').map(r => r.done),
    ],
    ['watch.done', 'calm.declared'],
  );
/** Findings of persons. */
export const FOUND: ReadonlySet<string> = new Set(['fault.found', 'publication.found', 'entry.corrected']);

export const isStanding = (duty: DutyRule): boolean => duty.starts.some(p => p.on === 'standing');

/** What the institution's gaps rest on besides its offices and settings. */
export const GAP_NEEDS: ReadonlySet<string> = new Set([
  ...ALWAYS,
  'body.formed',
  'duty-roster.set',
  'coverage.entered',
  'outside-rule.registered',
  'authorisation.given',
]);
