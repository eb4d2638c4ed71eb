/** What a case goes through more than once: reports in a series, meetings, rounds of asking whether the answer was enough. */
import type { HuiyinEvent } from '#core/log';
import type { Rule } from '#core/rulebook';

const listed = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);

export interface ReportStep {
  readonly kind: string;
  readonly clause?: string;
  readonly reports: readonly HuiyinEvent[];
}
/** The kinds of report the regulation puts in a row, else those that were made; each with its reports. */
export function reportSeries(rules: readonly Rule[], events: readonly HuiyinEvent[]): readonly ReportStep[] {
  const made = events.filter(e => e.type === 'report.made');
  const route = rules.find(r => r.kind === 'route' && (r.series?.length ?? 0) > 0);
  const series = route?.kind === 'route' ? (route.series ?? []) : [];
  const kinds = [...new Set([...series, ...made.map(e => String(e.data['kind']))])];
  return kinds.map(kind => ({
    kind,
    ...(series.includes(kind) && route ? { clause: route.clauses[0] ?? '' } : {}),
    reports: made.filter(e => e.data['kind'] === kind),
  }));
}

export interface EvaluationHead {
  readonly head: string;
  readonly written?: HuiyinEvent;
}
/** The fixed heads of the evaluation and which of them have been written. */
export function evaluationHeads(
  rules: readonly Rule[],
  events: readonly HuiyinEvent[],
): { readonly clause?: string; readonly heads: readonly EvaluationHead[] } {
  const written = events.filter(e => e.type === 'evaluation.written');
  const has = (head: string): HuiyinEvent | undefined =>
    written.findLast(e => head in (e.data['heads'] as Readonly<Record<string, unknown>>));
  const duty = rules.find(
    r =>
      (r.kind === 'retention' && r.what === 'evaluation') ||
      (r.kind === 'duty' && r.done.patterns.some(p => p.on === 'event' && p.type === 'evaluation.written')),
  );
  const fixed = duty?.kind === 'retention' ? duty.items : duty?.kind === 'duty' ? (duty.with ?? []) : [];
  const free = written.flatMap(e => Object.keys(e.data['heads'] as object));
  return {
    ...(duty ? { clause: duty.clauses[0] ?? '' } : {}),
    heads: [...new Set([...fixed, ...free])].map(head => {
      const event = has(head);
      return { head, ...(event ? { written: event } : {}) };
    }),
  };
}

/** Rounds of asking the outlet or the complainant side, in order. */
export const satisfactionRounds = (events: readonly HuiyinEvent[]): readonly HuiyinEvent[] =>
  events
    .filter(e => e.type === 'satisfaction.asked')
    .toSorted((a, b) => Number(a.data['round']) - Number(b.data['round']));
export const nextRound = (events: readonly HuiyinEvent[]): number =>
  Math.max(0, ...satisfactionRounds(events).map(e => Number(e.data['round']))) + 1;

export interface PlannedEvent {
  readonly key: string;
  readonly kind: string;
  readonly topic: string;
  readonly pack: readonly string[];
  readonly planned?: HuiyinEvent;
  readonly authorised?: HuiyinEvent;
  readonly held?: HuiyinEvent;
}
/** Conferences, briefings, interviews, visits, open days: planned, allowed, held. */
export function pressEvents(events: readonly HuiyinEvent[]): readonly PlannedEvent[] {
  const about = (type: string): readonly HuiyinEvent[] =>
    events.filter(e => e.type === type && e.data['event'] !== undefined);
  const keys = new Set(
    ['press-event.planned', 'authorisation.given', 'press-event.held'].flatMap(t =>
      about(t).map(e => String(e.data['event'])),
    ),
  );
  return [...keys].map(key => {
    const one = (type: string): HuiyinEvent | undefined => about(type).findLast(e => e.data['event'] === key);
    const [planned, authorised, held] = [
      one('press-event.planned'),
      one('authorisation.given'),
      one('press-event.held'),
    ];
    return {
      key,
      kind: String((held ?? planned)?.data['kind'] ?? 'interview'),
      topic: String(planned?.data['topic'] ?? ''),
      pack: listed((held?.data['pack'] ?? planned?.data['pack']) as unknown),
      ...(planned ? { planned } : {}),
      ...(authorised ? { authorised } : {}),
      ...(held ? { held } : {}),
    };
  });
}
