/** What can be chosen where a field holds a key: from the rulebook's own values, and from what the case holds already. */
import { isOpen, ordersIn, pressEvents } from '#case';
import type { FieldShape } from '#core/log';
import type { StoredEvent } from '../ports.ts';
import { caseLinesOf, type Hall, standingLinesOf } from '../state.ts';
import { eventLabel, type Language } from '../words/index.ts';
import { valueLabel } from '../words/index.ts';
import { dutyTitle } from './duties.ts';
import type { Naming } from './naming.ts';
import { offeredBy, partName } from './offered.ts';
import { clockText, dateText } from './times.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}
interface Asked {
  readonly hall: Hall;
  readonly language: Language;
  readonly names: Naming;
  readonly type: string;
  readonly caseKey: string | undefined;
}
/** Keys whose values the rulebook names; others may be typed beside them nowhere. */
const BY_RULEBOOK = new Set([
  'mechanism',
  'series',
  'stage',
  'checklist',
  'lint',
  'kinds',
  'parts',
  'category',
  'rule',
]);

const outside = new WeakMap<readonly StoredEvent[], readonly StoredEvent[]>();
/** Entries outside every case, gone through once for all fields of a page. */
function outsideCases({ events }: Hall): readonly StoredEvent[] {
  const known = outside.get(events) ?? events.filter(e => e.case === undefined);
  outside.set(events, known);
  return known;
}

export function caseChoices(asked: Asked, field: FieldShape): readonly Choice[] | undefined {
  const { hall, language, names, type, caseKey } = asked;
  const words = hall.rulebook.terms.words;
  const said = (values: readonly string[]): readonly Choice[] | undefined =>
    values.length === 0
      ? undefined
      : [...new Set(values)].map(v => ({ value: v, label: partName(names, language, words, v) }));
  const events = caseKey === undefined ? outsideCases(hall) : (hall.byCase.get(caseKey) ?? []);
  if (field.kind === 'clause' && (field.name === 'about' || (type === 'obligation.lifted' && field.name === 'clause')))
    return dutyChoices(asked, caseKey);
  if (field.kind === 'clause' && type === 'instruction.item-declined')
    return hall.rulebook.rules.flatMap(r =>
      r.kind === 'declined'
        ? r.clauses.map(c => ({
            value: c,
            label: `${names.clause(c).article} ${c} ${names.prose(r.orders)}`.slice(0, 60),
          }))
        : [],
    );
  if (field.kind !== 'key') return undefined;
  if (field.name === 'instruction' && type !== 'instruction.received')
    return ordersIn(events).map(o => ({ value: o.key, label: `${names.body(o.from)} ${shortMoment(o.received.at)}` }));
  if (field.name === 'ask')
    return ordersIn(events).flatMap(o =>
      o.asks.map(a => ({ value: a.ask, label: `${partName(names, language, words, a.act)} ${a.text ?? ''}`.trim() })),
    );
  if (field.name === 'event' && type !== 'press-event.planned') {
    const known = pressEvents(events);
    return known.length === 0
      ? undefined
      : known.map(p => ({ value: p.key, label: `${valueLabel(language, 'kind', p.kind)} ${p.topic}`.trim() }));
  }
  if (field.name === 'notice' && type !== 'notice.drawn-up') {
    const notices = events.filter(
      e => e.type === 'notice.drawn-up' || (e.type === 'notice.sent' && type !== 'notice.sent'),
    );
    const keys = [...new Set(notices.map(e => String(e.data['notice'])))];
    return keys.length === 0
      ? undefined
      : keys.map(k => {
          const e = notices.findLast(n => n.data['notice'] === k);
          const number = e?.data['number'] === undefined ? '' : ` ${String(e.data['number'])}`;
          return {
            value: k,
            label: `${valueLabel(language, 'kind', String(e?.data['kind'] ?? 'notice'))}${number} ${shortMoment(e?.at ?? '')}`,
          };
        });
  }
  if (field.name === 'decision' && type !== 'decision.proposed') {
    const known = events.filter(e => e.type === 'decision.proposed');
    return known.length === 0
      ? undefined
      : known.map(e => ({ value: String(e.data['decision']), label: String(e.data['what']).slice(0, 40) }));
  }
  if (field.name === 'to' && type === 'report.made') return recipients(asked);
  if (field.name === 'into') return otherCases(hall, caseKey);
  if (!BY_RULEBOOK.has(field.name)) return undefined;
  const { rules } = hall.rulebook;
  const offered = offeredBy(hall.rulebook);
  switch (field.name) {
    case 'kinds':
      return type === 'archive.bundled' ? said([...offered.values('bundle', 'items'), 'material']) : undefined;
    case 'series':
      return said(offered.values(type, 'series'));
    case 'stage':
      return said([
        ...offered.values(type, 'stage'),
        ...rules.flatMap(r => (r.kind === 'stages' && r.of === 'case' ? r.marks.map(m => m.mark) : [])),
      ]);
    case 'checklist':
    case 'lint':
      return said(
        rules.flatMap(r => (r.kind === 'lint' && (field.name === 'lint' || r.rule === 'checklist') ? [r.name] : [])),
      );
    case 'parts':
      return said([
        ...offered.values(type, 'parts'),
        ...rules.flatMap(r =>
          r.kind === 'form' && r.parts && r.filledBy.on === 'event' && r.filledBy.type === type ? r.parts : [],
        ),
      ]);
    default:
      return said(offered.values(type, field.name));
  }
}

/** Whom a report can go to: first those the rules name, then superiors, leaders of the house, units. */
function recipients({ hall, names }: Asked): readonly Choice[] {
  const { rules, terms } = hall.rulebook;
  const { units, roles } = hall.institution.setup;
  const said = rules.flatMap(r => (r.kind === 'duty' ? (r.to ?? []) : []));
  // A rule may name a relation, which is nobody's key, or a table of the house's own: then everybody the table names.
  const named = said.flatMap(word => {
    const table = /^local (.+)$/.exec(word)?.[1];
    return table === undefined ? [word] : tableOf(hall, table);
  });
  const top = new Set(units.filter(u => u.kind === 'institution').map(u => u.key));
  const leaders = roles.filter(r => top.has(r.unit) && /leader|head/.test(r.role)).map(r => r.role);
  const own = units.filter(u => u.kind !== 'institution').map(u => u.key);
  const all = [
    ...named,
    ...offeredBy(hall.rulebook).values('report.made', 'to'),
    ...Object.keys(terms.bodies),
    ...leaders,
    ...own,
  ];
  const label = (key: string): string => {
    const role = terms.roles[key] ? names.role(key) : undefined;
    return role ?? names.body(key);
  };
  return [...new Set(all)]
    .filter(k => k !== 'recipients' && KEY.test(k))
    .map(value => ({ value, label: label(value) }));
}
const KEY = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;
/** Every key that stands in a table of the house's own. */
function tableOf({ book, rulebook }: Hall, name: string): readonly string[] {
  const rule = rulebook.rules.find(r => r.kind === 'local' && r.name === name);
  const table: unknown = book.local(name) ?? (rule?.kind === 'local' ? rule.value : undefined);
  const keys = (value: unknown): readonly string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([k, v]) => (k === 'label' || k === 'values' ? [] : keys(v)))
        : [];
  return keys(table);
}

const shortMoment = (at: string): string =>
  at === '' ? '' : `${dateText(Date.parse(at)).slice(5)} ${clockText(Date.parse(at))}`;

/** Duties of the case, what is late or open first. */
function dutyChoices({ hall, language, names }: Asked, caseKey: string | undefined): readonly Choice[] | undefined {
  const lines = caseKey === undefined ? standingLinesOf(hall) : caseLinesOf(hall, caseKey).obligations;
  const seen = new Set<string>();
  const choices = [...lines.filter(l => l.state === 'late'), ...lines.filter(isOpen), ...lines].flatMap(l => {
    if (seen.has(l.clause)) return [];
    seen.add(l.clause);
    return [
      {
        value: l.clause,
        label: `${names.clause(l.clause).article} ${l.clause} ${dutyTitle(hall, language, names, l)}`.slice(0, 60),
      },
    ];
  });
  if (choices.length > 0) return choices;
  // Nothing is owed yet: every clause that can be owed, so that nobody types a clause by hand.
  const clauses = new Set(hall.rulebook.rules.flatMap(r => (r.kind === 'duty' ? r.clauses : [])));
  return [...clauses].map(c => ({ value: c, label: `${names.clause(c).article} ${c}` }));
}

function otherCases(hall: Hall, caseKey: string | undefined): readonly Choice[] | undefined {
  const others = [...hall.byCase].filter(([key]) => key !== caseKey);
  return others.length === 0
    ? undefined
    : others
        .toReversed()
        .slice(0, 60)
        .map(([key, events]) => {
          const said = events.map(e => e.data['subject'] ?? e.data['what']).find(t => typeof t === 'string');
          return {
            value: key,
            label: `${key} ${String(said ?? eventLabel('zh', events[0]?.type ?? 'case.opened'))}`.slice(0, 60),
          };
        });
}
