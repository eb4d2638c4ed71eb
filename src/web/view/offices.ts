/** Who held which office when, and what is open when somebody leaves it. */
import type { Office } from '#core/log';
import type { ObligationLine } from '#core/obligations';
import type { Hall } from '../state.ts';
import { obligationLines } from '../state.ts';
import { officesHeld } from '../permissions.ts';
import { isMine } from './whose.ts';
import { dateText } from './times.ts';

/** One span in which one staff code held one office, or nobody did. */
export interface Spell {
  readonly unit: string;
  readonly role: string;
  readonly holder: string | null;
  /** Absent where the office was held from the beginning of the record. */
  readonly from?: string;
  /** Last day; absent while it lasts. */
  readonly to?: string;
  /** Counter of the entry that began it; absent where it stands in the founding record. */
  readonly n?: number;
}
const dayBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** Every spell of every office, the office's own order kept, oldest first. A new holder ends the spell before. */
export function officeHistory(hall: Hall): readonly Spell[] {
  const byOffice = new Map<string, Spell[]>();
  const put = (spell: Spell): void => {
    // Members of a group share one office name: each has a history of their own.
    const key = `${spell.unit}/${spell.role}/${spell.role === 'member' ? (spell.holder ?? '') : ''}`;
    const before = byOffice.get(key) ?? [];
    const last = before.at(-1);
    const ended =
      last && last.to === undefined && spell.from !== undefined
        ? [...before.slice(0, -1), { ...last, to: dayBefore(spell.from) }]
        : before;
    // Named and replaced on one day: the one who never had a day is left out.
    const real = ended.filter(s => s.to === undefined || s.from === undefined || s.to >= s.from);
    byOffice.set(key, [...real, spell]);
  };
  for (const r of hall.institution.setup.roles)
    put({
      unit: r.unit,
      role: r.role,
      holder: r.holder,
      ...(r.from === undefined ? {} : { from: r.from }),
      ...(r.to === undefined ? {} : { to: r.to }),
    });
  for (const e of hall.events) {
    if (e.type !== 'role.assigned' && e.type !== 'role.vacated') continue;
    put({
      unit: String(e.data['unit']),
      role: String(e.data['role']),
      holder: e.type === 'role.assigned' ? String(e.data['holder']) : null,
      from: String(e.data['from']),
      ...(e.data['to'] === undefined ? {} : { to: String(e.data['to']) }),
      n: e.seq,
    });
  }
  return [...byOffice.values()].flat();
}
/** The spells that cover a date: who held what then. */
export const heldOn = (spells: readonly Spell[], date: string): readonly Spell[] =>
  spells.filter(s => (s.from ?? '0000') <= date && date <= (s.to ?? '9999'));

export interface OpenHand {
  readonly office: Office;
  /** Open duties of the office itself, and of its unit where it is the head. */
  readonly duties: readonly ObligationLine[];
}
/** What would be left without a hand if this staff code went: every office held, and what each still owes. */
export function leaving(hall: Hall, code: string): readonly OpenHand[] {
  return officesHeld(hall, dateText(hall.now))
    .filter(o => o.holder === code)
    .map(({ unit, role }) => ({
      office: { unit, role },
      duties: obligationLines(hall).filter(
        l =>
          !l.whole &&
          (l.state === 'open' || l.state === 'late') &&
          isMine(hall, l, { unit, role }) &&
          (role === 'head' || l.role.split('/').at(-1) === role),
      ),
    }));
}
