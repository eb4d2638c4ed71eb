/** Information on its way up: leads as departments ranked them, class, who edits, what went up and by which way, who adopted it. */
import type { HuiyinEvent } from '#core/log';
import type { Rule } from '#core/rulebook';

export interface Lead {
  readonly case: string;
  readonly what: string;
  readonly at: string;
  /** The department it came from. */
  readonly unit: string;
  /** 1 = most important, as the department ranked it; absent = not ranked. */
  readonly rank?: number;
  readonly passed?: HuiyinEvent;
  readonly class?: string;
  /** 0 = the highest class. */
  readonly weight: number;
  readonly editor?: string;
  /** First reports by any means, and what followed in writing. */
  readonly reports: readonly HuiyinEvent[];
  readonly sent: readonly HuiyinEvent[];
}
export interface Issue {
  readonly event: HuiyinEvent;
  readonly adopted: readonly HuiyinEvent[];
}

/** Whether the rules speak of information that goes up at all. */
export const sendsInformation = (rules: readonly Rule[]): boolean =>
  rules.some(r => r.kind === 'duty' && r.done.patterns.some(p => p.on === 'event' && p.type === 'submission.entered'));

/** The unit to which leads go by the rules. */
export function leadDesk(rules: readonly Rule[]): string | undefined {
  for (const rule of rules)
    if (rule.kind === 'duty')
      for (const pattern of rule.done.patterns)
        if (pattern.on === 'event' && pattern.type === 'lead.passed')
          for (const test of pattern.tests) if (test.field.join('.') === 'to') return test.values[0];
  return undefined;
}
/** The scale on which information is classed: the one that the duties of sending up depend on. */
export function informationScale(
  rules: readonly Rule[],
): { readonly name: string; readonly values: readonly string[] } | undefined {
  const scales = new Map(rules.flatMap(r => (r.kind === 'grades' ? [[r.name, r.values] as const] : [])));
  for (const rule of rules) {
    if (rule.kind !== 'duty' || !rule.done.patterns.some(p => p.on === 'event' && p.type === 'submission.entered'))
      continue;
    const name = Object.keys(rule.condition ?? {}).find(key => scales.has(key));
    if (name !== undefined) return { name, values: scales.get(name) ?? [] };
  }
  return undefined;
}

/** Leads that wait first, the highest class and the best rank on top; then what has gone up, newest first. */
export function leadsIn(events: readonly HuiyinEvent[], rules: readonly Rule[]): readonly Lead[] {
  const scale = informationScale(rules);
  const byCase = new Map<string, HuiyinEvent[]>();
  for (const event of events)
    if (event.case !== undefined) byCase.set(event.case, [...(byCase.get(event.case) ?? []), event]);
  const leads = [...byCase].flatMap(([key, own]): Lead[] => {
    const classed = own.findLast(e => e.type === 'classification.set' && e.data['scale'] === scale?.name);
    const arose =
      own.find(e => e.type === 'information.arose') ?? (classed && own.find(e => e.type === 'incident.occurred'));
    const passed = own.findLast(e => e.type === 'lead.passed');
    const first = arose ?? passed;
    if (!first) return [];
    const value = classed && String(classed.data['value']);
    const editor = own.findLast(e => e.type === 'assignment.made');
    const place = value === undefined ? -1 : (scale?.values.indexOf(value) ?? -1);
    return [
      {
        case: key,
        what: String(arose?.data['what'] ?? ''),
        at: first.at,
        unit: String(passed?.data['unit'] ?? arose?.data['unit'] ?? first.by.unit),
        ...(passed ? { rank: Number(passed.data['rank']), passed } : {}),
        ...(value === undefined ? {} : { class: value }),
        // What nobody has classed yet stands above the lowest class: it may be anything.
        weight: place < 0 ? 1.5 : (scale?.values.length ?? 0) - 1 - place,
        ...(editor ? { editor: String(editor.data['to']) } : {}),
        reports: own.filter(e => e.type === 'report.made'),
        sent: own.filter(e => e.type === 'submission.entered'),
      },
    ];
  });
  const waits = (l: Lead): number => (l.sent.length > 0 ? 1 : 0);
  return leads.toSorted(
    (a, b) => waits(a) - waits(b) || a.weight - b.weight || (a.rank ?? 99) - (b.rank ?? 99) || (a.at < b.at ? 1 : -1),
  );
}

/** Issues that went up, newest first, each with the bodies that adopted it. */
export function issuesIn(events: readonly HuiyinEvent[]): readonly Issue[] {
  const adopted = events.filter(e => e.type === 'adoption.entered');
  return events
    .filter(e => e.type === 'submission.entered')
    .map(event => ({ event, adopted: adopted.filter(a => a.data['issue'] === event.data['issue']) }))
    .reverse();
}
