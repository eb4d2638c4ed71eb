/**
 * What was done about a finding before a case was opened for it. It was entered outside every case, where the finding stood
 * as well, and had its effect there: that the finding belongs to a case since takes nothing of it back.
 */
import type { Instant } from '#core/calendar';
import { isAct } from '#core/log';
import type { Fact, FactSet } from './facts.ts';

/** Facts a case may be opened from: each stands for itself, and goes where its case is. */
export const SOURCES: ReadonlySet<string> = new Set([
  'finding.recorded',
  'media.called',
  'agency-report.received',
  'incident.occurred',
  'information.arose',
]);

/**
 * By the id of what a case was opened from: the facts outside every case between it and the opening, in order, without the
 * acts that were refused.
 */
export function earlyFacts(
  facts: FactSet,
  outside: FactSet,
  refused: (acts: readonly Fact[]) => ReadonlySet<string>,
): ReadonlyMap<string, readonly Fact[]> | undefined {
  if (!facts.all.some(f => f.event.case === undefined)) return undefined;
  const found = new Map<string, readonly Fact[]>();
  for (const opened of facts.of('case.opened'))
    for (const id of opened.data['from'] as readonly string[]) {
      const source = facts.all.find(f => f.id === id);
      if (source?.event.case !== undefined || source === undefined || found.has(id)) continue;
      const between = within(outside.all, source.at, opened.at).filter(
        f => !SOURCES.has(f.type) && (f.rec < opened.rec || (f.rec === opened.rec && f.seq < opened.seq)),
      );
      if (between.length > 0) found.set(id, between);
    }
  if (found.size === 0) return undefined;
  const acts = [...new Set([...found.values()].flat().filter(f => isAct(f.type)))];
  if (acts.length === 0) return found;
  const out = refused(acts);
  return out.size === 0 ? found : new Map([...found].map(([id, list]) => [id, list.filter(f => !out.has(f.id))]));
}

/** The facts of an ordered list from one instant to another, both included. */
function within(all: readonly Fact[], from: Instant, to: Instant): Fact[] {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] as Fact).at < from) low = middle + 1;
    else high = middle;
  }
  const found: Fact[] = [];
  for (let i = low; i < all.length && (all[i] as Fact).at <= to; i++) found.push(all[i] as Fact);
  return found;
}
