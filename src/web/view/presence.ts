/** Holders, leave, stand-ins and shifts as the log says them now. */
import { type Presence, presenceOf } from '#core/obligations';
import type { Hall } from '../state.ts';

const remembered = new WeakMap<Hall['events'], Presence>();
/** Worked out once for each state of the log. */
export function presenceIn(hall: Pick<Hall, 'book' | 'events'>): Presence {
  const known = remembered.get(hall.events) ?? presenceOf(hall.book, hall.events);
  remembered.set(hall.events, known);
  return known;
}
