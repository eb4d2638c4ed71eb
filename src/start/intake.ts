/**
 * The one way in. Whatever comes (feeds, files, letters, what a vendor pushes, what somebody types) is masked here, then
 * matched, then stored once. Nothing else calls `addFindings`; a test sees to it.
 */
import { compileRules, makeMatcher, type MatchCertificate, type RuleSource } from '#core/text';
import { maskItem, type ReadItem } from '#watch';
import type { NewFinding, Tenant } from '#io/store';
import { createHash } from 'node:crypto';

export interface Incoming extends ReadItem {
  /** Key of the source, or `desk`. */
  readonly source: string;
  /** One of the vocabulary's origins. */
  readonly origin: string;
  readonly outletKind?: string;
  /** Of public media only what the words of concern hit is put before people; what was sent to us is kept whole. */
  readonly keeps: 'matched' | 'everything';
  /** Given where a page must know it in advance. */
  readonly id?: string;
}
/** What became of one item. `unmatched`: no word of concern hit it, so nothing was kept. */
export interface Taken {
  readonly id: string;
  readonly result: 'added' | 'known' | 'unmatched';
}

export const rulesOf = async (tenant: Tenant): Promise<RuleSource[]> =>
  (await tenant.rules()).filter(r => r.state === 'on').map(r => r.rule as RuleSource);

/** Takes items in; the answer is in the order of the items. */
export async function takeIn(tenant: Tenant, items: readonly Incoming[], now: number): Promise<readonly Taken[]> {
  const match = matcherOf(await rulesOf(tenant));
  const findings: (NewFinding | { readonly id: string })[] = items.map(item => {
    const finding = findingOf(item, match, now);
    // Without any words of concern everything is put before people: an empty list would look like silence.
    return item.keeps === 'matched' && match && finding.matched.length === 0 ? { id: finding.id } : finding;
  });
  const { added } = await tenant.addFindings(findings.filter((f): f is NewFinding => 'key' in f));
  const fresh = new Set(added);
  return findings.map(f => ({
    id: f.id,
    // The same item twice in one delivery is added once.
    result: !('key' in f) ? 'unmatched' : fresh.delete(f.id) ? 'added' : 'known',
  }));
}

type Match = (item: {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly outlet?: string;
  readonly outletKind?: string;
}) => readonly MatchCertificate[];
/** Undefined where there are no words of concern yet. */
function matcherOf(rules: readonly RuleSource[]): Match | undefined {
  if (rules.length === 0) return undefined;
  const matcher = makeMatcher(compileRules(rules));
  return item => matcher.match(item).matched;
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Keys are made of what is left after masking: a digest of a telephone number can be tried out. */
function findingOf(item: Incoming, match: Match | undefined, seenAt: number): NewFinding {
  const {
    source,
    origin,
    outletKind,
    title,
    text,
    url,
    outlet,
    publishedAt,
    ref,
    id: given,
  } = {
    ...item,
    ...maskItem(item),
  };
  const key = url ?? (ref === undefined ? `text:${sha(`${title}\n${text}`)}` : `${origin}:${sha(`${source}\n${ref}`)}`);
  const id = given ?? `${origin === 'hotline' ? 'hl' : 'it'}-${sha(key).slice(0, 20)}`;
  const kept = { id, title, text, ...(outlet === undefined ? {} : { outlet }) };
  return {
    ...kept,
    key,
    sourceKey: source,
    origin,
    ...(url === undefined ? {} : { url }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    matched: match?.({ ...kept, ...(outletKind === undefined ? {} : { outletKind }) }) ?? [],
    seenAt,
  };
}
