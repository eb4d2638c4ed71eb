/** Decisions and what might go wrong with them; the register of hidden risks and when it was last looked through. */
import type { StoredEvent } from '../ports.ts';
import type { Hall } from '../state.ts';
import { listOf } from './registers.ts';

export interface Decision {
  readonly key: string;
  readonly unit: string;
  readonly what: string;
  readonly proposedAt: string;
  readonly assessed?: {
    readonly at: string;
    readonly level: string;
    readonly risks: readonly string[];
    readonly plan: string;
  };
  readonly carriedOutAt?: string;
}
/** Newest first. The last assessment of a decision stands. */
export function decisions(hall: Hall): readonly Decision[] {
  const found = new Map<string, Decision>();
  for (const e of hall.events) {
    const key = String(e.data['decision']);
    const known = found.get(key);
    if (e.type === 'decision.proposed')
      found.set(key, { key, unit: String(e.data['unit']), what: String(e.data['what']), proposedAt: e.at });
    else if (e.type === 'risk.assessed' && known)
      found.set(key, {
        ...known,
        assessed: {
          at: e.at,
          level: String(e.data['level']),
          risks: listOf(e.data['risks']),
          plan: String(e.data['plan']),
        },
      });
    else if (e.type === 'decision.carried-out' && known) found.set(key, { ...known, carriedOutAt: e.at });
  }
  return [...found.values()].reverse();
}

export interface HiddenRisk {
  readonly key: string;
  readonly unit: string;
  readonly matter: string;
  readonly step: string;
  readonly at: string;
  /** When the units of this risk were last looked through after it was registered. */
  readonly reviewedAt?: string;
}
export function hiddenRisks(hall: Hall): readonly HiddenRisk[] {
  const reviews = hall.events.filter(e => e.type === 'risk.reviewed');
  const newest = new Map<string, StoredEvent>();
  for (const e of hall.events) if (e.type === 'risk.registered') newest.set(String(e.data['risk']), e);
  return [...newest.values()].reverse().map(e => {
    const unit = String(e.data['unit']);
    const reviewed = reviews.findLast(r => r.at > e.at && listOf(r.data['units']).includes(unit));
    return {
      key: String(e.data['risk']),
      unit,
      matter: String(e.data['matter']),
      step: String(e.data['step']),
      at: e.at,
      ...(reviewed ? { reviewedAt: reviewed.at } : {}),
    };
  });
}
