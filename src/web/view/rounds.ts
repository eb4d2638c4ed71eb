/** The rounds of a watch around now: what was looked at, what was missed, which one is open. */
import type { Office } from '#core/log';
import { type Hall, keptOf } from '../state.ts';
import { isMine } from './whose.ts';

export interface RoundMark {
  readonly at: number;
  readonly state: 'done' | 'missed' | 'open';
  readonly share: number;
}
const MOST = 6;
const BACK = 18 * 3_600_000;

/** Those of the office's own watch, or of any where it has none. */
export function roundsToday(hall: Hall, office: Office | undefined): readonly RoundMark[] {
  const slots = keptOf(hall)
    .live.standing()
    .filter(r => r.kind === 'rota' && r.anchor.at > hall.now - BACK);
  const own = office ? slots.filter(r => isMine(hall, r, office)) : [];
  const marks = new Map<number, RoundMark>();
  for (const slot of own.length > 0 ? own : slots) {
    const { at } = slot.anchor;
    const due = slot.due.at ?? at;
    const state = slot.state === 'done' || slot.state === 'missed' ? slot.state : 'open';
    const known = marks.get(at);
    // Where several look at once, the one that is still open counts, then the one that was missed.
    if (known && (known.state === 'open' || (known.state === 'missed' && state === 'done'))) continue;
    marks.set(at, { at, state, share: due > at ? Math.max(0, ((due - hall.now) / (due - at)) * 100) : 0 });
  }
  return [...marks.values()].sort((a, b) => a.at - b.at).slice(-MOST);
}
