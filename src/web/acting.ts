/**
 * From a command to the log. Every entry is checked against the vocabulary, every act is judged by the rules before it is
 * stored; a refused act is stored as such and changes nothing else. One writer at a time, so nobody judges on old facts.
 */
import { formatInstant } from '#core/calendar';
import { checkEvent, type HuiyinEvent, isAct, type Office } from '#core/log';
import type { RefusedLine } from '#core/obligations';
import { gateFaults } from './gate.ts';
import type { Desk } from './ports.ts';
import { type Hall, type HallKeeper, refusalsOf } from './state.ts';
import { sameHand } from './view/four-eyes.ts';
import { words } from './words/index.ts';

/** What a stage proposes: entries without id and time of entry, which are given here. */
export interface Proposal {
  readonly case?: string;
  readonly type: string;
  /** When it happened; absent = now. */
  readonly at?: string;
  readonly lateEntryReason?: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Given where a later entry of the same proposal refers to it. */
  readonly id?: string;
}
export type Outcome =
  | { readonly kind: 'done'; readonly events: readonly HuiyinEvent[] }
  | { readonly kind: 'refused'; readonly refused: readonly RefusedLine[]; readonly attempt: HuiyinEvent }
  | { readonly kind: 'invalid'; readonly faults: readonly string[] };

export interface Actor {
  readonly act: (
    by: Office,
    propose: (hall: Hall, ids: () => string) => readonly Proposal[] | { readonly faults: readonly string[] },
  ) => Promise<Outcome>;
}

/** Ids sort by time and never meet: the moment in base 36 and four random bytes. */
export function newId(now: number): string {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(4)), b => b.toString(16).padStart(2, '0')).join('');
  return `e-${now.toString(36)}-${random}`;
}

/** How `act.refused` keeps what was missing inside its one text field; the page reads it back. */
export const writeReason = (line: RefusedLine): string =>
  line.missing.length === 0 ? line.reason : `${line.reason} [${line.missing.join(' | ')}]`;
export function readReason(text: string): { readonly reason: string; readonly missing: readonly string[] } {
  const match = /^(.*) \[([^[\]]*)\]$/s.exec(text);
  return match ? { reason: match[1] ?? text, missing: (match[2] ?? '').split(' | ') } : { reason: text, missing: [] };
}

export function makeActor(desk: Desk, keeper: HallKeeper): Actor {
  let turn: Promise<unknown> = Promise.resolve();
  const one = async (by: Office, propose: Parameters<Actor['act']>[1]): Promise<Outcome> => {
    for (;;) {
      const hall = await keeper.look();
      const now = Math.floor(desk.now() / 1000) * 1000;
      const proposed = propose(hall, () => newId(desk.now()));
      if ('faults' in proposed) return { kind: 'invalid', faults: proposed.faults };
      const held = gateFaults(hall, by, proposed);
      if (held.length > 0) return { kind: 'invalid', faults: held };
      const events = proposed.map(p => toEvent(p, by, now));
      const faults = events.flatMap(e => checkEvent(e).map(f => f.message));
      if (faults.length > 0) return { kind: 'invalid', faults: [...new Set(faults)] };
      if (events.some(e => sameHand(hall, e)) && (await desk.access.rules()).fourEyes)
        return { kind: 'invalid', faults: [words('zh').fourEyesStop, words('en').fourEyesStop] };
      const judged = events.some(e => isAct(e.type) || e.type === 'finding.dismissed') ? refusalsOf(hall, events) : [];
      const first = judged[0];
      const refusedEvent = first && events.find(e => e.id === first.event);
      const refused = refusedEvent ? judged.filter(r => r.event === refusedEvent.id) : [];
      const stored = refusedEvent ? refused.map(line => refusal(line, refusedEvent, by, now)) : events;
      const appended = await desk.log.append(stored, hall.seq);
      if (!appended.ok) continue;
      return refusedEvent ? { kind: 'refused', refused, attempt: refusedEvent } : { kind: 'done', events };
    }
  };
  return {
    act: (by, propose) => {
      const mine = turn.then(() => one(by, propose));
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

function toEvent(proposal: Proposal, by: Office, now: number): HuiyinEvent {
  const recordedAt = formatInstant(now);
  return {
    id: proposal.id ?? newId(now),
    ...(proposal.case === undefined ? {} : { case: proposal.case }),
    type: proposal.type,
    at: proposal.at ?? recordedAt,
    recordedAt,
    ...(proposal.lateEntryReason ? { lateEntryReason: proposal.lateEntryReason } : {}),
    by,
    data: proposal.data,
  };
}

function refusal(line: RefusedLine, attempt: HuiyinEvent, by: Office, now: number): HuiyinEvent {
  return {
    id: newId(now),
    ...(attempt.case === undefined ? {} : { case: attempt.case }),
    type: 'act.refused',
    at: formatInstant(now),
    recordedAt: formatInstant(now),
    by,
    data: {
      type: attempt.type,
      clause: line.clause,
      reason: writeReason(line).slice(0, 1900),
      attempt: { ...attempt.data },
    },
  };
}
