/** Finds the command, parses nothing itself, and turns what a command throws into one clear line and an exit code. */
import { type Command, type Context, EXIT, InputRefused, UsageError } from './command.ts';

/** Every command of docs/specs/command-line.md. A command without a file yet says so and never pretends. */
const COMMANDS: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  replay: () => import('./commands/replay.ts'),
  check: () => import('./commands/check.ts'),
  calendar: () => import('./commands/calendar.ts'),
  feed: () => import('./commands/feed.ts'),
  extract: () => import('./commands/extract.ts'),
  match: () => import('./commands/match.ts'),
  dedupe: () => import('./commands/dedupe.ts'),
  cluster: () => import('./commands/cluster.ts'),
  similar: () => import('./commands/similar.ts'),
  route: () => import('./commands/route.ts'),
  'may-fetch': () => import('./commands/may-fetch.ts'),
  robots: () => import('./commands/robots.ts'),
  why: () => import('./commands/why.ts'),
  plan: () => import('./commands/plan.ts'),
  verify: () => import('./commands/verify.ts'),
  whatif: () => import('./commands/whatif.ts'),
  start: () => import('./commands/start.ts'),
  import: () => import('./commands/import.ts'),
  export: () => import('./commands/export.ts'),
  questions: () => import('./commands/questions.ts'),
  score: () => import('./commands/score.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
  keys: () => import('./commands/keys.ts'),
  release: () => import('./commands/release.ts'),
  witness: () => import('./commands/witness.ts'),
};
const MAX_PROBLEMS = 50;

export async function runCli(argv: readonly string[], context: Context): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    await context.out(overview());
    return name === undefined ? EXIT.usage : EXIT.yes;
  }
  const load = COMMANDS[name];
  if (!load) {
    context.err(`-:0  HY-U1  there is no command "${name}". Commands: ${Object.keys(COMMANDS).join(', ')}\n`);
    return EXIT.usage;
  }
  const json = args.includes('--json');
  try {
    const { command } = await loadOrSay(load, name);
    if (args.includes('--help')) {
      await context.out(`${command.help.trim()}\n`);
      return EXIT.yes;
    }
    return await command.run(args, context);
  } catch (error) {
    return report(error, context, json);
  }
}

/** Flags that parseArgs does not know are a wrong call, not a fault of ours. */
const isArgumentError = (error: unknown): error is Error =>
  error instanceof Error && String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS');

async function loadOrSay(load: () => Promise<{ command: Command }>, name: string): Promise<{ command: Command }> {
  try {
    return await load();
  } catch (error) {
    const missing = error as { code?: string; url?: string; message?: string };
    if (
      missing.code === 'ERR_MODULE_NOT_FOUND' &&
      String(missing.url ?? missing.message).includes(`commands/${name}.ts`)
    )
      throw new UsageError(`"${name}" is not built yet`);
    throw error;
  }
}

function report(error: unknown, context: Context, json: boolean): number {
  if (error instanceof UsageError || isArgumentError(error)) {
    context.err(
      json ? `${JSON.stringify({ code: 'HY-U2', message: error.message })}\n` : `-:0  HY-U2  ${error.message}\n`,
    );
    return EXIT.usage;
  }
  if (error instanceof InputRefused) {
    for (const p of error.problems.slice(0, MAX_PROBLEMS)) {
      const place = `${p.file}:${p.line}${p.column === undefined ? '' : `:${p.column}`}`;
      context.err(json ? `${JSON.stringify(p)}\n` : `${place}  ${p.code}  ${p.message}${p.mend ? ` ${p.mend}` : ''}\n`);
    }
    const more = error.problems.length - MAX_PROBLEMS;
    if (more > 0) context.err(`-:0  HY-I0  and ${more} more problems of the same input\n`);
    return EXIT.refused;
  }
  context.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.fault;
}

function overview(): string {
  return `huiyin: every matter gets a reply\n\nusage: huiyin <command> [--help]\n\ncommands: ${Object.keys(COMMANDS).join(', ')}\n`;
}
