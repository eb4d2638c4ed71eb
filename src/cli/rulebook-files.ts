/** Opens rulebook folders: `<folder>/rulebook.md`, read as data. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, type ReadResult, readRulebook, type Rulebook } from '#core/rulebook';
import { InputRefused, UsageError } from './command.ts';

export interface OpenedBook {
  /** As shown in messages: the folder as it was given, and the file's name. */
  readonly file: string;
  readonly text: string;
  readonly result: ReadResult;
}

/** Reads `<folder>/rulebook.md`; a folder without one is a wrong call. */
export function openRulebook(folder: string): OpenedBook {
  const file = join(folder, 'rulebook.md');
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new UsageError(`${folder} has no rulebook.md`);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = '';
  }
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return { file, text, result: readRulebook({ file, text, digest }) };
}

/** A rulebook that must be free of errors; otherwise the input is refused with every problem. */
export function requireRulebook(folder: string): Rulebook {
  const { result } = openRulebook(folder);
  if (result.ok) return result.rulebook;
  throw new InputRefused(result.problems.filter(p => p.severity === 'error').map(inputProblem));
}
const inputProblem = (p: Problem) => ({
  file: p.file,
  line: p.at.line,
  column: p.at.column,
  code: p.code,
  message: p.message,
  mend: p.mend,
});
