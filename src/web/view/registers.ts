/** The registers of an institution: what is kept in each, what the rules ask of it now, and who wrote in it last. */
import type { LocalLine, Owed, QuotaLine } from '#core/obligations';
import type { StoredEvent } from '../ports.ts';
import { entriesOfType, type Hall, keptOf } from '../state.ts';
import { patternsOf, ruleOf } from './duties.ts';

export const REGISTERS = [
  'offices',
  'map',
  'directory',
  'training',
  'risk',
  'readings',
  'questions',
  'locals',
  'accounts',
  'permissions',
] as const;
export type RegisterKey = (typeof REGISTERS)[number];
export const isRegister = (key: string): key is RegisterKey => (REGISTERS as readonly string[]).includes(key);

/** Entries that stand in a register. The map and the permissions are read off the rules and hold none of their own. */
export const TYPES_OF: Readonly<Record<RegisterKey, readonly string[]>> = {
  offices: ['role.assigned', 'role.vacated', 'body.formed', 'leave.recorded', 'stand-in.named'],
  map: [],
  directory: ['contact.entered', 'contact.made'],
  training: ['training.planned', 'training.held', 'learning.recorded'],
  risk: ['decision.proposed', 'risk.assessed', 'decision.carried-out', 'risk.registered', 'risk.reviewed'],
  readings: ['interpretation.recorded', 'outside-rule.registered', 'outside-rule.confirmed'],
  questions: ['setting.decided'],
  locals: ['setting.decided'],
  accounts: [],
  permissions: [],
};
export const ACCOUNT_FORM = 'staff-channel-application';

export function entriesOf(hall: Hall, key: RegisterKey): readonly StoredEvent[] {
  if (key === 'accounts')
    return entriesOfType(hall, 'draft.written', 'filing.made').filter(
      e => e.data['form'] === ACCOUNT_FORM || listOf(e.data['documents']).includes(ACCOUNT_FORM),
    );
  return entriesOfType(hall, ...TYPES_OF[key]);
}
export const listOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String);

/** Duties that an entry of the register would meet and that nobody has met yet, what is late first; written down when shown. */
export function owedIn(hall: Hall, key: RegisterKey): readonly Owed[] {
  const types = TYPES_OF[key];
  if (types.length === 0) return [];
  // Whether a rule asks for such an entry is the same for every row of it.
  const asks = new Map<string, boolean>();
  const asked = (row: Owed): boolean => {
    const name = `${row.name} ${row.clause}`;
    const known = asks.get(name);
    if (known !== undefined) return known;
    const duty = { duty: row.name, clause: row.clause };
    const said = patternsOf(ruleOf(hall, duty), duty).some(p => p.on === 'event' && types.includes(p.type));
    asks.set(name, said);
    return said;
  };
  return keptOf(hall)
    .live.allRows()
    .filter(row => !row.whole && (row.state === 'open' || row.state === 'late') && asked(row))
    .toSorted((a, b) => Number(b.state === 'late') - Number(a.state === 'late'));
}
/** Rounds that come back at an interval of the institution's own, such as looking through the hidden risks. */
export function roundsIn(hall: Hall, key: RegisterKey): readonly LocalLine[] {
  const types = TYPES_OF[key];
  const clauses = new Set(
    hall.rulebook.rules.flatMap(r => {
      const done = r.kind === 'risk' ? (r.done ? [r.done] : []) : r.kind === 'duty' ? r.done.patterns : [];
      return done.some(p => p.on === 'event' && types.includes(p.type)) ? r.clauses : [];
    }),
  );
  return keptOf(hall)
    .live.rounds()
    .filter(l => clauses.has(l.clause));
}
/** Quotas whose counted entries stand in the register. */
export function quotasIn(hall: Hall, key: RegisterKey): readonly QuotaLine[] {
  const types = TYPES_OF[key];
  const names = new Set(
    hall.rulebook.rules.flatMap(r =>
      r.kind === 'quota' && r.count.some(p => p.on === 'event' && types.includes(p.type)) ? [r.name] : [],
    ),
  );
  return keptOf(hall)
    .live.quotas()
    .filter(l => names.has(l.quota));
}
const OF_THE_RULES: ReadonlySet<RegisterKey> = new Set(['directory', 'training', 'risk']);
/** Whether the regulation speaks of what the register holds at all. */
export function isAskedFor(hall: Hall, key: RegisterKey): boolean {
  if (key === 'accounts') return hall.rulebook.terms.forms[ACCOUNT_FORM] !== undefined;
  // Offices, readings, figures and questions belong to any regulation.
  if (!OF_THE_RULES.has(key)) return true;
  const types = TYPES_OF[key];
  const spoken = JSON.stringify(hall.rulebook.rules);
  return types.length === 0 || types.some(t => spoken.includes(`"${t}"`));
}
