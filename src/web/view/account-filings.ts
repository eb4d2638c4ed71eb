/**
 * Filing of channels on which staff speak as officers: applied for by themselves, signed in the order of the regulation,
 * filed above. Units and offices stand in it, never a person, and nothing is ever matched with it.
 */
import { capacitiesOf } from '../permissions.ts';
import type { Office } from '#core/log';
import type { Hall } from '../state.ts';
import { ACCOUNT_FORM, entriesOf, listOf } from './registers.ts';

export interface AccountFiling {
  readonly document: string;
  readonly hash: string;
  readonly text: string;
  readonly unit: string;
  readonly steps: readonly { readonly capacities: readonly string[]; readonly at?: string }[];
  /** Capacities in which the office that asks could sign now. */
  readonly maySign: readonly string[];
  readonly ready: boolean;
  readonly filedAt?: string;
}
export function accountFilings(hall: Hall, office: Office | undefined): readonly AccountFiling[] {
  const approval = hall.rulebook.rules.find(r => r.kind === 'approval' && r.covers['form']?.includes(ACCOUNT_FORM));
  const steps = approval?.kind === 'approval' ? approval.steps : [];
  const able = office ? capacitiesOf(hall, office) : [];
  const filings = entriesOf(hall, 'accounts').filter(e => e.type === 'filing.made');
  return entriesOf(hall, 'accounts')
    .filter(e => e.type === 'draft.written')
    .reverse()
    .map(draft => {
      const document = String(draft.data['document']);
      const hash = String(draft.data['textHash']);
      const unit = String(draft.data['forUnit'] ?? draft.by.unit);
      const signed = hall.events.filter(
        e => e.type === 'signature.given' && e.data['document'] === document && e.data['textHash'] === hash,
      );
      const marks = steps.map(capacities => {
        const by = signed.find(e => capacities.includes(String(e.data['as'])));
        return { capacities, ...(by ? { at: by.at } : {}) };
      });
      const turn = marks.find(m => m.at === undefined);
      const filed = filings.find(f => f.at >= draft.at && listOf(f.data['unit']).includes(unit));
      return {
        document,
        hash,
        text: String(draft.data['text'] ?? ''),
        unit,
        steps: marks,
        maySign: (turn?.capacities ?? []).filter(c => able.includes(c) && (c !== 'head' || office?.unit === unit)),
        ready: turn === undefined,
        ...(filed ? { filedAt: filed.at } : {}),
      };
    });
}
