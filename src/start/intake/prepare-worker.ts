/** Masks and matches apart from everything else: neither holds up a page, and a text that ends this thread ends nothing else. */
import { parentPort } from 'node:worker_threads';
import type { RuleSource } from '#core/text';
import { type Incoming, type Match, prepareItem, type ToPlace } from './prepare.ts';
import { matchOf } from './rules.ts';
import { giveWay } from '../give-way.ts';

giveWay();

export interface PrepareTask {
  readonly id: number;
  readonly institution: string;
  /** Where this thread does not know them yet. */
  readonly rules?: readonly RuleSource[];
  readonly deliveries: readonly { readonly items: readonly Incoming[]; readonly now: number }[];
  /** Institutions whose rules are not needed any more. */
  readonly forget: readonly string[];
}
export type PrepareAnswer =
  /** The rules are compiled: what ends this thread from here on is an item. */
  | { readonly id: number; readonly what: 'rules' }
  | { readonly id: number; readonly what: 'done'; readonly deliveries: readonly PreparedDelivery[] };
export type PreparedDelivery = { readonly items: readonly ToPlace[] } | { readonly problem: string };

const matchers = new Map<string, Match | undefined>();
const say = (answer: PrepareAnswer): void => parentPort?.postMessage(answer);

parentPort?.on('message', ({ id, institution, rules, deliveries, forget }: PrepareTask) => {
  for (const old of forget) matchers.delete(old);
  if (rules) matchers.set(institution, matchOf(rules));
  say({ id, what: 'rules' });
  const match = matchers.get(institution);
  say({
    id,
    what: 'done',
    deliveries: deliveries.map(({ items, now }) => {
      try {
        return { items: items.map(item => prepareItem(item, match, now)) };
      } catch (error) {
        return { problem: (error as Error).message.slice(0, 200) };
      }
    }),
  });
});
