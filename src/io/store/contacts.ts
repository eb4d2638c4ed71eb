/**
 * How people who wrote to the hotline want to be reached. Sealed one by one, held for one purpose until one date, opened
 * only by the office that holds it; after that only the record of the deletion is left.
 */
import type { Seal } from '../seal/index.ts';
import type { Query } from './port.ts';

type Row = Record<string, unknown>;
type Run = <T>(work: (query: Query) => Promise<T>) => Promise<T>;
export type ContactPurpose = 'call-back' | 'visit' | 'send-answer';
export type ContactEnd = 'used' | 'due' | 'asked';
/** What is known of a contact without opening it. */
export interface HeldContact {
  readonly id: string;
  readonly finding: string;
  readonly purpose: ContactPurpose;
  readonly unit: string;
  readonly enteredAt: number;
  readonly keepUntil: number;
  readonly deletedAt?: number;
  readonly deletedWhy?: ContactEnd;
}
export interface Contacts {
  /** False where one is held for this row already, or the row is none of the hotline or the petition office. */
  readonly enter: (contact: Omit<HeldContact, 'deletedAt' | 'deletedWhy'>, text: string) => Promise<boolean>;
  /** Newest first: what is held, and what was deleted since. */
  readonly list: (deletedSince: number) => Promise<readonly HeldContact[]>;
  /** The words themselves; nothing where it is held by another office, or no longer. */
  readonly open: (id: string, unit: string, at: number) => Promise<string | undefined>;
  readonly remove: (id: string, unit: string, why: 'used' | 'asked', at: number) => Promise<boolean>;
  /** Deletes what is kept no longer; says how many. */
  readonly expire: (at: number) => Promise<number>;
}
const ORIGINS = ['hotline', 'petition'];
const iso = (at: number): string => new Date(at).toISOString();
export const contactPurpose = (institution: string, contact: string): string => `contact ${institution} ${contact}`;

export function openContacts(id: string, run: Run, seal: Seal): Contacts {
  const rows = (sql: string, values: readonly unknown[]): Promise<readonly Row[]> =>
    run(query => query<Row>(sql, [id, ...values]));
  return {
    enter: async (c, text) => {
      const entered = await rows(
        `insert into hotline_contact (institution_id, id, finding_id, sealed, purpose, unit, entered_at, keep_until)
         select f.institution_id, $2, f.id, $4, $5, $6, $7, $8 from finding f
         where f.institution_id = $1 and f.id = $3 and f.origin = any($9)
         on conflict do nothing returning id`,
        [
          c.id,
          c.finding,
          seal.seal(Buffer.from(text, 'utf8'), contactPurpose(id, c.id)),
          c.purpose,
          c.unit,
          iso(c.enteredAt),
          iso(c.keepUntil),
          ORIGINS,
        ],
      );
      return entered.length > 0;
    },
    list: async since =>
      (
        await rows(
          `select id, finding_id, purpose, unit, entered_at, keep_until, deleted_at, deleted_why from hotline_contact
           where institution_id = $1 and (deleted_at is null or deleted_at >= $2) order by entered_at desc, id`,
          [iso(since)],
        )
      ).map(contactOf),
    open: async (contact, unit, at) => {
      const [row] = await rows(
        'select sealed from hotline_contact where institution_id = $1 and id = $2 and unit = $3 and keep_until > $4 and deleted_at is null',
        [contact, unit, iso(at)],
      );
      const sealed = row?.['sealed'];
      return typeof sealed === 'string'
        ? Buffer.from(seal.open(sealed, contactPurpose(id, contact))).toString('utf8')
        : undefined;
    },
    remove: async (contact, unit, why, at) =>
      (
        await rows(
          `update hotline_contact set sealed = null, deleted_at = $4, deleted_why = $5
           where institution_id = $1 and id = $2 and unit = $3 and deleted_at is null returning id`,
          [contact, unit, iso(at), why],
        )
      ).length > 0,
    expire: async at =>
      (
        await rows(
          `update hotline_contact set sealed = null, deleted_at = $2, deleted_why = 'due'
           where institution_id = $1 and keep_until <= $2 and deleted_at is null returning id`,
          [iso(at)],
        )
      ).length,
  };
}

const contactOf = (r: Row): HeldContact => ({
  id: String(r['id']),
  finding: String(r['finding_id']),
  purpose: r['purpose'] as ContactPurpose,
  unit: String(r['unit']),
  enteredAt: Number(r['entered_at']),
  keepUntil: Number(r['keep_until']),
  ...(typeof r['deleted_at'] === 'number'
    ? { deletedAt: r['deleted_at'], deletedWhy: r['deleted_why'] as ContactEnd }
    : {}),
});
