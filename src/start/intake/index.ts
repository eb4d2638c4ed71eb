/**
 * The one way in. Whatever comes (feeds, files, letters, what a vendor pushes, what somebody types) is masked here, then
 * matched, then placed among what is known (the same thing once, one story) and stored. Nothing else writes findings.
 */
import type { Tenant } from '#io/store';
import { placeHeld } from '../triage.ts';
import { deliver } from './line.ts';
import { type Incoming, judgeItem } from './prepare.ts';
import { rulesNow } from './rules.ts';

export { employ, type Hands, openHands } from './hands.ts';
export type { Incoming } from './prepare.ts';
export { rulesOf } from './rules.ts';

/**
 * What became of one item. `copy`: another sighting of a finding, counted with it. `unmatched`: no word of concern hit it;
 * it is kept some days for the list of what grows near us and reaches nobody's inbox.
 */
export interface Taken {
  readonly id: string;
  readonly result: 'added' | 'copy' | 'known' | 'unmatched';
}

/** Takes items in; the answer is in the order of the items. */
export async function takeIn(tenant: Tenant, items: readonly Incoming[], now: number): Promise<readonly Taken[]> {
  return (await deliver(tenant, items, now)).map(({ id, fate }) => ({
    id,
    result: fate === 'passed' ? 'unmatched' : fate,
  }));
}

/**
 * A version of a rule was switched on: what went by within its days and is hit now is taken in, once, and the version says
 * how much that was. Who asks again gets nought.
 */
export async function takeInHeld(tenant: Tenant, rules: readonly string[], now: number): Promise<number> {
  const match = (await rulesNow(tenant)).match();
  if (!match) return 0;
  const counts = new Map<string, number>();
  const taken = await placeHeld(tenant, now, item => {
    const { matched } = judgeItem(item, match);
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
