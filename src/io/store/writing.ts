/** Drafts kept for one person, and the questions an answer has to meet: what an answer is before it is a wording in the log. */
import type { Query } from './port.ts';

export interface KeptDraft {
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly baseHash: string;
  readonly keptAt: number;
}
export interface AnswerQuestion {
  readonly question: string;
  readonly paragraph?: number;
}
export interface Writing {
  readonly kept: (staffCode: string, caseId: string, document: string) => Promise<KeptDraft | undefined>;
  readonly keep: (staffCode: string, caseId: string, document: string, draft: KeptDraft) => Promise<void>;
  readonly drop: (staffCode: string, caseId: string, document: string) => Promise<void>;
  /** All that one person has begun and not saved, newest first. */
  readonly begun: (
    staffCode: string,
  ) => Promise<readonly { readonly caseId: string; readonly document: string; readonly keptAt: number }[]>;
  readonly questions: (caseId: string, document: string) => Promise<readonly AnswerQuestion[]>;
  readonly setQuestions: (caseId: string, document: string, questions: readonly AnswerQuestion[]) => Promise<void>;
}
type Row = Record<string, unknown>;
const at = (value: unknown): number => (typeof value === 'number' ? value : Date.parse(String(value)));

export function openWriting(institution: string, run: <T>(work: (query: Query) => Promise<T>) => Promise<T>): Writing {
  const rows = <R extends Row = Row>(sql: string, values: readonly unknown[] = []): Promise<readonly R[]> =>
    run(query => query<R>(sql, [institution, ...values]));
  return {
    kept: async (staffCode, caseId, document) => {
      const [row] = await rows(
        'select fields, base_hash, kept_at from kept_draft where institution_id = $1 and staff_code = $2 and case_id = $3 and document = $4',
        [staffCode, caseId, document],
      );
      if (!row) return undefined;
      return {
        // Only `keep` writes this column, and it writes this shape.
        fields: row['fields'] as KeptDraft['fields'],
        baseHash: String(row['base_hash']),
        keptAt: at(row['kept_at']),
      };
    },
    keep: async (staffCode, caseId, document, draft) =>
      void (await rows(
        `insert into kept_draft (institution_id, staff_code, case_id, document, fields, base_hash, kept_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (institution_id, staff_code, case_id, document) do update set fields = excluded.fields, base_hash = excluded.base_hash, kept_at = excluded.kept_at`,
        [
          staffCode,
          caseId,
          document,
          JSON.stringify(draft.fields),
          draft.baseHash,
          new Date(draft.keptAt).toISOString(),
        ],
      )),
    drop: async (staffCode, caseId, document) =>
      void (await rows(
        'delete from kept_draft where institution_id = $1 and staff_code = $2 and case_id = $3 and document = $4',
        [staffCode, caseId, document],
      )),
    begun: async staffCode =>
      (
        await rows(
          'select case_id, document, kept_at from kept_draft where institution_id = $1 and staff_code = $2 order by kept_at desc limit 50',
          [staffCode],
        )
      ).map(r => ({ caseId: String(r['case_id']), document: String(r['document']), keptAt: at(r['kept_at']) })),
    questions: async (caseId, document) =>
      (
        await rows(
          'select question, paragraph from answer_question where institution_id = $1 and case_id = $2 and document = $3 order by n',
          [caseId, document],
        )
      ).map(r => ({
        question: String(r['question']),
        ...(typeof r['paragraph'] === 'number' ? { paragraph: r['paragraph'] } : {}),
      })),
    setQuestions: (caseId, document, questions) =>
      run(async query => {
        await query('delete from answer_question where institution_id = $1 and case_id = $2 and document = $3', [
          institution,
          caseId,
          document,
        ]);
        for (const [i, q] of questions.entries())
          await query(
            'insert into answer_question (institution_id, case_id, document, n, question, paragraph) values ($1, $2, $3, $4, $5, $6)',
            [institution, caseId, document, i + 1, q.question, q.paragraph ?? null],
          );
      }),
  };
}
