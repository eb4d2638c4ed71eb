/** An approval that must be finished inside another duty's limit: it starts and ends with that duty, and is met by the hand-over of a signed text. */
import type { ApprovalRule } from '#core/rulebook';
import { chainState, ownWording } from './chains.ts';
import type { CaseContext } from './case-duties.ts';
import type { Fact } from './facts.ts';
import { matches, patternText } from './match.ts';
import type { Met, Owed } from './owed.ts';
import { coversDocument, newestWording } from './texts.ts';
import { settle, type Ending } from './settle.ts';

export function insideRows(context: CaseContext, approval: ApprovalRule): readonly Owed[] {
  const inside = approval.inside;
  if (!inside) return [];
  const parents = inside.limitOf.flatMap(name => context.owedOf(name)).filter(o => !o.whole);
  const byUnit = new Map<string, Owed>();
  for (const parent of parents) {
    const key = parent.unit ?? '';
    const kept = byUnit.get(key);
    if (!kept || isTighter(parent, kept)) byUnit.set(key, parent);
  }
  return [...byUnit.values()].map(parent => rowInside(context, approval, parent));
}

/** A live duty before one that was ended; then the earlier due time. */
function isTighter(a: Owed, b: Owed): boolean {
  const ended = (o: Owed): boolean => o.state === 'lifted' || o.state === 'replaced';
  if (ended(a) !== ended(b)) return !ended(a);
  return (a.due.at ?? Infinity) < (b.due.at ?? Infinity);
}

function rowInside(context: CaseContext, approval: ApprovalRule, parent: Owed): Owed {
  const { now, view } = context;
  const end = endOf(context, approval, parent);
  const met: Met | undefined = end && { at: end.at, rec: end.rec, facts: [end] };
  const ended: Ending | undefined =
    (parent.state === 'lifted' || parent.state === 'replaced') && parent.endedAt !== undefined && parent.endedBy
      ? { at: parent.endedAt, by: parent.endedBy }
      : undefined;
  const settled = settle({ knownFrom: parent.bornAt, anchor: parent.anchor, due: parent.due }, met, ended, now);
  const wording = newestWording(view, approval, now);
  const missing = met
    ? undefined
    : [
        ...chainState(view, approval, wording, now).missing,
        ...(approval.inside?.endsWith ? [patternText(approval.inside.endsWith)] : []),
      ];
  return {
    clause: approval.clauses[0] ?? '',
    name: approval.name,
    kind: 'approval',
    case: parent.case,
    unit: parent.unit,
    role: parent.role,
    trigger: parent.trigger,
    anchor: parent.anchor,
    bornAt: parent.bornAt,
    due: { ...parent.due, steps: [`inside the limit of ${parent.name}`, ...parent.due.steps] },
    limit: parent.limit,
    state: settled.state,
    ...(settled.met ? { met: settled.met } : {}),
    ...(settled.endedAt === undefined ? {} : { endedAt: settled.endedAt }),
    ...(settled.endedBy === undefined ? {} : { endedBy: settled.endedBy }),
    ...(settled.lateAt === undefined ? {} : { lateAt: settled.lateAt }),
    ...(parent.cause ? { cause: parent.cause } : {}),
    ...(missing && missing.length > 0 ? { missing } : {}),
    wanted: approval.inside?.endsWith ? [patternText(approval.inside.endsWith)] : ['the last signature'],
    steps: [],
    readings: ['HC-05', ...view.book.notesAbout(approval.name), ...parent.readings.filter(r => r === 'DR-10')],
    basis: [],
  };
}

/** The hand-over of a text that carries every signature; without an end pattern, the last signature itself. */
function endOf(context: CaseContext, approval: ApprovalRule, parent: Owed): Fact | undefined {
  const { view } = context;
  const endsWith = approval.inside?.endsWith;
  const mine = (f: Fact): boolean =>
    parent.unit === undefined ||
    f.data['forUnit'] === parent.unit ||
    f.data['unit'] === parent.unit ||
    (f.data['forUnit'] === undefined && f.by.unit === parent.unit);
  if (endsWith?.on === 'event')
    return view.facts.of(endsWith.type).find(f => {
      if (f.at < parent.anchor.at || !matches(endsWith, f, view.facts) || !mine(f)) return false;
      const wording = ownWording(view, f);
      return wording === undefined || chainState(view, approval, wording, f.at).missing.length === 0;
    });
  for (const draft of view.facts.of('draft.written')) {
    if (!mine(draft) || !coversDocument(view, approval, String(draft.data['document']), context.now)) continue;
    const state = chainState(view, approval, ownWording(view, draft), context.now);
    if (state.missing.length === 0) return state.signatures.toSorted((a, b) => b.at - a.at)[0];
  }
  return undefined;
}
