/** Holders, leave, stand-ins and shifts as the log says them now. */
import { type Presence, presenceOf } from '#core/obligations';
import type { Hall } from '../state.ts';

const remembered = new WeakMap<Hall['events'], Presence>();
/** Worked out once for each state of what the log says about offices; everything else that is entered leaves it alone. */
export function presenceIn(hall: Pick<Hall, 'book' | 'events' | 'kept'>): Presence {
  const near = hall.kept?.presence ?? hall.events;
  const known = remembered.get(near) ?? presenceOf(hall.book, near);
  remembered.set(near, known);
  return known;
}
