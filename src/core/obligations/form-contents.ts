/** The forms of a replay with what stands in them, for papers; also those that are wanted and were never begun. */
import type { FormField } from '#core/rulebook';
import { formStates } from './forms.ts';
import type { FormLine } from './lines.ts';
import { linesOf } from './obligations.ts';
import type { Replay } from './replay.ts';

export interface FormContent {
  readonly form: string;
  readonly clause: string;
  readonly case?: string;
  readonly number?: string;
  readonly fields: readonly FormField[];
  readonly parts: readonly string[];
  /** The heading the text prescribes for the printed form. */
  readonly print?: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly missing: readonly string[];
  /** Ids of the entries it was filled by, oldest first. */
  readonly basis: readonly string[];
}

export function formContents(result: Replay): readonly FormContent[] {
  const filled = result.cases.flatMap(c =>
    [...c.view.book.of('form'), ...c.view.book.of('ledger')].flatMap(rule =>
      formStates(c.view, rule).map((state): FormContent => ({
        form: rule.name,
        clause: rule.clauses[0] ?? '',
        ...(c.key === undefined ? {} : { case: c.key }),
        ...(state.number === undefined ? {} : { number: state.number }),
        fields: rule.fields,
        parts: rule.kind === 'form' ? (rule.parts ?? []) : [],
        ...(rule.kind === 'form' && rule.print !== undefined ? { print: rule.print } : {}),
        content: state.content,
        missing: state.missing,
        basis: state.facts.map(f => f.id),
      })),
    ),
  );
  const has = (line: FormLine): boolean =>
    filled.some(f => f.form === line.form && f.clause === line.clause && f.case === line.case);
  const wanted = linesOf(result)
    .filter((l): l is FormLine => l.line === 'form' && !has(l))
    .flatMap((line): FormContent[] => {
      const rule = [...result.book.of('form'), ...result.book.of('ledger')].find(
        r => r.name === line.form && r.clauses[0] === line.clause,
      );
      if (!rule) return [];
      return [
        {
          form: line.form,
          clause: line.clause,
          ...(line.case === undefined ? {} : { case: line.case }),
          fields: rule.fields,
          parts: rule.kind === 'form' ? (rule.parts ?? []) : [],
          content: {},
          missing: line.missing,
          basis: [],
        },
      ];
    });
  return [...filled, ...wanted];
}
