/** Files of an institution: content once by its hash and in parts, each use with its own name and place. */
import { createHash } from 'node:crypto';
import type { Query } from './port.ts';

type Run = <T>(work: (query: Query) => Promise<T>) => Promise<T>;
export interface AttachmentUse {
  readonly id: string;
  /** Hex of the SHA-256 of the content. */
  readonly digest: string;
  readonly subject: string;
  readonly name: string;
  readonly note: string;
  readonly kind: string;
  readonly size: number;
  readonly public: boolean;
  readonly addedBy: string;
  readonly addedAt: number;
  readonly removedAt?: number;
  readonly hasText: boolean;
}
export interface NewAttachment {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly note: string;
  readonly kind: string;
  readonly previewText?: string;
  readonly addedBy: string;
}
export interface Attachments {
  /** Those in place, oldest first; with `removed` those taken away and not forgotten yet as well. */
  readonly list: (subject: string, removed?: boolean) => Promise<readonly AttachmentUse[]>;
  readonly get: (id: string) => Promise<AttachmentUse | undefined>;
  /** Content and use in one transaction; the same bytes are kept once. */
  readonly add: (file: NewAttachment, bytes: Uint8Array, at: number) => Promise<void>;
  readonly read: (digest: string) => Promise<Uint8Array | undefined>;
  readonly text: (digest: string) => Promise<string | undefined>;
  readonly setPublic: (id: string, on: boolean) => Promise<void>;
  /** Taken away, or with no instant brought back. */
  readonly setRemoved: (id: string, at: number | undefined) => Promise<void>;
  /** Uses taken away before `at` go, and content that nothing uses any more; says how many files went. */
  readonly forget: (at: number) => Promise<number>;
}
const PART = 1024 * 1024;
const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');
const COLUMNS =
  "u.id, u.digest, u.subject, u.name, u.note, u.public, u.added_by, u.added_at, u.removed_at, a.kind, a.size, (a.preview_text is not null and a.preview_text <> '') as has_text";
const JOINED = `select ${COLUMNS} from attachment_use u join attachment a on a.institution_id = u.institution_id and a.digest = u.digest where u.institution_id = $1`;

export function openAttachments(id: string, run: Run): Attachments {
  const rows = (sql: string, values: readonly unknown[]): Promise<readonly Record<string, unknown>[]> =>
    run(query => query<Record<string, unknown>>(sql, [id, ...values]));
  return {
    list: async (subject, removed) =>
      (
        await rows(
          removed
            ? `${JOINED} and u.subject = $2 order by u.added_at, u.id`
            : `${JOINED} and u.subject = $2 and u.removed_at is null order by u.added_at, u.id`,
          [subject],
        )
      ).map(useOf),
    get: async use => (await rows(`${JOINED} and u.id = $2`, [use])).map(useOf)[0],
    add: (file, bytes, at) =>
      run(async query => {
        const digest = createHash('sha256').update(bytes).digest();
        const when = new Date(at).toISOString();
        const fresh = await query<{ digest: Uint8Array }>(
          'insert into attachment (institution_id, digest, size, kind, preview_text, added_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning digest',
          [id, digest, bytes.length, file.kind, file.previewText ?? null, when],
        );
        if (fresh.length > 0)
          for (let n = 0; n * PART < bytes.length; n++)
            await query('insert into attachment_part (institution_id, digest, n, bytes) values ($1, $2, $3, $4)', [
              id,
              digest,
              n,
              Buffer.from(bytes.subarray(n * PART, (n + 1) * PART)),
            ]);
        await query(
          'insert into attachment_use (institution_id, id, digest, subject, name, note, added_by, added_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
          [id, file.id, digest, file.subject, file.name, file.note, file.addedBy, when],
        );
      }),
    read: async digest => {
      const parts = await rows(
        'select bytes from attachment_part where institution_id = $1 and digest = $2 order by n',
        [bytesOf(digest)],
      );
      if (parts.length === 0) return undefined;
      const whole = Buffer.concat(parts.map(p => p['bytes'] as Uint8Array));
      // What was kept is what was added, or it is not handed out.
      return createHash('sha256').update(whole).digest('hex') === digest ? new Uint8Array(whole) : undefined;
    },
    text: async digest =>
      (
        await rows('select preview_text from attachment where institution_id = $1 and digest = $2', [bytesOf(digest)])
      )[0]?.['preview_text'] as string | undefined,
    setPublic: async (use, on) =>
      void (await rows('update attachment_use set public = $3 where institution_id = $1 and id = $2', [use, on])),
    setRemoved: async (use, at) =>
      void (await rows(
        'update attachment_use set removed_at = $3, public = false where institution_id = $1 and id = $2',
        [use, at === undefined ? null : new Date(at).toISOString()],
      )),
    forget: at =>
      run(async query => {
        await query('delete from attachment_use where institution_id = $1 and removed_at < $2 returning id', [
          id,
          new Date(at).toISOString(),
        ]);
        const unused = await query<{ digest: Uint8Array }>(
          'select a.digest from attachment a where a.institution_id = $1 and not exists (select 1 from attachment_use u where u.institution_id = $1 and u.digest = a.digest)',
          [id],
        );
        for (const { digest } of unused) {
          await query('delete from attachment_part where institution_id = $1 and digest = $2', [id, digest]);
          await query('delete from attachment where institution_id = $1 and digest = $2', [id, digest]);
        }
        return unused.length;
      }),
  };
}
const useOf = (row: Record<string, unknown>): AttachmentUse => ({
  id: String(row['id']),
  digest: Buffer.from(row['digest'] as Uint8Array).toString('hex'),
  subject: String(row['subject']),
  name: String(row['name']),
  note: String(row['note']),
  kind: String(row['kind']),
  size: Number(row['size']),
  public: row['public'] === true,
  addedBy: String(row['added_by']),
  addedAt: Number(row['added_at']),
  ...(typeof row['removed_at'] === 'number' ? { removedAt: row['removed_at'] } : {}),
  hasText: row['has_text'] === true,
});
