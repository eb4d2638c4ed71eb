/** What a score leaves out, shown beside it: nobody should have to ask whether something was simply not looked at. */
import type { HuiyinEvent } from '#core/log';
import type { Explained, ObligationLine, QuotaLine, ScoreOutputLine } from '#core/obligations';
import type { Year } from './sheet.ts';

export interface Ignored {
  /** Works that no line counts, with the clause that leaves them out. */
  readonly unscored: readonly { readonly clause: string; readonly work: string }[];
  /** Entries of the kinds that are counted which did not count, and why; each once. */
  readonly notCounted: readonly { readonly event: string; readonly why: string }[];
  /** Duties that ended without being met: lifted by an approver, or taken over by a tighter one. */
  readonly ended: readonly ObligationLine[];
  /** Duties with a soft word only: they have no figure and never count as late. */
  readonly soft: readonly ObligationLine[];
  /** Matters put aside, by reason. */
  readonly dismissed: readonly HuiyinEvent[];
  /** Acts that the rules refused: they count as not done. */
  readonly refused: readonly { readonly event: string; readonly clause: string; readonly type: string }[];
  /** Contested and not decided yet. */
  readonly contested: number;
  /** Dates of the year on which a watch of the rulebook had nobody. */
  readonly unwatched: number;
}

export function ignoredBy(
  { result, year }: Year,
  unit: string | undefined,
  shown: {
    readonly targets: readonly (QuotaLine & { readonly explain: Explained })[];
    readonly scores: readonly (ScoreOutputLine & { readonly explain: Explained })[];
    readonly duties: readonly ObligationLine[];
  },
): Ignored {
  const { scores, targets, duties } = shown;
  const inYear = (at: string): boolean => at.startsWith(String(year));
  const counted = new Set([...scores, ...targets].flatMap(l => l.explain.counted.map(e => e.id)));
  const reasons = new Map<string, string>();
  for (const { event, why } of [...scores, ...targets].flatMap(l => l.explain.notCounted))
    if (!counted.has(event) && !reasons.has(event)) reasons.set(event, why);
  const byUnit = (by: { readonly unit: string }): boolean => unit === undefined || by.unit === unit;
  const disputes = new Map([...scores, ...targets].flatMap(l => l.explain.disputes.map(d => [d.event, d])));
  return {
    unscored: scores.flatMap(s => s.unscored),
    notCounted: [...reasons]
      .map(([event, why]) => ({ event, why }))
      .filter(n => unit === undefined || isOf(result.known.byId(n.event)?.data['unit'], unit)),
    ended: duties.filter(l => l.state === 'lifted' || l.state === 'replaced'),
    soft: duties.filter(l => l.dueKind === 'soft' || l.dueKind === 'none'),
    dismissed: result.events
      .of('finding.dismissed')
      .filter(f => inYear(f.event.at) && byUnit(f.by))
      .map(f => f.event),
    refused: result.cases.flatMap(c =>
      c.judged.refused
        .filter(r => inYear(r.act.event.at) && byUnit(r.act.by))
        .map(r => ({ event: r.act.id, clause: r.clause, type: r.act.type })),
    ),
    contested: [...disputes.values()].filter(d => d.settled === undefined).length,
    unwatched: new Set(
      result.rota.gaps.flatMap(g => (unit === undefined || g.unit === unit ? [`${g.clause} ${g.from ?? ''}`] : [])),
    ).size,
  };
}
const isOf = (value: unknown, unit: string): boolean => value === undefined || value === unit;
