/** What `replay`, `why`, `whatif`, `score` and `plan` are given: flags, a rulebook, a setup, a log, an instant; judged whole before anything runs. */
import { readFileSync } from 'node:fs';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { type Calendar, CalendarTooShort, type Instant, parseInstant } from '#core/calendar';
import { type HuiyinEvent, type KnownNames, validateEvents } from '#core/log';
import { readSetup, type Setup } from '#core/obligations';
import type { Rulebook } from '#core/rulebook';
import { readCalendar } from './calendar-files.ts';
import { type Context, InputRefused, type InputProblem, UsageError } from './command.ts';
import { placeOf } from './json-place.ts';

export interface Flags {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** Flags parsed strictly: an unknown one, or one without its value, is a wrong call. */
export function flagsOf(args: readonly string[], options: ParseArgsOptionsConfig, usage: string): Flags {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return { values: values as Flags['values'], positionals };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}. Usage: ${usage}`);
  }
}

export function textFlag(flags: Flags, name: string, usage: string): string {
  const value = flags.values[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new UsageError(`--${name} is missing. Usage: ${usage}`);
}

/** An instant given as a flag; seconds and offset are required as everywhere. */
export function instantFlag(flags: Flags, name: string, usage: string): Instant {
  const text = textFlag(flags, name, usage);
  const at = parseInstant(text);
  if (typeof at === 'number') return at;
  throw new InputRefused([{ file: `--${name}`, line: 1, code: 'HY-I5', message: `"${text}": ${at.reason}` }]);
}

async function bytesOf(file: string, context: Context): Promise<Uint8Array> {
  if (file === '-') return context.stdin();
  try {
    return readFileSync(file);
  } catch {
    throw new UsageError(`${file} cannot be read`);
  }
}

/** The text of an input; one that is not UTF-8 is refused. */
export async function textOfInput(file: string, context: Context): Promise<string> {
  const bytes = await bytesOf(file, context);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputRefused([{ file, line: 1, code: 'HY-I1', message: 'this is not UTF-8', mend: 'Save it as UTF-8.' }]);
  }
}

export function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(said)?.[1];
    const before = position === undefined ? [''] : text.slice(0, Number(position)).split('\n');
    throw new InputRefused([
      {
        file,
        line: before.length,
        column: (before.at(-1)?.length ?? 0) + 1,
        code: 'HY-I1',
        message: `this is not JSON: ${said}`,
      },
    ]);
  }
}

export interface ReadSetup {
  readonly setup: Setup;
  readonly calendar: Calendar;
}
/** The setup and its calendar, or its faults. */
export async function setupProblems(
  file: string,
  rulebook: Rulebook,
  context: Context,
): Promise<ReadSetup | readonly InputProblem[]> {
  const text = await textOfInput(file, context);
  let value: unknown;
  try {
    value = jsonOf(text, file);
  } catch (error) {
    if (error instanceof InputRefused) return error.problems;
    throw error;
  }
  const years = new Set(readCalendar(context.root).tables.keys());
  const read = readSetup(value, rulebook, years);
  if (!read.ok)
    return read.faults
      .map(({ path, code, message, mend }) => ({
        file,
        ...placeOf(text, path),
        code,
        message,
        ...(mend === undefined ? {} : { mend }),
      }))
      .toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { setup: read.setup, calendar: readCalendar(context.root, { officeHours: read.setup.officeHours }) };
}

export const isFaulty = (read: ReadSetup | readonly InputProblem[]): read is readonly InputProblem[] =>
  Array.isArray(read);

export function knownNames(setup: Setup, rulebook: Rulebook): KnownNames {
  return {
    units: new Set(setup.units.flatMap(u => [u.key, ...(u.aliases ?? [])])),
    offices: new Set(setup.roles.map(r => `${r.unit}/${r.role}`)),
    clauses: new Set(rulebook.clauses.map(c => c.id)),
  };
}

export interface ReplayInput extends ReadSetup {
  readonly events: readonly HuiyinEvent[];
}

/** Setup and log together: every fault of both is listed before anything is refused. */
export async function readReplayInput(
  rulebook: Rulebook,
  setupFile: string,
  eventsFile: string,
  context: Context,
): Promise<ReplayInput> {
  const read = await setupProblems(setupFile, rulebook, context);
  const text = await textOfInput(eventsFile, context);
  const log = validateEvents(
    text,
    eventsFile,
    isFaulty(read) ? { clauses: new Set(rulebook.clauses.map(c => c.id)) } : knownNames(read.setup, rulebook),
  );
  const problems = [...(isFaulty(read) ? read : []), ...(log.ok ? [] : log.problems)];
  if (isFaulty(read) || !log.ok) throw new InputRefused(problems);
  return { ...read, events: log.events };
}

/** Runs a computation; a working day beyond the announced calendar refuses the input and names the year. */
export function withinCalendar<T>(setupFile: string, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof CalendarTooShort)
      throw new InputRefused([{ file: setupFile, line: 1, code: 'HY-I10', message: error.message }]);
    throw error;
  }
}

/** One JSON object a line. */
export const ndjson = (lines: readonly unknown[]): string => lines.map(line => `${JSON.stringify(line)}\n`).join('');
