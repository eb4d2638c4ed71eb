/** Names that point to nothing: duties, approvals, forms, units, capacities, locals, event types and their fields. */
import type { KnownEvents, Report } from './check.ts';
import { nearest } from './nearest.ts';
import type {
  Anchor,
  Condition,
  DocumentSelector,
  Interval,
  Need,
  Party,
  Pattern,
  Rule,
  Rulebook,
  Test,
} from './types.ts';

/** Verbs that would act on what people say: not unknown, but refused. */
const ON_SPEECH =
  /\b(delete|remove|block|hide|filter|ban|mute|report-post|report-poster|identify|trace|refer-speaker|comment-as|persona|post\.(deleted|blocked|reported|hidden)|speaker\.|account\.)/;
/** Condition fields that are not scales (notation 1). */
const CONDITION_FIELDS = new Set([
  'matter',
  'negative',
  'sudden',
  'in-case',
  'published',
  'mentions',
  'form-complete',
  'channel',
  'origin',
  'instruction-act',
]);
/** What a dotted test may follow: a field that holds an id or key of another entry. */
const FOLLOWED =
  /^(notice|assignment|transfer|instruction|item|finding|report|signature|publication|asks|document|event|decision|dispute|fields|factors|heads|parts|slots|stages)$/;
/** Capacities every institution understands without an entry: the unit's own roles are looked up by the engine. */

export function checkReferences(book: Rulebook, events: KnownEvents, report: Report): void {
  const named = <K extends Rule['kind']>(kind: K) =>
    book.rules.filter((r): r is Extract<Rule, { kind: K }> => r.kind === kind);
  const duties = [
    ...named('duty').map(d => d.name),
    ...named('rota').map(r => r.name),
    ...named('retention').map(r => r.name),
    ...named('approval').map(a => a.name),
    ...named('risk').map(r => r.name),
    ...named('form').map(f => f.name),
    ...named('quota').map(q => q.name),
  ];
  const approvals = named('approval').map(a => a.name);
  const forms = [
    ...Object.keys(book.terms.forms),
    ...Object.keys(book.terms.documents),
    ...named('form').map(f => f.name),
    ...named('ledger').map(l => l.name),
  ];
  const ledgers = named('ledger').map(l => l.name);
  const breaches = named('breach').map(b => b.name);
  const locals = named('local').map(l => l.name);
  const outside = named('outside').map(o => o.name);
  const scales = [...Object.keys(book.terms.scales), ...named('grades').map(g => g.name)];
  const kinds = new Set(Object.values(book.terms.units).flatMap(u => (u.kind ? [u.kind] : [])));
  const unitNames = [...Object.keys(book.terms.units), ...Object.keys(book.terms.bodies), ...kinds];
  const roleNames = Object.keys(book.terms.roles);
  const capacities = [...Object.keys(book.terms.capacities), ...roleNames, ...unitNames];

  const known = (rule: Rule, what: string, name: string, list: readonly string[]): void => {
    if (list.includes(name)) return;
    const near = nearest(name, list);
    report(
      rule,
      'HY-R7',
      `no ${what} is called "${name}"`,
      near.length > 0
        ? `did you mean "${near[0]}"?`
        : list.length > 0
          ? `there are ${[...new Set(list)].slice(0, 12).join(', ')}`
          : `write one, or leave the name out`,
      near,
    );
  };
  const party = (rule: Rule, p: Party | undefined): void => {
    if (!p || p.party === 'relation' || p.party === 'unit-kind') return;
    if (p.party === 'role') known(rule, 'role', p.role, roleNames);
    else if (p.party === 'unit') known(rule, 'unit, role or kind of unit', p.unit, [...unitNames, ...roleNames]);
    else {
      known(rule, 'unit', p.unit, unitNames);
      known(rule, 'role', p.role, roleNames);
    }
  };
  const tests = (rule: Rule, type: string, list: readonly Test[]): void => {
    const fields = events.types.get(type);
    for (const test of list) {
      const first = test.field[0] ?? '';
      if (fields && !fields.has(first) && first !== 'by' && !(FOLLOWED.test(first) && fields.has(first)))
        report(
          rule,
          'HY-R10',
          `${type} has no field "${first}"`,
          `it has ${[...fields].join(', ')}`,
          nearest(first, [...fields]),
        );
    }
  };
  const eventType = (rule: Rule, type: string): void => {
    if (events.types.has(type)) return;
    if (ON_SPEECH.test(type))
      report(
        rule,
        'HY-R12',
        `"${type}" acts on what people say`,
        `an institution can be made to do: ${[...events.acts].join(', ')}. Write a declined block with the lawful substitute`,
      );
    else {
      const near = nearest(type, [...events.types.keys()]);
      report(
        rule,
        'HY-R10',
        `nothing emits "${type}"`,
        near.length > 0 ? `did you mean "${near[0]}"?` : 'write an event type of the vocabulary',
        near,
      );
    }
  };
  const pattern = (rule: Rule, p: Pattern | undefined, isAct = false): void => {
    if (!p || p.on === 'case-opening' || p.on === 'standing') return;
    if (p.on !== 'event') return known(rule, 'duty', p.duty, duties);
    eventType(rule, p.type);
    tests(rule, p.type, p.tests);
    if (isAct && events.types.has(p.type) && !events.acts.has(p.type))
      report(rule, 'HY-R10', `${p.type} is a fact and can never be refused`, `acts are ${[...events.acts].join(', ')}`);
  };
  const anchor = (rule: Rule, a: Anchor | undefined): void => {
    if (a?.kind === 'event') eventType(rule, a.type);
    else if (a?.kind === 'done') known(rule, 'duty', a.duty, duties);
  };
  const condition = (rule: Rule, c: Condition | undefined): void => {
    for (const field of Object.keys(c ?? {}))
      if (!CONDITION_FIELDS.has(field)) known(rule, 'scale or condition field', field, scales);
    for (const form of c?.['form-complete'] ?? []) known(rule, 'form', form, forms);
  };
  const selector = (rule: Rule, s: DocumentSelector): void => {
    if (Object.keys(s).length === 0) report(rule, 'HY-R25', 'bound to no document', 'write { form: <name> }');
    for (const key of ['form', 'document']) for (const form of s[key] ?? []) known(rule, 'form', form, forms);
    for (const channel of s['channel'] ?? []) known(rule, 'channel', channel, Object.keys(book.terms.channels));
  };
  const interval = (rule: Rule, i: Interval | undefined): void => {
    if (i?.kind === 'local') known(rule, 'local parameter', i.name, locals);
  };
  const need = (rule: Rule, n: Need): void => {
    if (n.need === 'signed') known(rule, 'approval', n.approval, approvals);
    else if (n.need === 'form complete') known(rule, 'form', n.form, forms);
    else if (n.need === 'ledger complete') known(rule, 'ledger', n.ledger, [...ledgers, ...forms]);
    else if (n.need === 'done') known(rule, 'duty', n.duty, duties);
    else if (n.need === 'outside confirmed') known(rule, 'outside rule', n.rule, outside);
    else if (n.need === 'checked confidentiality') party(rule, n.by);
    else if (n.need === 'speaker in') for (const p of n.parties) party(rule, p);
  };

  for (const rule of book.rules) {
    switch (rule.kind) {
      case 'duty':
        for (const p of rule.starts) pattern(rule, p);
        for (const p of rule.done.patterns) pattern(rule, p);
        pattern(rule, rule.until);
        anchor(rule, rule.from);
        for (const a of Object.values(rule.readings ?? {})) anchor(rule, a);
        for (const p of rule.who) party(rule, p);
        party(rule, rule.metBy);
        party(rule, rule.each);
        party(rule, rule.orClose?.by);
        condition(rule, rule.condition);
        condition(rule, rule.gapFills?.when);
        interval(rule, rule.every);
        if (rule.within.kind === 'before') known(rule, 'duty', rule.within.duty, duties);
        if (rule.late !== undefined) known(rule, 'breach or duty', rule.late, [...breaches, ...duties]);
        if (rule.local !== undefined) known(rule, 'local parameter', rule.local, locals);
        if (rule.signedBy !== undefined) known(rule, 'capacity', rule.signedBy, capacities);
        break;
      case 'approval':
        selector(rule, rule.covers);
        for (const step of [...rule.steps, ...(rule.byTopic ?? []).flatMap(t => t.steps)])
          for (const c of step)
            if (!capacities.includes(c))
              report(
                rule,
                'HY-R19',
                `nobody can hold the capacity "${c}"`,
                `name it in terms: capacities: { ${c}: { zh: …, held-by: <unit/role> } }`,
                nearest(c, capacities),
              );
        for (const p of rule.before) pattern(rule, p, true);
        condition(rule, rule.condition);
        for (const d of rule.inside?.limitOf ?? []) known(rule, 'duty', d, duties);
        pattern(rule, rule.inside?.endsWith);
        break;
      case 'gate':
        for (const p of rule.act) pattern(rule, p, true);
        for (const n of rule.needs) need(rule, n);
        condition(rule, rule.condition);
        break;
      case 'route':
        for (const p of rule.when) pattern(rule, p);
        for (const p of [...(rule.to ?? []), ...(rule.onlyBy ?? [])]) party(rule, p);
        for (const n of rule.needs ?? []) need(rule, n);
        condition(rule, rule.condition);
        pattern(rule, rule.feedback);
        break;
      case 'rota':
        for (const p of rule.who ?? []) party(rule, p);
        pattern(rule, rule.done);
        for (const round of rule.rounds) {
          pattern(rule, round.done);
          interval(rule, round.every);
          interval(rule, round.tolerance);
          if (round.between && 'local' in round.between) known(rule, 'local parameter', round.between.local, locals);
        }
        for (const mode of Object.values(rule.mode ?? {})) interval(rule, mode.every);
        break;
      case 'form':
        pattern(rule, rule.filledBy);
        pattern(rule, rule.after);
        for (const p of rule.completeBefore ?? []) pattern(rule, p, true);
        break;
      case 'ledger':
        eventType(rule, rule.row);
        break;
      case 'quota':
        for (const p of rule.count) pattern(rule, p);
        anchor(rule, rule.gap?.from);
        break;
      case 'score':
        for (const line of rule.lines) pattern(rule, line.count);
        break;
      case 'stages':
        for (const mark of rule.marks) for (const p of mark.by) pattern(rule, p);
        interval(rule, rule.remind);
        break;
      case 'lint':
        selector(rule, rule.on);
        break;
      case 'breach':
        for (const source of rule.from) for (const d of source.duties ?? []) known(rule, 'duty', d, duties);
        break;
      case 'risk':
        for (const p of rule.before ?? []) pattern(rule, p, true);
        pattern(rule, rule.starts);
        pattern(rule, rule.done);
        interval(rule, rule.every);
        break;
      case 'retention':
        for (const p of rule.after ?? []) pattern(rule, p);
        for (const p of rule.by ?? []) party(rule, p);
        interval(rule, rule.interval);
        break;
      case 'grades':
        party(rule, rule.decides);
        for (const p of rule.with ?? []) party(rule, p);
        break;
      default:
        break;
    }
  }
}
