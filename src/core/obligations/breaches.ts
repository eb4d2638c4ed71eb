/** What lateness and found faults lead to: counts, accounts, and candidates that wait for a person's finding (HC-16, HC-51). */
import type { BreachRule, BreachSource } from '#core/rulebook';
import { listOf, type Fact } from './facts.ts';
import type { AccountLine, CountLine, FlagLine } from './lines.ts';
import type { Owed } from './owed.ts';
import type { Book } from './book.ts';

export interface BreachResult {
  readonly counts: readonly CountLine[];
  readonly accounts: readonly AccountLine[];
  readonly flags: readonly FlagLine[];
}
/** One hit of one source: a row in a state, or a person's finding. */
interface Hit {
  readonly kind: string;
  readonly clause: string | undefined;
  readonly case: string | undefined;
  readonly unit: string | undefined;
  readonly event: string | undefined;
  readonly name: string;
  readonly computed: boolean;
  /** Entries a person's finding rests on. */
  readonly evidence?: readonly string[];
}

const kindOf = (row: Owed): string => (row.state === 'missed' ? 'missed' : 'late');

export function breachResult(book: Book, rows: readonly Owed[], findings: readonly Fact[]): BreachResult {
  const counts: CountLine[] = [];
  const accounts: AccountLine[] = [];
  const flags: FlagLine[] = [];
  const parts = ownOfEachCase(rows.filter(r => !r.whole));
  for (const rule of book.of('breach')) {
    const sources = sourcesOf(book, rule);
    const hits = sources.map(source => hitsOf(source, parts, findings));
    const [clause = ''] = rule.clauses;
    const full = rule.mode === 'all' ? together(rule, hits) : hits.flat();
    const unique = [...new Map(full.map(h => [keyOf(h), h])).values()];
    if (rule.to.includes('count')) counts.push(...countsOf(rule, clause, sources, once(unique)));
    const consequences = rule.to.filter(to => to !== 'count');
    if (consequences.length > 0) for (const hit of unique) accounts.push(account(clause, hit, consequences));
    flags.push(...candidates(rule, clause, sources, hits, full));
  }
  return { counts, accounts, flags };
}

/** A case that became part of another leaves its rows in both; what happened once counts once, where it happened (HC-57). */
function ownOfEachCase(rows: readonly Owed[]): readonly Owed[] {
  if (!rows.some(isCopy)) return rows;
  const key = (r: Owed): string => `${r.name} ${r.unit ?? ''} ${r.trigger?.fact?.id ?? ''}`;
  const own = new Set(rows.filter(r => !isCopy(r) && r.state !== 'lifted').map(key));
  return rows.filter(r => !isCopy(r) || !own.has(key(r)));
}
/** Whether what started it was entered in another case, which became part of this one. */
const isCopy = ({ trigger, case: own }: Owed): boolean =>
  trigger?.fact?.event.case !== undefined && trigger.fact.event.case !== own;

/** The rule's own sources, and the duties that name it in their `late`. */
function sourcesOf(book: Book, rule: BreachRule): readonly BreachSource[] {
  if (rule.mode === 'all') return rule.from;
  const named = new Set(rule.from.flatMap(s => s.duties ?? []));
  const own = book
    .of('duty')
    .filter(d => d.late === rule.name && !named.has(d.name))
    .map(d => d.name);
  return own.length === 0 ? rule.from : [...rule.from, { duties: own, states: ['late', 'done-late', 'missed'] }];
}

const keyOf = (h: Hit): string =>
  `${h.kind} ${h.name} ${h.clause ?? ''} ${h.case ?? ''} ${h.unit ?? ''} ${h.event ?? ''}`;

/** An answer outside the procedure that a person then found to be a fault is one answer, not two. */
function once(hits: readonly Hit[]): readonly Hit[] {
  const found = new Set(hits.filter(h => h.name === 'publication.found').map(h => h.event));
  return hits.filter(h => h.kind !== 'unauthorised' || !h.evidence?.some(id => found.has(id)));
}

function hitsOf(source: BreachSource, rows: readonly Owed[], findings: readonly Fact[]): readonly Hit[] {
  if (source.duties)
    return rows
      .filter(
        r => source.duties?.includes(r.name) && (source.states ?? ['late', 'done-late', 'missed']).includes(r.state),
      )
      .map(r => ({
        kind: kindOf(r),
        clause: r.clause,
        case: r.case,
        unit: r.unit,
        event: r.kind === 'rota' ? undefined : r.trigger?.fact?.id,
        name: `${r.name} ${r.anchor.at}`,
        computed: true,
      }));
  if (source.publicationFound)
    return findings
      .filter(f => f.type === 'publication.found')
      .map(f => ({
        kind: 'unauthorised',
        clause: undefined,
        case: f.case,
        unit: String(f.data['unit']),
        event: f.id,
        name: f.type,
        computed: false,
      }));
  return findings
    .filter(
      f =>
        f.type === 'fault.found' &&
        (!source.finding || source.finding.includes(String(f.data['kind']))) &&
        (!source.gravity || source.gravity.includes(gravityOf(f))),
    )
    .flatMap(f => {
      const about = listOf(f.data['about']);
      const unit = f.data['unit'] === undefined ? undefined : String(f.data['unit']);
      return [
        {
          kind: String(f.data['kind']),
          clause: about[0],
          case: f.case,
          unit,
          event: f.id,
          name: f.type,
          computed: false,
          evidence: listOf(f.data['evidence']),
        },
      ];
    });
}

/** Of the harm, whatever the kind; two kinds say it themselves where nothing else does. */
function gravityOf(fault: Fact): string {
  const own = fault.data['gravity'];
  if (typeof own === 'string') return own;
  const kind = String(fault.data['kind']);
  return kind === 'serious-harm' ? 'serious' : kind === 'considerable-harm' ? 'considerable' : 'none';
}

/** Two hits are about the same where unit and case agree, as far as each says one. */
const agree = (a: Hit, b: Hit): boolean =>
  (a.unit === undefined || b.unit === undefined || a.unit === b.unit) &&
  (a.case === undefined || b.case === undefined || a.case === b.case);

/** With `all`, every source must have a hit, about the same unit and case where the rule binds them; the findings carry the account. */
function together(rule: BreachRule, hits: readonly (readonly Hit[])[]): readonly Hit[] {
  if (hits.some(h => h.length === 0)) return [];
  const findings = hits.flat().filter(h => !h.computed);
  const carriers = findings.length > 0 ? findings : (hits[0] ?? []);
  return carriers
    .filter(c => hits.every(list => list.some(h => h === c || !rule.aboutSame || agree(h, c))))
    .map(c => {
      const computed = hits.flat().find(h => h.computed && agree(h, c));
      return {
        ...c,
        clause: c.clause ?? computed?.clause,
        case: c.case ?? computed?.case,
        unit: c.unit ?? computed?.unit,
      };
    });
}

/** The parts behind a count, so that a person can look them up. */
const label = (h: Hit): string => [h.clause, h.case, h.unit, h.event].filter(Boolean).join(' ');

function countsOf(
  rule: BreachRule,
  clause: string,
  sources: readonly BreachSource[],
  hits: readonly Hit[],
): CountLine[] {
  const kinds = new Set<string>();
  for (const source of sources) {
    for (const state of source.states ?? (source.duties ? ['late', 'missed'] : []))
      kinds.add(state === 'missed' ? 'missed' : 'late');
    for (const finding of source.finding ?? []) kinds.add(finding);
    if (source.publicationFound) kinds.add('unauthorised');
  }
  for (const hit of hits) kinds.add(hit.kind);
  return [...kinds].toSorted().map(kind => {
    const own = hits.filter(h => h.kind === kind);
    return { line: 'count', count: clause, kind, value: own.length, of: own.map(label) };
  });
}

const account = (clause: string, hit: Hit, to: readonly string[]): AccountLine => ({
  line: 'account',
  account: clause,
  kind: hit.kind,
  ...(hit.clause === undefined ? {} : { clause: hit.clause }),
  ...(hit.case === undefined ? {} : { case: hit.case }),
  ...(hit.unit === undefined ? {} : { unit: hit.unit }),
  ...(hit.event === undefined || hit.computed ? {} : { event: hit.event }),
  to,
});

/** What the engine can see is there; what only a person can find is not yet: a candidate, never a verdict. */
function candidates(
  rule: BreachRule,
  clause: string,
  sources: readonly BreachSource[],
  hits: readonly (readonly Hit[])[],
  full: readonly Hit[],
): FlagLine[] {
  const waits = rule.mode === 'all' && sources.some(s => s.finding !== undefined || s.gravity !== undefined);
  if (!waits) return [];
  const computed = hits.flat().filter(h => h.computed && !full.some(f => agree(f, h)));
  const seen = new Map<string, Hit>();
  for (const hit of computed) {
    const key = `${hit.case ?? ''} ${hit.unit ?? ''}`;
    if (!seen.has(key)) seen.set(key, hit);
  }
  return [...seen.values()].map(hit => ({
    line: 'flag' as const,
    flag: 'candidate',
    clause,
    ...(hit.case === undefined ? {} : { case: hit.case }),
    ...(hit.unit === undefined ? {} : { unit: hit.unit }),
    reason: `${hit.clause ?? ''} is ${hit.kind}; a person decides whether there was a fault and how grave`,
  }));
}
