/** What one command is: its name, its words, and a run that reads and writes only through what it is handed. */
import type { World } from './world.ts';

export interface Streams {
  /** All of standard input, as bytes. */
  readonly stdin: () => Promise<Uint8Array>;
  /** Results only. Resolves when the pipe has taken it; a closed pipe ends the program quietly. */
  readonly out: (text: string) => Promise<void>;
  readonly err: (text: string) => void;
}
export interface Context extends Streams {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the checkout is: rulebooks/, calendars/. */
  readonly root: string;
  /** The rooms that touch the world, opened on first use. */
  readonly world: World;
}
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The whole help text. */
  readonly help: string;
  /** Returns the exit code of cli.md section 1. */
  readonly run: (args: readonly string[], context: Context) => Promise<number>;
}

/** Exit codes (docs/specs/command-line.md, section 1). */
export const EXIT = { yes: 0, no: 1, usage: 2, refused: 3, fault: 4 } as const;

/** The command was called wrongly; printed as one line, exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** One thing wrong with an input. */
export interface InputProblem {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  readonly code: string;
  readonly message: string;
  readonly mend?: string;
}
/** The input is refused whole; all its problems are listed (at most 50, then a count), exit 3. */
export class InputRefused extends Error {
  override readonly name = 'InputRefused';
  readonly problems: readonly InputProblem[];
  constructor(problems: readonly InputProblem[]) {
    super(problems[0]?.message ?? 'input refused');
    this.problems = problems;
  }
}
