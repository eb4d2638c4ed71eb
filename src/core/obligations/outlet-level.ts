/** The level of a piece of coverage as it counts: as entered, else that of its outlet in the local table. */
import { withLevel } from './quota.ts';
import type { Replay } from './replay.ts';

export function levelOf({ view, known }: Replay, event: string): string | undefined {
  const fact = known.byId.get(event);
  const level = fact && withLevel(view, fact).data['level'];
  return typeof level === 'string' ? level : undefined;
}
