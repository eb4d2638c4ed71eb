/**
 * How a due time looked as things became known. Only where something the anchor rests on was entered after the duty was
 * born, or an entry was corrected, is there more than one answer.
 */
import type { Instant } from '#core/calendar';
import type { DutyRule } from '#core/rulebook';
import type { CaseContext } from './case-duties.ts';
import { factSet, standing, type Fact } from './facts.ts';
import type { DueTime } from './owed.ts';
import type { KnownDue } from './settle.ts';
import { chosenAnchor, startsOf, type Phase, type Start } from './starts.ts';
import type { View } from './view.ts';

const DISCOVERY = ['finding.recorded', 'media.called', 'agency-report.received'];
/** Event types on which each anchor rests besides its trigger. */
const RESTS_ON: Readonly<Record<string, readonly string[]>> = {
  discovery: DISCOVERY,
  'first-public-item': [...DISCOVERY, 'first-public-item.fixed'],
  occurrence: [...DISCOVERY, 'first-public-item.fixed'],
  incident: ['incident.occurred'],
  awareness: ['incident.occurred', 'information.arose'],
  receipt: ['notice.received', 'transfer.received'],
  completion: ['publication.made', 'handling.finished'],
};

export function knownDues(
  context: CaseContext,
  rule: DutyRule,
  start: Start,
  limitOf: (phase: Phase) => DueTime,
): readonly [KnownDue, ...KnownDue[]] {
  const [first] = start.phases;
  const bornAt = Math.max(start.trigger.rec, ...first.made.map(f => f.rec));
  const now: KnownDue = { knownFrom: bornAt, anchor: first.anchor, due: limitOf(first) };
  const moments = movingMoments(context, rule, start, bornAt);
  if (moments.length === 0) return [now];
  const entries = new Map(context.corrections.map(c => [c.replacement, c.entry]));
  const origin = (id: string | undefined): string | undefined => {
    let found = id;
    for (let up = found === undefined ? undefined : entries.get(found); up !== undefined; up = entries.get(up))
      found = up;
    return found;
  };
  const same = (other: Start): boolean =>
    other.member.unit === start.member.unit &&
    (rule.per !== 'trigger' || origin(other.trigger.fact?.id) === origin(start.trigger.fact?.id));
  const history: KnownDue[] = [];
  for (const knownFrom of moments) {
    const view = viewAt(context, knownFrom);
    const then = startsOf({ ...context, view }, rule).find(same);
    if (!then) continue;
    const phase = then.phases[0];
    const last = history.at(-1);
    if (last && last.anchor.at === phase.anchor.at) continue;
    history.push({ knownFrom, anchor: phase.anchor, due: limitOf(phase) });
  }
  const [head, ...rest] = history;
  return head ? [head, ...rest] : [now];
}

/** Moments of entry at which the anchor may have moved; none in the usual case that all came in order. */
function movingMoments(
  { view, raw, corrections }: CaseContext,
  rule: DutyRule,
  start: Start,
  bornAt: Instant,
): Instant[] {
  const { anchor } = chosenAnchor(view, rule);
  // Outside every case a finding stands for itself: what else came in later, or before it, moves nothing of it.
  const itself = anchor.kind === 'trigger' || (anchor.kind === 'derived' && anchor.name === 'discovery');
  if (view.caseKey === undefined && itself && corrections.length === 0) return [];
  const types = new Set(
    anchor.kind === 'event' ? [anchor.type] : anchor.kind === 'derived' ? (RESTS_ON[anchor.name] ?? []) : [],
  );
  const starting = new Set(
    rule.starts.flatMap(p => (p.on === 'event' && p.type !== 'classification.set' ? [p.type] : [])),
  );
  const { at } = start.phases[0].anchor;
  const completes = anchor.kind === 'derived' && anchor.name === 'completion';
  const late = (f: Fact): boolean =>
    types.has(f.type) && f.rec > bornAt && (completes || f.type === 'first-public-item.fixed' || movedTo(f) <= at);
  const overtaken = (f: Fact): boolean => starting.has(f.type) && f.rec < start.trigger.rec && f.at > start.trigger.at;
  if (corrections.length === 0 && !raw.some(f => late(f) || overtaken(f))) return [];
  const moments = raw.filter(f => types.has(f.type) || starting.has(f.type)).map(f => f.rec);
  return [...new Set([bornAt, ...moments, ...corrections.map(c => c.fact.rec)])].sort((a, b) => a - b);
}
/** The instant to which a fact may move an anchor: its own, or that of the publication it tells of. */
const movedTo = (f: Fact): Instant =>
  typeof f.data['publishedAt'] === 'string' ? Math.min(f.at, Date.parse(f.data['publishedAt'])) : f.at;

/** The case as it was known at a moment. */
function viewAt(context: CaseContext, at: Instant): View {
  const corrections = context.corrections.filter(c => c.fact.rec <= at);
  return {
    ...context.view,
    facts: factSet(
      standing(
        context.raw.filter(f => f.rec <= at),
        corrections,
      ),
    ),
  };
}
