/**
 * Whether the hand that drafted a text also signs it. The log knows offices; who held them on that day is looked up, so an
 * office with several holders counts only where all its holders drafted.
 */
import type { HuiyinEvent, Office } from '#core/log';
import { officesHeld } from '../permissions.ts';
import type { Hall } from '../state.ts';

const holders = (hall: Hall, office: Office, at: string): readonly string[] =>
  officesHeld(hall, at.slice(0, 10))
    .filter(o => o.unit === office.unit && o.role === office.role)
    .map(o => o.holder);

/** The draft that this signature is for, where its drafter and its signer are one person. */
export function sameHand(hall: Hall, signature: HuiyinEvent): HuiyinEvent | undefined {
  if (signature.type !== 'signature.given') return undefined;
  const signers = holders(hall, signature.by, signature.at);
  return hall.events.find(
    e =>
      e.type === 'draft.written' &&
      e.data['document'] === signature.data['document'] &&
      e.data['textHash'] === signature.data['textHash'] &&
      e.case === signature.case &&
      signers.length > 0 &&
      signers.every(s => holders(hall, e.by, e.at).includes(s)),
  );
}

/** Signatures since `from` (an instant as written) that stand under their signer's own draft. */
export const sameHands = (hall: Hall, from: string): readonly HuiyinEvent[] =>
  hall.events.filter(e => e.type === 'signature.given' && e.at >= from && sameHand(hall, e) !== undefined);
