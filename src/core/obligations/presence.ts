/** Who is there on a date: holders, leave, stand-ins and shifts, as the log tells them to whoever asks outside a replay. */
import type { CivilDate } from '#core/calendar';
import type { HuiyinEvent, Office } from '#core/log';
import type { Book } from './book.ts';
import { type Fact, factSet, inEntryOrder, knownAt, standing } from './facts.ts';
import { isRoleFact } from './judge.ts';
import { holders } from './offices.ts';
import { effectiveShifts, type Shift } from './roster.ts';

export interface StandIn {
  readonly role: string;
  readonly from: CivilDate;
  readonly to?: CivilDate;
  readonly why: string;
}
export interface Presence {
  /** The staff code, null where the office is vacant, undefined where there is no such office. */
  readonly holder: (unit: string, role: string, on: CivilDate) => string | null | undefined;
  /** The last day of the leave that covers a date. */
  readonly awayUntil: (unit: string, role: string, on: CivilDate) => CivilDate | undefined;
  readonly standIns: (unit: string, role: string, on: CivilDate) => readonly StandIn[];
  /** The offices of its own unit for which an office was named to stand in on a date. */
  readonly standsInFor: (office: Office, on: CivilDate) => readonly Office[];
  readonly shifts: readonly Shift[];
}
const FOREVER = '9999-12-31';

export function presenceOf(book: Book, events: readonly HuiyinEvent[]): Presence {
  const near = events.filter(e => e.type === 'duty-roster.set' || e.type === 'entry.corrected' || isRoleFact(e));
  const known = knownAt(near, Number.POSITIVE_INFINITY);
  const facts = standing(known.facts, known.corrections);
  const set = factSet(facts);
  const held = holders(book.org, book.setup, set);
  const text = (fact: Fact, name: string): string => String(fact.data[name]);
  const covers = (fact: Fact, on: CivilDate): boolean =>
    text(fact, 'from') <= on && on <= (fact.data['to'] === undefined ? FOREVER : text(fact, 'to'));
  const named = set.of('stand-in.named');
  return {
    holder: held.holder,
    awayUntil: (unit, role, on) => {
      const leaves = set
        .of('leave.recorded')
        .filter(f => text(f, 'unit') === unit && text(f, 'role') === role && covers(f, on));
      return leaves
        .map(f => text(f, 'to'))
        .sort()
        .at(-1);
    },
    standIns: (unit, role, on) =>
      named
        .filter(f => text(f, 'unit') === unit && text(f, 'role') === role && covers(f, on))
        .map(f => ({
          role: text(f, 'standIn'),
          from: text(f, 'from'),
          ...(f.data['to'] === undefined ? {} : { to: text(f, 'to') }),
          why: text(f, 'why'),
        })),
    standsInFor: (office, on) =>
      named
        .filter(f => text(f, 'unit') === office.unit && text(f, 'standIn') === office.role && covers(f, on))
        .map(f => ({ unit: text(f, 'unit'), role: text(f, 'role') })),
    shifts: effectiveShifts(facts.filter(f => f.type === 'duty-roster.set').toSorted(inEntryOrder)),
  };
}
