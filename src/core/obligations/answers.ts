/** Two ways of being met that many events share: the receipts of a notice, and the answers to what an order asked. */
import { sameThing, type Discharged, type Wanted } from './discharge.ts';
import type { Fact } from './facts.ts';
import type { Met } from './owed.ts';
import { notified } from './parties.ts';
import type { View } from './view.ts';

/** The last of the facts counts. */
export const metBy = (facts: readonly Fact[]): Met => ({
  at: Math.max(...facts.map(f => f.at)),
  rec: Math.max(...facts.map(f => f.rec)),
  facts,
});

/** Notices with receipts are met by the last receipt of everybody a notice went to. */
export function allReceived(view: View, wanted: Wanted, found: readonly Fact[], text: string): Discharged {
  let best: Fact[] | undefined;
  let missing: readonly string[] = [text];
  const sent = new Map<string, Set<string>>();
  for (const notice of view.facts.of('notice.sent')) {
    if (wanted.perTrigger && sameThing(wanted.trigger.fact, notice) === false) continue;
    const key = String(notice.data['notice']);
    const units = sent.get(key) ?? new Set<string>();
    for (const unit of notified(notice)) units.add(unit);
    sent.set(key, units);
  }
  for (const [key, units] of sent) {
    if (units.size === 0) continue;
    const firsts = [...units].map(unit => ({
      unit,
      fact: found.find(f => f.data['notice'] === key && f.data['unit'] === unit),
    }));
    const received = firsts.map(f => f.fact).filter((f): f is Fact => f !== undefined);
    if (received.length < units.size) {
      if (!best && received.length > 0) missing = firsts.filter(f => !f.fact).map(f => f.unit);
      continue;
    }
    if (!best || Math.max(...received.map(f => f.at)) < Math.max(...best.map(f => f.at))) best = received;
  }
  return best ? { met: metBy(best), counted: best, missing: [] } : { counted: [], missing };
}

export const answersAsks = (type: string): boolean =>
  type === 'instruction.item-done' || type === 'instruction.item-declined' || type === 'instruction.closed';

/** An instruction is carried out when every asked thing is done or declined. */
export function allAsked(view: View, wanted: Wanted, text: string): Discharged {
  const order = wanted.trigger.fact;
  const asks = (order?.data['asks'] as readonly { ask: string }[] | undefined) ?? [];
  const about = (f: Fact): boolean => f.data['instruction'] === order?.data['instruction'] && f.at >= (order?.at ?? 0);
  const closed = view.facts.of('instruction.closed').find(about);
  const answers = [...view.facts.of('instruction.item-done'), ...view.facts.of('instruction.item-declined')].filter(
    about,
  );
  const firsts = asks.map(({ ask }) => answers.filter(f => f.data['ask'] === ask).toSorted((a, b) => a.at - b.at)[0]);
  const given = firsts.filter((f): f is Fact => f !== undefined);
  if (given.length === asks.length && given.length > 0) return { met: metBy(given), counted: given, missing: [] };
  if (closed) return { met: metBy([...given, closed]), counted: [...given, closed], missing: [] };
  return {
    counted: given,
    missing: given.length > 0 ? asks.filter((_, i) => firsts[i] === undefined).map(a => a.ask) : [text],
  };
}
