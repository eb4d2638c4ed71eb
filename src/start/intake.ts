/**
 * The one way in. Whatever comes (feeds, files, letters, what a vendor pushes, what somebody types) is masked here, then
 * matched, then placed among what is known (the same thing once, one story) and stored. Nothing else writes findings.
 */
import { compileRules, makeMatcher, type MatchResult, type RuleSource } from '#core/text';
import { sideOf } from '#triage';
import { maskItem, type ReadItem } from '#watch';
import type { NewFinding, Tenant } from '#io/store';
import { createHash } from 'node:crypto';
import { placeHeld, placeItems, type ToPlace } from './triage.ts';

export interface Incoming extends ReadItem {
  /** Key of the source, or `desk`. */
  readonly source: string;
  /** One of the vocabulary's origins. */
  readonly origin: string;
  readonly outletKind?: string;
  /** Key of the region it is about, as rules of concern name it. */
  readonly region?: string;
  /** Of public media only what the words of concern hit is put before people; what was sent to us is kept whole. */
  readonly keeps: 'matched' | 'everything';
  /** Given where a page must know it in advance. */
  readonly id?: string;
}
/**
 * What became of one item. `copy`: another sighting of a finding, counted with it. `unmatched`: no word of concern hit it;
 * it is kept some days for the list of what grows near us and reaches nobody's inbox.
 */
export interface Taken {
  readonly id: string;
  readonly result: 'added' | 'copy' | 'known' | 'unmatched';
}

export const rulesOf = async (tenant: Tenant): Promise<RuleSource[]> =>
  (await tenant.rules()).filter(r => r.state === 'on').map(r => r.rule as RuleSource);

/** Takes items in; the answer is in the order of the items. */
export async function takeIn(tenant: Tenant, items: readonly Incoming[], now: number): Promise<readonly Taken[]> {
  const match = await matcherOf(tenant);
  const findings = items.map(item => findingOf(item, match, now));
  const fates = new Map(await placeItems(tenant, findings, now));
  return findings.map(f => {
    const fate = fates.get(f.id) ?? 'known';
    // The same item twice in one delivery is added once.
    fates.set(f.id, 'known');
    return { id: f.id, result: fate === 'passed' ? 'unmatched' : fate };
  });
}

/**
 * A version of a rule was switched on: what went by within its days and is hit now is taken in, once, and the version says
 * how much that was. Who asks again gets nought.
 */
export async function takeInHeld(tenant: Tenant, rules: readonly string[], now: number): Promise<number> {
  const match = await matcherOf(tenant);
  if (!match) return 0;
  const counts = new Map<string, number>();
  const taken = await placeHeld(tenant, now, item => {
    const { matched } = judge(item, match);
    const rule = matched.find(m => rules.includes(m.rule))?.rule;
    if (rule === undefined) return undefined;
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
    return { ...item, matched, wanted: true };
  });
  const on = (await tenant.triage.ruleVersions()).filter(v => v.onAt !== undefined && v.offAt === undefined);
  for (const { rule, version } of on)
    if (rules.includes(rule)) await tenant.triage.tookIn(rule, version, counts.get(rule) ?? 0);
  return taken;
}

type Match = (item: {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly outlet?: string;
  readonly outletKind?: string;
  readonly region?: string;
  readonly publishedAt?: string;
  readonly url?: string;
}) => MatchResult;
/** Undefined where there are no words of concern yet. */
async function matcherOf(tenant: Tenant): Promise<Match | undefined> {
  const kept = matchers.get(tenant.triage.scope) ?? new Map<string, Kept>();
  matchers.set(tenant.triage.scope, kept);
  const id = tenant.institution.id;
  // Asked for before the rules are read: what is written in between is seen the next time.
  const mark = await tenant.rulesMark();
  const known = kept.get(id);
  // Rules change seldom, and reading and compiling thousands takes longer than judging a feed: they stay ready.
  kept.delete(id);
  const now = known?.mark === mark ? known : { mark, match: compiledOf(await rulesOf(tenant)) };
  kept.set(id, now);
  if (kept.size > MOST_MATCHERS) kept.delete(kept.keys().next().value ?? '');
  return now.match;
}
function compiledOf(rules: readonly RuleSource[]): Match | undefined {
  if (rules.length === 0) return undefined;
  const matcher = makeMatcher(compileRules(rules));
  return item => matcher.match(item);
}
interface Kept {
  readonly mark: string;
  readonly match: Match | undefined;
}
/** Institutions whose rules stay ready, those asked for last. */
const MOST_MATCHERS = 8;
/** By the database they stand in, then by institution. */
const matchers = new WeakMap<object, Map<string, Kept>>();

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
/**
 * A text of its own. What was cut out of a feed keeps the whole feed in memory for as long as it is remembered, which for
 * items in the window of comparison is days.
 */
const apart = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');
/** Keys are made of what is left after masking: a digest of a telephone number can be tried out. */
function findingOf(item: Incoming, match: Match | undefined, seenAt: number): ToPlace {
  const {
    source,
    origin,
    outletKind,
    title: saysTitle,
    text: saysText,
    url: saysUrl,
    outlet: saysOutlet,
    publishedAt,
    ref,
    version,
    id: given,
  } = {
    ...item,
    // A link that is only somebody's page is gone after masking: it must not come back from the item as it came.
    url: undefined,
    ...maskItem(item),
  };
  const [title, text] = [apart(saysTitle), apart(saysText)];
  const url = saysUrl === undefined ? undefined : apart(saysUrl);
  const outlet = saysOutlet === undefined ? undefined : apart(saysOutlet);
  // What people sent and what was published are never told to be the same: without an address or a reference the key says
  // on which side it stands.
  const side = sideOf(origin) === 'public' ? '' : 'sent-';
  // Another state of a page that changed is another item.
  const place = url === undefined || version === undefined ? url : `${url}\n${version}`;
  const key =
    place ?? (ref === undefined ? `${side}text:${sha(`${title}\n${text}`)}` : `${origin}:${sha(`${source}\n${ref}`)}`);
  const id = given ?? `${origin === 'hotline' ? 'hl' : 'it'}-${sha(key).slice(0, 20)}`;
  const finding: NewFinding = {
    id,
    title,
    text,
    ...(outlet === undefined ? {} : { outlet }),
    key,
    sourceKey: source,
    origin,
    ...(url === undefined ? {} : { url }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(outletKind === undefined ? {} : { outletKind }),
    ...(item.region === undefined ? {} : { region: item.region }),
    matched: [],
    seenAt,
  };
  const judged = match && judge(finding, match);
  return {
    ...finding,
    matched: judged?.matched ?? [],
    // Without any words of concern everything is put before people: an empty list would look like silence. So is a text
    // that hits so often that not all of it was judged: nobody hides by repeating.
    wanted: item.keeps === 'everything' || !judged || judged.matched.length > 0 || judged.problem !== undefined,
  };
}
const judge = (item: NewFinding, match: Match): MatchResult =>
  match({
    id: item.id,
    title: item.title,
    text: item.text,
    ...(item.outlet === undefined ? {} : { outlet: item.outlet }),
    ...(item.outletKind === undefined ? {} : { outletKind: item.outletKind }),
    ...(item.region === undefined ? {} : { region: item.region }),
    ...(item.publishedAt === undefined ? {} : { publishedAt: new Date(item.publishedAt).toISOString() }),
    ...(item.url === undefined ? {} : { url: item.url }),
  });
