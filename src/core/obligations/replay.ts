/**
 * Everything the rules say of a log at an instant: institution-level facts first, then each case alone, then what adds up
 * over all of them. Pure; the slow version that any index must agree with.
 */
import { dayNumber, startOfDay, type Instant } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import { withSettings, type Book } from './book.ts';
import { matterToAnswer } from './built-in.ts';
import { evaluateCase, type CaseResult, type InstitutionContext } from './evaluate-case.ts';
import { factSet, inOrder, knownAt, standing, type Fact, type FactSet, type Known } from './facts.ts';
import { holdersByKnowledge } from './judge.ts';
import { holders } from './offices.ts';
import type { Owed } from './owed.ts';
import { withLevel } from './quota.ts';
import { quotaGapRows } from './quota-gap.ts';
import { rotaResult, type RotaResult } from './rota.ts';
import type { LocalValue } from './setup.ts';
import { standingRows } from './standing.ts';
import type { View } from './view.ts';

export interface Replay {
  readonly book: Book;
  readonly now: Instant;
  readonly known: Known;
  readonly institution: InstitutionContext;
  /** Cases by key in order, and the facts outside every case last, under no key. */
  readonly cases: readonly CaseResult[];
  /** Every accepted fact. */
  readonly events: FactSet;
  /** A view over all of them, for what is counted across cases. */
  readonly view: View;
  readonly rota: RotaResult;
  /** Rows that belong to no case: slots, gaps between updates, standing duties. */
  readonly standing: readonly Owed[];
  /** The level of a piece of coverage as it counts: as entered, else that of its outlet in the local table. */
  readonly levelOf: (event: string) => string | undefined;
}

/** Facts outside cases on which an act inside one may rest. */
export const SUPPORT: ReadonlySet<string> = new Set([
  'setting.decided',
  'outside-rule.confirmed',
  'role.assigned',
  'role.vacated',
  'leave.recorded',
  'stand-in.named',
  'contact.entered',
  'decision.made',
  'risk.assessed',
  'consent.given',
  'authorisation.given',
  'confirmation.given',
  'confidentiality.checked',
  'checklist.completed',
  'track.finished',
  'finding.recorded',
]);
const DEFAULT_TOLERANCE_MINUTES = 10;

/** Local parameters and switches that were decided in the log, the latest of each. */
function settingsOf(facts: readonly Fact[]): { local: Record<string, LocalValue>; switches: Record<string, string> } {
  const local: Record<string, LocalValue> = {};
  const switches: Record<string, string> = {};
  for (const fact of facts.filter(f => f.type === 'setting.decided').toSorted(inOrder)) {
    const key = String(fact.data['key']);
    if (fact.data['label'] === 'switch') switches[key] = String(fact.data['value']);
    else local[key] = fact.data['value'] as LocalValue;
  }
  return { local, switches };
}

export function institutionContext(
  prepared: Book,
  known: Known,
  now: Instant,
  rowsOf: () => (name: string) => readonly Owed[],
): InstitutionContext & { readonly own: readonly Fact[] } {
  const own = known.facts.filter(f => f.case === undefined);
  const stand = standing(own, known.corrections);
  const { local, switches } = settingsOf(
    known.corrections.length === 0
      ? known.facts.filter(f => f.type === 'setting.decided')
      : standing(known.facts, known.corrections),
  );
  const book = withSettings(prepared, local, switches);
  const facts = factSet(stand);
  const full = holders(book.org, book.setup, facts);
  const inForceDay = dayNumber(book.rulebook.inForce) ?? 0;
  const inForce = startOfDay(inForceDay, book.calendar.offsetMinutes);
  const tolerance = book.local('late-entry-tolerance');
  const minutes = typeof tolerance === 'object' && tolerance !== null ? tolerance['minutes'] : tolerance;
  const dismissedOutside = new Map<string, Fact>();
  // One that is refused has no effect; findings are looked up only where that can be.
  let byId: ReadonlyMap<string, Fact> | undefined;
  const found = (id: string): Fact | undefined =>
    (byId ??= new Map(facts.of('finding.recorded').map(f => [f.id, f]))).get(id);
  for (const fact of facts.of('finding.dismissed')) {
    const finding = String(fact.data['finding']);
    const refusable = fact.at >= inForce && fact.data['reason'] === 'nothing-to-answer';
    if (!refusable || matterToAnswer(fact, found(finding)) === undefined) dismissedOutside.set(finding, fact);
  }
  return {
    own,
    book,
    now,
    inForce,
    facts,
    support: own.filter(f => SUPPORT.has(f.type)),
    holders: full,
    roleHolders: holdersByKnowledge(book, facts, full),
    corrections: known.corrections,
    folded: known.folded,
    joined: known.joined,
    dismissedOutside,
    toleranceMs: (typeof minutes === 'number' ? minutes : DEFAULT_TOLERANCE_MINUTES) * 60_000,
    rowsOf: name => rowsOf()(name),
  };
}

export function replay(prepared: Book, events: readonly HuiyinEvent[], now: Instant): Replay {
  const known = knownAt(events, now);
  let outside: readonly Owed[] = [];
  const institution = institutionContext(prepared, known, now, () => name => outside.filter(o => o.name === name));
  const book = institution.book;
  const byCase = caseFacts(known);
  // The slots are wanted by cases ("missed <rota>"), so what they need of the log is gathered first; slots rest on facts, not on acts.
  const early = factSet(standing(known.facts, known.corrections));
  const allView: View = {
    book,
    caseKey: undefined,
    facts: early,
    institution: institution.facts,
    holders: institution.holders,
  };
  const rota = rotaResult(allView, early, now);
  outside = rota.rows;
  const cases = [...byCase].map(([key, facts]) => evaluateCase(institution, key, facts));
  const rest = evaluateCase(institution, undefined, institution.own);
  const refused = new Set([...cases, rest].flatMap(c => c.judged.refused.map(r => r.act.id)));
  const accepted = refused.size === 0 ? early : factSet(early.all.filter(f => !refused.has(f.id)));
  const view: View = { ...allView, facts: accepted };
  return {
    book,
    now,
    known,
    institution,
    cases: [...cases, rest],
    events: accepted,
    view,
    rota,
    levelOf: id => {
      const fact = known.byId(id);
      const level = fact && withLevel(view, fact).data['level'];
      return typeof level === 'string' ? level : undefined;
    },
    standing: [...rota.rows, ...quotaGapRows(view, accepted, now), ...standingRows(view, now, institution.inForce)],
  };
}

/** The facts of each case in order of key; a case that another joined has its facts as well. */
export function caseFacts(known: Known): Map<string, Fact[]> {
  const cases = new Map<string, Fact[]>();
  const put = (key: string, fact: Fact): void => {
    const list = cases.get(key);
    if (list) list.push(fact);
    else cases.set(key, [fact]);
  };
  for (const fact of known.facts) {
    if (fact.case === undefined) continue;
    put(fact.case, fact);
    if (known.joined.size === 0) continue;
    const seen = new Set([fact.case]);
    for (
      let into = known.joined.get(fact.case)?.into;
      into !== undefined && !seen.has(into);
      into = known.joined.get(into)?.into
    ) {
      seen.add(into);
      put(into, { ...fact, case: into });
    }
  }
  return new Map([...cases].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
