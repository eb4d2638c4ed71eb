/** `huiyin check`: is this rulebook whole, and what holds each clause. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asksForIdentity, ACTS, VOCABULARY } from '#core/log';
import {
  ABOUT_THE_TEXT,
  checkRulebook,
  coverageOf,
  type KnownEvents,
  printProblem,
  type Problem,
  type Rulebook,
  gapsOf,
  openQuestions,
} from '#core/rulebook';
import type { Setup } from '#core/obligations';
import { type Command, type Context, EXIT, InputRefused, UsageError } from '../command.ts';
import { openRulebook } from '../rulebook-files.ts';
import { checkWithSetup } from '../check-setup.ts';
import { isFaulty, setupProblems } from '../replay-input.ts';

const KNOWN: KnownEvents = {
  types: new Map([...VOCABULARY].map(([type, shape]) => [type, new Set(shape.fields.map(f => f.name))])),
  acts: ACTS,
  valuesOf: (type, field) => VOCABULARY.get(type)?.byName.get(field)?.values,
  asksForIdentity,
};

export const command: Command = {
  name: 'check',
  summary: 'check rulebooks and list how each clause is held',
  help: `
huiyin check <rulebook-dir>… [--json] [--strict] [--clauses FILE] [--setup FILE [--year 2026]]

Every problem at once: where, what, so what, how to mend it. With --json one object a line: problems, clauses, a summary,
with several folders a total. Exit 1 with any error (--strict: or warning). Clause ids come from rulebooks/clauses.json. With --setup holders, rosters and allowances are judged as well.`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean' },
        strict: { type: 'boolean' },
        clauses: { type: 'string' },
        setup: { type: 'string' },
        year: { type: 'string' },
      },
      strict: true,
      allowPositionals: true,
    });
    if (positionals.length === 0) throw new UsageError('name at least one rulebook folder');
    if (values.year !== undefined && values.setup === undefined) throw new UsageError('--year goes with --setup');
    const table = readClauses(values.clauses ?? join(context.root, 'rulebooks', 'clauses.json'));
    const total = { rulebooks: 0, errors: 0, warnings: 0, executed: 0, declined: 0, human: 0, missing: 0 };
    const lines: object[] = [];
    let text = '';
    // `rulebooks/*` also names the clause table beside the folders: among several, a plain file is passed over.
    const folders = positionals.length > 1 ? positionals.filter(path => !isFile(path)) : positionals;
    for (const folder of folders) {
      const book = openRulebook(folder);
      const { result } = book;
      const setup =
        values.setup !== undefined && result.ok ? await readSetupOf(values.setup, result.rulebook, context) : undefined;
      const institution = result.ok
        ? result.rulebook.institution
        : (/^institution:\s*(\S+)/m.exec(book.text)?.[1] ?? '');
      const listed = table.filter(row => row.institution === institution).map(row => row.id);
      const ids = listed.length > 0 || !result.ok ? listed : result.rulebook.clauses.map(c => c.id);
      const problems: readonly Problem[] = result.ok
        ? [
            ...result.problems,
            ...checkRulebook(result.rulebook, {
              events: KNOWN,
              clauseIds: ids,
              ...parentOf(folder, result.rulebook, context),
            }),
            ...(setup ? checkWithSetup(result.rulebook, setup, yearOf(values.year, setup), context) : []),
          ]
        : result.problems;
      const count = (severity: Problem['severity']) => problems.filter(p => p.severity === severity).length;
      const coverage = result.ok
        ? coverageOf(result.rulebook, ids)
        : { clauses: ids.length, executed: 0, declined: 0, human: 0, missing: ids.length };
      total.rulebooks++;
      total.errors += count('error');
      total.warnings += count('warning');
      for (const key of ['executed', 'declined', 'human', 'missing'] as const) total[key] += coverage[key];
      for (const p of problems) {
        lines.push({ line: 'problem', ...p });
        if (!values.json) context.err(printProblem(p, book.text));
      }
      for (const c of result.ok ? result.rulebook.clauses : [])
        lines.push({
          line: 'clause',
          clause: c.id,
          kind: c.kinds,
          executable: c.kinds.some(k => !ABOUT_THE_TEXT.has(k)),
        });
      const summary = {
        line: 'summary',
        institution,
        version: result.ok ? result.rulebook.version : null,
        digest: result.ok ? result.rulebook.digest : null,
        ...coverage,
        errors: count('error'),
        warnings: count('warning'),
        notes: count('note'),
        questionsOpen: result.ok ? openQuestions(result.rulebook).length : 0,
        gaps: result.ok ? gapsOf(result.rulebook) : [],
      };
      lines.push(summary);
      text += result.ok
        ? [
            `${institution}  ${result.rulebook.title.zh}  version ${result.rulebook.version}`,
            ...result.rulebook.clauses.map(
              c =>
                `  ${c.id.padEnd(12)} ${c.kinds.some(k => !ABOUT_THE_TEXT.has(k)) ? 'executed' : c.kinds.includes('declined') ? 'declined' : c.kinds.includes('human') ? 'human   ' : 'note    '}  ${c.kinds.join(', ')}`,
            ),
            '',
          ].join('\n')
        : '';
      text += `${institution}: ${coverage.clauses} clauses, ${coverage.executed} executed, ${coverage.declined} declined, ${coverage.human} human, ${coverage.missing} missing; ${summary.errors} errors, ${summary.warnings} warnings, ${summary.questionsOpen} open questions\n`;
    }
    if (folders.length > 1) {
      lines.push({ line: 'total', ...total });
      text += `total: ${total.rulebooks} rulebooks, ${total.executed} executed, ${total.declined} declined, ${total.human} human, ${total.missing} missing; ${total.errors} errors, ${total.warnings} warnings\n`;
    }
    await context.out(values.json ? lines.map(l => `${JSON.stringify(l)}\n`).join('') : text);
    return total.errors > 0 || (values.strict && total.warnings > 0) ? EXIT.no : EXIT.yes;
  },
};

/** The parent beside the folder, or the one that comes with the product. */
function parentOf(folder: string, book: Rulebook, context: Context): { readonly parent?: Rulebook } {
  if (book.parent === undefined) return {};
  for (const path of [join(folder, '..', book.parent), join(context.root, 'rulebooks', book.parent)]) {
    if (!isFile(join(path, 'rulebook.md'))) continue;
    const { result } = openRulebook(path);
    if (result.ok) return { parent: result.rulebook };
  }
  throw new UsageError(
    `${folder}: the parent "${book.parent}" is neither beside it nor among the product's rulebooks; leave parent out, or put its folder there`,
  );
}
const yearOf = (year: string | undefined, setup: Setup): number => {
  const wanted = year ?? setup.period.from.slice(0, 4);
  if (!/^\d{4}$/.test(wanted)) throw new UsageError(`--year takes a year such as 2026, not "${wanted}"`);
  return Number(wanted);
};

/** The setup of --setup, read against this book; its faults refuse the input. */
async function readSetupOf(file: string, book: Rulebook, context: Context): Promise<Setup> {
  const read = await setupProblems(file, book, context);
  if (isFaulty(read)) throw new InputRefused(read);
  return read.setup;
}
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
function readClauses(file: string): { readonly id: string; readonly institution: string; readonly kind: string }[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read`);
  }
  try {
    const value = JSON.parse(text) as unknown;
    if (Array.isArray(value) && value.every(row => typeof (row as { id?: unknown }).id === 'string')) return value;
  } catch {
    // told below
  }
  throw new InputRefused([
    { file, line: 1, code: 'HY-I1', message: 'a list of {"id","institution","kind"} is needed.' },
  ]);
}
