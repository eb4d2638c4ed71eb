/** The registers of an institution: what is kept in each, what the rules ask of it now, and who wrote in it last. */
import type { LocalLine, ObligationLine, QuotaLine } from '#core/obligations';
import type { StoredEvent } from '../ports.ts';
import type { Hall } from '../state.ts';
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
    return hall.events.filter(
      e =>
        (e.type === 'draft.written' && e.data['form'] === ACCOUNT_FORM) ||
        (e.type === 'filing.made' && listOf(e.data['documents']).includes(ACCOUNT_FORM)),
    );
  const types = TYPES_OF[key];
  return types.length === 0 ? [] : hall.events.filter(e => types.includes(e.type));
}
export const listOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String);

/** Duties that an entry of the register would meet and that nobody has met yet. */
export function owedIn(hall: Hall, key: RegisterKey): readonly ObligationLine[] {
  const types = TYPES_OF[key];
  if (types.length === 0) return [];
  return hall.lines.filter(
    (l): l is ObligationLine =>
      l.line === 'obligation' &&
      !l.whole &&
      (l.state === 'open' || l.state === 'late') &&
      patternsOf(ruleOf(hall, l), l).some(p => p.on === 'event' && types.includes(p.type)),
  );
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
  return hall.lines.filter((l): l is LocalLine => l.line === 'local' && clauses.has(l.clause));
}
/** Quotas whose counted entries stand in the register. */
export function quotasIn(hall: Hall, key: RegisterKey): readonly QuotaLine[] {
  const types = TYPES_OF[key];
  const names = new Set(
    hall.rulebook.rules.flatMap(r =>
      r.kind === 'quota' && r.count.some(p => p.on === 'event' && types.includes(p.type)) ? [r.name] : [],
    ),
  );
  return hall.lines.filter((l): l is QuotaLine => l.line === 'quota' && names.has(l.quota));
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
