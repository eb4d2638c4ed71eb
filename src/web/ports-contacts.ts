/** What the pages need of the one place where something about a private person is kept: how to reach who wrote. */
import type { Instant } from '#core/calendar';

export const CONTACT_PURPOSES = ['call-back', 'visit', 'send-answer'] as const;
export type ContactPurpose = (typeof CONTACT_PURPOSES)[number];
export interface HeldContact {
  readonly id: string;
  /** The row of the hotline or the petition office. */
  readonly finding: string;
  readonly purpose: ContactPurpose;
  /** The unit that holds it; no other may open it. */
  readonly unit: string;
  readonly enteredAt: Instant;
  readonly keepUntil: Instant;
  readonly deletedAt?: Instant;
  readonly deletedWhy?: 'used' | 'due' | 'asked';
}
export interface ContactPort {
  /** False where one is held for this row already, or the row is none of the hotline or the petition office. */
  readonly enter: (contact: Omit<HeldContact, 'deletedAt' | 'deletedWhy'>, text: string) => Promise<boolean>;
  readonly list: () => Promise<readonly HeldContact[]>;
  readonly open: (id: string, unit: string) => Promise<string | undefined>;
  readonly remove: (id: string, unit: string, why: 'used' | 'asked') => Promise<boolean>;
}
