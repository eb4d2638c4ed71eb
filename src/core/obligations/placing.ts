/**
 * Facts filed under their cases as they come in, so that nobody has to file a long log again for one entry. Says of each
 * entry what it touches; what reaches further than that is filed anew as a whole (`known` is the slow version of it).
 */
import type { Instant } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import { SOURCES } from './early.ts';
import { known as knownOf, toFact, type Correction, type Fact, type Known } from './facts.ts';
import { isRoleFact } from './judge.ts';
import { caseFacts, SUPPORT } from './replay.ts';

/** What entries have changed since it was last asked. */
export interface Touched {
  /** Cases that got facts of their own, entered after everything they hold. */
  readonly grown: ReadonlySet<string>;
  /** Cases whose earlier verdicts may not stand either. */
  readonly changed: ReadonlySet<string>;
  readonly outside: 'same' | 'grown' | 'changed';
  /** What holds for every case: who holds which office; or everything (settings, corrections outside cases). */
  readonly everywhere: 'nothing' | 'rows' | 'verdicts';
  /** Types of what was entered. */
  readonly types: ReadonlySet<string>;
}
export interface Placing {
  readonly add: (event: HuiyinEvent) => void;
  /** Admits what was entered up to an instant, and says what has changed since the last time. */
  readonly take: (now: Instant) => Touched;
  readonly known: () => Known;
  readonly outside: () => readonly Fact[];
  readonly of: (key: string) => readonly Fact[];
  readonly fact: (id: string) => Fact | undefined;
  /** A case, the one it became part of, and so on. */
  readonly chain: (key: string) => readonly string[];
  readonly keys: () => readonly string[];
  /** Facts of cases that set something for the institution. */
  readonly settings: () => readonly Fact[];
}

const bySeq = (a: Fact, b: Fact): number => a.seq - b.seq;
const ids = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []);

export function placing(): Placing {
  /** As they were entered, each under the case its event names. */
  const entered: Fact[] = [];
  let waiting: Fact[] = [];
  let facts: Fact[] = [];
  let place = new Map<string, number>();
  let corrections: readonly Correction[] = [];
  let takenInto = new Map<string, string>();
  let folded = new Map<string, string>();
  let joined = new Map<string, { into: string; fact: Fact }>();
  let cases = new Map<string, Fact[]>();
  let outside: Fact[] = [];
  let outsideLatest = Number.NEGATIVE_INFINITY;
  let openedLatest = Number.NEGATIVE_INFINITY;
  let heads = new Map<string, string[]>();
  let dismissals: Fact[] = [];
  let refile = false;
  let latest = Number.NEGATIVE_INFINITY;
  let grown = new Set<string>();
  let changed = new Set<string>();
  let types = new Set<string>();
  let around: Touched['outside'] = 'same';
  let everywhere: Touched['everywhere'] = 'nothing';

  const factOf = (id: string): Fact | undefined => {
    const at = place.get(id);
    return at === undefined ? undefined : facts[at];
  };
  const homeOf = (fact: Fact): string | undefined => {
    if (fact.event.case !== undefined) return fact.event.case;
    const own = takenInto.get(fact.id);
    if (own !== undefined) return own;
    const head = folded.get(fact.id);
    return head === undefined ? undefined : (factOf(head)?.event.case ?? takenInto.get(head));
  };
  const put = (fact: Fact, touched: Set<string>): void => {
    if (fact.case === undefined) {
      outside.push(fact);
      outsideLatest = Math.max(outsideLatest, fact.rec);
      return;
    }
    const seen = new Set<string>();
    for (let key: string | undefined = fact.case; key !== undefined && !seen.has(key); key = joined.get(key)?.into) {
      seen.add(key);
      const list = cases.get(key);
      const own = key === fact.case ? fact : { ...fact, case: key };
      if (list) list.push(own);
      else cases.set(key, [own]);
      touched.add(key);
    }
  };
  /** Moves an entry without a case of its own to where it belongs by now. */
  const move = (id: string): void => {
    const fact = factOf(id);
    if (!fact || fact.event.case !== undefined) return;
    const home = homeOf(fact);
    if (home === fact.case) return;
    // What an act rested on outside is gone from there: where it is more than a finding, every verdict is asked again.
    // The same where it may have met what a case was opened from.
    if (fact.case !== undefined || isRoleFact(fact) || !SOURCES.has(fact.type)) refile = true;
    const moved = { ...fact, case: home };
    facts[place.get(id) ?? 0] = moved;
    outside = outside.filter(f => f.id !== id);
    around = 'changed';
    const touched = new Set<string>();
    put(moved, touched);
    for (const key of touched) {
      cases.get(key)?.sort(bySeq);
      changed.add(key);
    }
    for (const f of dismissals) if (f.data['finding'] === id && f.case !== undefined) changed.add(f.case);
  };

  const admit = (raw: Fact): void => {
    const { type, data } = raw;
    if (type === 'case.joined' || place.has(raw.id)) refile = true;
    types.add(type);
    const home = homeOf(raw);
    const fact = home === raw.case ? raw : { ...raw, case: home };
    place.set(fact.id, facts.length);
    facts.push(fact);
    // Two writers may differ by a second: what is entered before anything that is there is judged again with it. The lists
    // stand in the order of arrival, so it is not only the last entry that may be the later one.
    if (fact.case === undefined) {
      if (outsideLatest > fact.rec) around = 'changed';
      else if (around === 'same') around = 'grown';
      if (fact.rec < latest && (SUPPORT.has(type) || isRoleFact(fact))) everywhere = 'verdicts';
      // It may have met what a case was opened from before this came in.
      else if (fact.rec < openedLatest && everywhere === 'nothing') everywhere = 'rows';
    } else for (const key of chain(fact.case)) if (cases.get(key)?.some(f => f.rec > fact.rec)) changed.add(key);
    latest = Math.max(latest, fact.rec);
    put(fact, grown);
    if (type === 'finding.dismissed') dismissals.push(fact);
    if (type === 'setting.decided') everywhere = 'verdicts';
    else if (isRoleFact(fact) && fact.case === undefined && everywhere === 'nothing') everywhere = 'rows';
    if (type === 'case.opened') openedLatest = Math.max(openedLatest, fact.rec);
    if (type === 'case.opened' && fact.event.case !== undefined)
      for (const id of ids(data['from'])) {
        if (takenInto.has(id)) continue;
        takenInto.set(id, fact.event.case);
        move(id);
        for (const item of heads.get(id) ?? []) move(item);
      }
    if (type === 'item.folded') {
      const item = String(data['item']);
      const into = String(data['into']);
      folded.set(item, into);
      heads.set(into, [...(heads.get(into) ?? []), item]);
      move(item);
      const where = factOf(item)?.case;
      if (where === undefined) around = 'changed';
      else changed.add(where);
    }
    // An item that was folded before its head was entered: rare, and its case is only known now.
    for (const item of heads.get(fact.id) ?? []) move(item);
    if (type === 'finding.dismissed' && fact.case === undefined) {
      const where = factOf(String(data['finding']))?.case;
      if (where !== undefined) for (const key of chain(where)) changed.add(key);
    }
    if (type === 'entry.corrected') {
      const [entry, replacement] = [String(data['entry']), String(data['replacement'])];
      corrections = [...corrections, { entry, replacement, fact }];
      for (const id of [entry, replacement]) {
        const one = factOf(id);
        if (one?.case === undefined || one.type === 'setting.decided') everywhere = 'verdicts';
        else for (const key of chain(one.case)) changed.add(key);
      }
      around = 'changed';
    }
  };
  function chain(from: string): readonly string[] {
    const seen: string[] = [];
    for (let key: string | undefined = from; key !== undefined && !seen.includes(key); key = joined.get(key)?.into)
      seen.push(key);
    return seen;
  }
  /** Everything from the beginning: what the slow version says. */
  const fileAll = (now: Instant): void => {
    const known = knownOf(entered, now);
    facts = [...known.facts];
    place = new Map(facts.map((f, i) => [f.id, i]));
    corrections = known.corrections;
    folded = new Map(known.folded);
    heads = new Map();
    for (const [item, into] of folded) heads.set(into, [...(heads.get(into) ?? []), item]);
    dismissals = facts.filter(f => f.type === 'finding.dismissed');
    joined = new Map(known.joined);
    takenInto = new Map();
    for (const fact of facts)
      if (fact.type === 'case.opened' && fact.event.case !== undefined)
        for (const id of ids(fact.data['from'])) if (!takenInto.has(id)) takenInto.set(id, fact.event.case);
    cases = caseFacts(known);
    outside = facts.filter(f => f.case === undefined);
    outsideLatest = outside.reduce((max, f) => Math.max(max, f.rec), Number.NEGATIVE_INFINITY);
    latest = facts.reduce((max, f) => Math.max(max, f.rec), Number.NEGATIVE_INFINITY);
    openedLatest = facts.reduce(
      (max, f) => (f.type === 'case.opened' ? Math.max(max, f.rec) : max),
      Number.NEGATIVE_INFINITY,
    );
    everywhere = 'verdicts';
    around = 'changed';
    refile = false;
  };

  let filedAt = Number.NEGATIVE_INFINITY;
  return {
    add: event => {
      const fact = toFact(event, entered.length);
      waiting.push(fact);
      entered.push(fact);
    },
    take: now => {
      if (now < filedAt) refile = true;
      filedAt = now;
      // Many at once (the first reading of a log) are filed as a whole.
      if (refile || waiting.length > facts.length / 4 + 50) {
        waiting = entered.filter(fact => fact.rec > now);
        fileAll(now);
      } else if (waiting.length > 0) {
        const [due, later] = [waiting.filter(f => f.rec <= now), waiting.filter(f => f.rec > now)];
        waiting = later;
        for (const fact of due) admit(fact);
        if (refile) fileAll(now);
      }
      const touched: Touched = { grown, changed, outside: around, everywhere, types };
      grown = new Set();
      changed = new Set();
      types = new Set();
      around = 'same';
      everywhere = 'nothing';
      return touched;
    },
    known: () => {
      const [all, own] = [facts, place];
      return { facts: all, corrections, folded, joined, byId: id => all[own.get(id) ?? -1] };
    },
    outside: () => outside,
    of: key => cases.get(key) ?? [],
    fact: factOf,
    chain,
    keys: () => [...cases.keys()],
    settings: () => facts.filter(f => f.type === 'setting.decided' && f.case !== undefined),
  };
}
