/**
 * The words of concern of an institution, ready to be matched. They change seldom, and reading and compiling thousands takes
 * longer than judging a feed: they stay ready for as long as nobody has written any.
 */
import { compileRules, makeMatcher, type RuleSource } from '#core/text';
import type { Tenant } from '#io/store';
import type { Match } from './prepare.ts';

export interface KnownRules {
  /** The turn of the rules they were read in. */
  readonly turn: number;
  /** Other words, another mark. */
  readonly mark: string;
  readonly sources: readonly RuleSource[];
  /** Compiled here when first asked for; undefined where there are no words of concern yet. */
  readonly match: () => Match | undefined;
}
interface Kept extends KnownRules {
  readonly lookedAt: number;
}
/** Institutions whose rules stay ready, those asked for last. */
export const MOST_INSTITUTIONS = 8;
/** A process of an earlier version may change them without saying so: they are compared whole now and then. */
const LOOK_EVERY_MS = 60_000;
/** By the database they stand in, then by institution. */
const known = new WeakMap<object, Map<string, Kept>>();

export const rulesOf = async (tenant: Tenant): Promise<RuleSource[]> =>
  (await tenant.rules()).filter(r => r.state === 'on').map(r => r.rule as RuleSource);

export async function rulesNow(tenant: Tenant): Promise<KnownRules> {
  const kept = known.get(tenant.triage.scope) ?? new Map<string, Kept>();
  known.set(tenant.triage.scope, kept);
  const id = tenant.institution.id;
  // Asked for before the rules are read: what is written in between is seen the next time.
  const turn = await tenant.triage.rulesTurn();
  const before = kept.get(id);
  const now = performance.now();
  const isFresh = before !== undefined && before.turn === turn && now - before.lookedAt < LOOK_EVERY_MS;
  const rules = isFresh ? before : await readRules(tenant, turn, now, before);
  kept.delete(id);
  kept.set(id, rules);
  if (kept.size > MOST_INSTITUTIONS) kept.delete(kept.keys().next().value ?? '');
  return rules;
}
async function readRules(tenant: Tenant, turn: number, lookedAt: number, before: Kept | undefined): Promise<Kept> {
  const mark = await tenant.rulesMark();
  if (before?.mark === mark) return { ...before, turn, lookedAt };
  const sources = await rulesOf(tenant);
  return { turn, mark, lookedAt, sources, match: once(() => matchOf(sources)) };
}
export function matchOf(sources: readonly RuleSource[]): Match | undefined {
  if (sources.length === 0) return undefined;
  const matcher = makeMatcher(compileRules(sources));
  return item => matcher.match(item);
}
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
