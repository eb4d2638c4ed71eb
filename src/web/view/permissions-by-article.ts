/** Who may do what, article by article: read off the rules, never set apart from them. */
import type { Office } from '#core/log';
import type { Party, Rule } from '#core/rulebook';
import { capacitiesOf, isParty, officesHeld } from '../permissions.ts';
import type { Hall } from '../state.ts';
import type { Language, Words } from '../words/index.ts';
import type { Naming } from './naming.ts';
import { plainRule } from './plain-rule.ts';
import { dateText } from './times.ts';

export interface Allowed {
  readonly clauses: readonly string[];
  readonly article: string;
  /** sign, decide, speak, send, owe, watch or consent */
  readonly power: Power;
  /** The rule in one sentence. */
  readonly says: string;
  /** Offices of this institution that have it, with who holds each today. */
  readonly offices: readonly { readonly office: Office; readonly holders: readonly string[] }[];
  /** Parties that depend on the case: the units concerned, whoever received it. */
  readonly depends: boolean;
}
export const POWERS = ['sign', 'decide', 'speak', 'send', 'owe', 'watch', 'consent'] as const;
export type Power = (typeof POWERS)[number];

interface Grant {
  readonly power: Power;
  readonly parties: readonly Party[];
}
function grants(rule: Rule): readonly Grant[] {
  switch (rule.kind) {
    case 'grades':
      return rule.decides ? [{ power: 'decide', parties: [rule.decides, ...(rule.with ?? [])] }] : [];
    case 'gate':
      return rule.needs.flatMap((n): readonly Grant[] =>
        n.need === 'speaker in'
          ? [{ power: 'speak', parties: n.parties }]
          : n.need === 'checked confidentiality'
            ? [{ power: 'consent', parties: [n.by] }]
            : n.need === 'consent'
              ? n.role.split('|').map(role => ({ power: 'consent', parties: [{ party: 'role', role: role.trim() }] }))
              : [],
      );
    case 'route':
      return rule.onlyBy ? [{ power: 'send', parties: rule.onlyBy }] : [];
    case 'duty':
      return [{ power: 'owe', parties: rule.who }];
    case 'rota':
      return rule.who ? [{ power: 'watch', parties: rule.who }] : [];
    default:
      return [];
  }
}

/** Every office of the institution, vacancies too. */
export function allOffices(hall: Hall): readonly Office[] {
  const held = officesHeld(hall, dateText(hall.now));
  return [
    ...new Map(
      [...hall.institution.setup.roles, ...held].map(r => [`${r.unit}/${r.role}`, { unit: r.unit, role: r.role }]),
    ).values(),
  ];
}

export function allowed(hall: Hall, w: Words, language: Language, names: Naming): readonly Allowed[] {
  const offices = allOffices(hall);
  const held = officesHeld(hall, dateText(hall.now));
  const withHolders = (list: readonly Office[]): Allowed['offices'] =>
    list.map(office => ({
      office,
      holders: held.filter(h => h.unit === office.unit && h.role === office.role).map(h => h.holder),
    }));
  const row = (rule: Rule, power: Power, list: readonly Office[], depends: boolean): Allowed => ({
    clauses: rule.clauses,
    article: rule.articleNumber || rule.article,
    power,
    says: plainRule(hall, w, language, names, rule),
    offices: withHolders(list),
    depends,
  });
  return hall.book.rulebook.rules.flatMap(rule => {
    if (rule.kind === 'approval') {
      const wanted = new Set([...rule.steps, ...(rule.byTopic ?? []).flatMap(t => t.steps)].flat());
      const able = offices.filter(o => capacitiesOf(hall, o).some(c => wanted.has(c)));
      return [row(rule, 'sign', able, able.length === 0)];
    }
    return grants(rule).map(({ power, parties }) =>
      row(
        rule,
        power,
        offices.filter(o => parties.some(p => isParty(hall, o, p) ?? false)),
        parties.some(p => p.party === 'relation'),
      ),
    );
  });
}
