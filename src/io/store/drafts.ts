/** What somebody has typed into a form and not sent: kept per person and form, so that a closed window loses nothing. */
import type { Query } from './port.ts';

type Run = <T>(work: (query: Query) => Promise<T>) => Promise<T>;
export interface FormDraft {
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly savedAt: number;
}
export interface Drafts {
  readonly read: (code: string, form: string) => Promise<FormDraft | undefined>;
  /** Without fields the draft is gone. */
  readonly put: (code: string, form: string, fields: FormDraft['fields'] | undefined, at: number) => Promise<void>;
  readonly forget: (before: number) => Promise<number>;
}
/** Drafts of one person: the oldest give way. */
const MOST = 100;

export function openDrafts(id: string, run: Run): Drafts {
  return {
    read: (code, form) =>
      run(async query => {
        const [row] = await query<{ fields: FormDraft['fields']; saved_at: number }>(
          'select fields, saved_at from form_draft where institution_id = $1 and staff_code = $2 and form = $3',
          [id, code, form],
        );
        return row && { fields: row.fields, savedAt: Number(row.saved_at) };
      }),
    put: (code, form, fields, at) =>
      run(async query => {
        if (!fields) {
          await query('delete from form_draft where institution_id = $1 and staff_code = $2 and form = $3', [
            id,
            code,
            form,
          ]);
          return;
        }
        await query(
          'insert into form_draft (institution_id, staff_code, form, fields, saved_at) values ($1, $2, $3, $4, $5) on conflict (institution_id, staff_code, form) do update set fields = excluded.fields, saved_at = excluded.saved_at',
          [id, code, form, JSON.stringify(fields), new Date(at).toISOString()],
        );
        await query(
          'delete from form_draft where institution_id = $1 and staff_code = $2 and form in (select d.form from form_draft d where d.institution_id = $1 and d.staff_code = $2 order by d.saved_at desc offset $3)',
          [id, code, MOST],
        );
      }),
    forget: before =>
      run(
        async query =>
          (
            await query('delete from form_draft where institution_id = $1 and saved_at < $2 returning form', [
              id,
              new Date(before).toISOString(),
            ])
          ).length,
      ),
  };
}
