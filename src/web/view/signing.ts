/** Signing as a page shows it: which offices can fill a step, until when at the latest, which texts wait for an office. */
import type { HuiyinEvent, Office } from '#core/log';
import { planBackwards, readAllowance, type PlanStep } from '#core/obligations';
import type { Chain, ReplyDocument } from '#reply';
import { capacitiesOf } from '../permissions.ts';
import type { StoredEvent } from '../ports.ts';
import type { Hall } from '../state.ts';
import { awayUntil, standInOf } from './stand-ins.ts';
import { documentsOf, documentState } from './texts.ts';

export interface Signer {
  readonly office: Office;
  readonly awayUntil?: string;
  readonly standIn?: string;
}
/** Offices of the institution that hold one of the capacities, with who is away and who stands in. */
export function signersOf(hall: Hall, capacities: readonly string[]): readonly Signer[] {
  const seen = new Set<string>();
  return hall.institution.setup.roles.flatMap(r => {
    const key = `${r.unit}/${r.role}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const office = { unit: r.unit, role: r.role };
    if (!capacitiesOf(hall, office).some(c => capacities.includes(c))) return [];
    const away = awayUntil(hall, office);
    const standIn = standInOf(hall, office);
    return [
      { office, ...(away === undefined ? {} : { awayUntil: away }), ...(standIn === undefined ? {} : { standIn }) },
    ];
  });
}

/**
 * The last safe moment of each step that is still to be signed, back from the due time by the spans the institution has
 * set for its chain. Where a span is not set nothing is invented: the step then only has the due time itself.
 */
export function lastSafe(hall: Hall, chain: Chain, dueAt: number | undefined): ReadonlyMap<string, number> {
  const moments = new Map<string, number>();
  if (dueAt === undefined) return moments;
  const rule = hall.rulebook.rules.find(r => r.kind === 'approval' && r.name === chain.approval);
  const spanOf = (names: readonly string[]) => {
    if (rule?.kind !== 'approval') return undefined;
    const interval = names.map(n => rule.allow?.[n]).find(i => i !== undefined);
    if (!interval) return undefined;
    if (interval.kind === 'limit')
      return interval.limit.kind === 'span' ? { n: interval.limit.n, unit: interval.limit.unit } : undefined;
    const local = hall.book.local(interval.name);
    return typeof local === 'string' ? readAllowance(local) : undefined;
  };
  const open = chain.steps.filter(s => !s.signature);
  const steps: PlanStep[] = [];
  for (const [i, s] of open.entries()) {
    const allowance = spanOf(s.capacities) ?? { n: 0, unit: 'minutes' as const };
    const before = open[i - 1];
    steps.push({
      step: s.capacities.join('|'),
      role: s.capacities.join('|'),
      allowance,
      after: chain.order === 'listed' && before ? [before.capacities.join('|')] : [],
    });
  }
  const handOver = spanOf(['hand-over']);
  if (handOver) steps.push({ step: 'hand-over', role: '', allowance: handOver, after: steps.map(s => s.step) });
  try {
    for (const s of planBackwards(hall.calendar, steps, hall.now, dueAt).steps) moments.set(s.step, s.finishBy);
  } catch {
    // Clock and working spans cannot be planned in one chain: then there is only the due time.
  }
  return moments;
}

export interface WaitingText {
  readonly caseKey: string;
  readonly document: ReplyDocument;
  readonly capacity: string;
  /** Oral approvals that this office has to confirm instead of a signature. */
  readonly oral?: string;
}
/** What of a case waits for somebody's signature, whoever that is. */
interface Waiting {
  readonly document: ReplyDocument;
  readonly capacities: readonly string[];
  readonly oral?: string;
}
/** Worked out once for each state of a case: with ten thousand cases open, only what changed is looked at again. */
const remembered = new WeakMap<readonly StoredEvent[], readonly Waiting[]>();

function waitingIn(hall: Hall, caseKey: string, events: readonly StoredEvent[]): readonly Waiting[] {
  const known = remembered.get(events);
  if (known) return known;
  const ended = events.findLast(e => e.type === 'case.closed' || e.type === 'case.reopened');
  const none = ended?.type === 'case.closed' || !events.some(e => e.type === 'draft.written');
  const found = none ? [] : documentsOf(hall, caseKey).flatMap(d => waitingOf(hall, events, d));
  remembered.set(events, found);
  return found;
}
function waitingOf(hall: Hall, events: readonly StoredEvent[], document: ReplyDocument): readonly Waiting[] {
  const confirmed = new Set(events.filter(e => e.type === 'signature.confirmed').map(e => e.data['signature']));
  const oral = events
    .filter(e => e.type === 'signature.given' && e.data['oral'] === true && e.data['document'] === document.key)
    .filter(e => !confirmed.has(e.id))
    .map(e => ({ document, capacities: [String(e.data['as'])], oral: e.id }));
  const hash = document.versions.at(-1)?.hash;
  if (document.publications.some(p => p.data['textHash'] === hash)) return oral;
  // What was sent back waits for a new wording; a signature that was only taken back waits for its signer.
  const takenBack = (withheld: HuiyinEvent): boolean =>
    events.some(
      e =>
        e.type === 'signature.given' &&
        e.data['document'] === document.key &&
        e.data['textHash'] === hash &&
        e.data['as'] === withheld.data['as'],
    );
  const turns = documentState(hall, document).chains.flatMap(c =>
    c.steps.filter(s => s.turn && (!s.withheld || takenBack(s.withheld))),
  );
  return turns.length === 0 ? oral : [...oral, { document, capacities: turns.flatMap(s => s.capacities) }];
}

/** Texts of open cases whose next signature is this office's to give. */
export function waitingFor(hall: Hall, office: Office | undefined): readonly WaitingText[] {
  const mine = office ? capacitiesOf(hall, office) : [];
  if (mine.length === 0) return [];
  const waiting: WaitingText[] = [];
  for (const [caseKey, events] of hall.byCase)
    for (const { document, capacities, oral } of waitingIn(hall, caseKey, events)) {
      const capacity = capacities.find(c => mine.includes(c));
      if (capacity !== undefined)
        waiting.push({ caseKey, document, capacity, ...(oral === undefined ? {} : { oral }) });
    }
  return waiting;
}
