/** `huiyin plan`: backward planning. From the due time of a clause to the latest start of every step before it. */
import { addLimit, formatInstant, HOUR, startOfDay, dayNumber, type Calendar, type Instant } from '#core/calendar';
import { didYouMean } from '#core/log';
import {
  chainOfClause,
  limitText,
  planBackwards,
  prepareBook,
  readAllowance,
  replay,
  sameKind,
  workingOrder,
  type PlanStep,
} from '#core/obligations';
import type { Limit, Rulebook } from '#core/rulebook';
import { requireClause } from '../clause-known.ts';
import { type Command, type Context, EXIT, InputRefused, type InputProblem, UsageError } from '../command.ts';
import { placeOf } from '../json-place.ts';
import {
  flagsOf,
  instantFlag,
  isFaulty,
  jsonOf,
  ndjson,
  setupProblems,
  textFlag,
  textOfInput,
  withinCalendar,
} from '../replay-input.ts';
import { requireRulebook } from '../rulebook-files.ts';

const USAGE =
  'huiyin plan <rulebook-dir> --setup S --clause C --started I [--allow allow.json] [--all-starts 2026] [--json]';
type Span = Extract<Limit, { kind: 'span' }>;

/** allow.json: every step with its allowance in the duty's kind of unit, waiting for known steps only. */
async function readAllow(file: string, limit: Span, context: Context): Promise<PlanStep[]> {
  const text = await textOfInput(file, context);
  const value = jsonOf(text, file);
  const problems: InputProblem[] = [];
  const add = (path: readonly (string | number)[], code: string, message: string, mend?: string): void => {
    problems.push({ file, ...placeOf(text, path), code, message, ...(mend === undefined ? {} : { mend }) });
  };
  const list = typeof value === 'object' && value !== null ? (value as { steps?: unknown }).steps : undefined;
  if (!Array.isArray(list))
    throw new InputRefused([
      { file, line: 1, code: 'HY-I2', message: '"steps" is missing: a list of steps is needed' },
    ]);
  const raw = (list as readonly unknown[]).map(item =>
    typeof item === 'object' && item !== null ? (item as Readonly<Record<string, unknown>>) : {},
  );
  const names = raw.map(r => String(r['step']));
  const steps = raw.map((item, i): PlanStep => {
    for (const key of Object.keys(item))
      if (!['step', 'role', 'allowance', 'after'].includes(key))
        add(['steps', i, key], 'HY-I3', `there is no key "${key}" in a step`);
    if (typeof item['step'] !== 'string') add(['steps', i], 'HY-I2', `"step" is missing in step ${i + 1}`);
    else if (names.indexOf(item['step']) < i)
      add(['steps', i, 'step'], 'HY-I6', `the step "${item['step']}" is listed twice`);
    const written = item['allowance'];
    const allowance = typeof written === 'string' ? readAllowance(written) : undefined;
    if (written === undefined) add(['steps', i], 'HY-I2', `"allowance" is missing for "${names[i] ?? ''}"`);
    else if (!allowance)
      add(
        ['steps', i, 'allowance'],
        'HY-I3',
        `"allowance" is ${JSON.stringify(written)}: a figure and a unit are needed, as in 30 minutes`,
      );
    else if (!sameKind(allowance.unit, limit.unit))
      add(
        ['steps', i, 'allowance'],
        'HY-I3',
        `"${String(written)}" is ${allowance.unit}, the limit is ${limitText(limit)}: clock and working time do not mix`,
      );
    const after =
      item['after'] === undefined
        ? i === 0
          ? []
          : [names[i - 1] ?? '']
        : Array.isArray(item['after'])
          ? (item['after'] as readonly unknown[]).map(String)
          : [];
    for (const [j, name] of after.entries())
      if (!names.includes(name))
        add(
          ['steps', i, 'after', j],
          'HY-I7',
          `"${names[i] ?? ''}" waits for "${name}", and there is no such step`,
          didYouMean(name, names),
        );
    return {
      step: names[i] ?? '',
      role: typeof item['role'] === 'string' ? item['role'] : (names[i] ?? ''),
      allowance: allowance ?? { n: 0, unit: limit.unit },
      after,
    };
  });
  if (problems.length > 0) throw new InputRefused(problems);
  return steps;
}

/** The slack of a chain for one start. */
function slackOf(calendar: Calendar, order: readonly PlanStep[], limit: Span, start: Instant): number {
  return planBackwards(calendar, order, start, addLimit(calendar, start, limit.n, limit.unit).dueAt).slackMs;
}

/** The tightest of all hours of a year. On the clock every start is alike. */
function worstStart(
  calendar: Calendar,
  order: readonly PlanStep[],
  limit: Span,
  year: number,
): { startedAt: Instant; slackMs: number } {
  const from = startOfDay(dayNumber(`${year}-01-01`) ?? 0, calendar.offsetMinutes);
  const to = startOfDay((dayNumber(`${year}-12-31`) ?? 0) + 1, calendar.offsetMinutes);
  let worst = { startedAt: from, slackMs: slackOf(calendar, order, limit, from) };
  if (limit.unit === 'minutes' || limit.unit === 'hours') return worst;
  for (let at = from + HOUR; at < to; at += HOUR) {
    const slackMs = slackOf(calendar, order, limit, at);
    if (slackMs < worst.slackMs) worst = { startedAt: at, slackMs };
  }
  return worst;
}

function ownSteps(rulebook: Rulebook, chain: NonNullable<ReturnType<typeof chainOfClause>>, limit: Span): PlanStep[] {
  const lacking = chain.steps.filter(s => s.allowance === undefined);
  const problem = (message: string, code = 'HY-I2'): InputProblem => ({
    file: rulebook.file,
    line: chain.rule.at.line,
    code,
    message,
    mend: 'Give the allowances with --allow, or in "allow" of the approval.',
  });
  if (chain.steps.length === 0)
    throw new InputRefused([problem('the rulebook names no chain of steps for this clause')]);
  if (lacking.length > 0) throw new InputRefused(lacking.map(s => problem(`the step "${s.step}" has no allowance`)));
  const mixed = chain.steps.filter(s => s.allowance && !sameKind(s.allowance.unit, limit.unit));
  if (mixed.length > 0)
    throw new InputRefused(
      mixed.map(s =>
        problem(`the allowance of "${s.step}" and the limit ${limitText(limit)} mix clock and working time`, 'HY-I3'),
      ),
    );
  return chain.steps.map(s => ({ ...s, allowance: s.allowance ?? { n: 0, unit: limit.unit } }));
}

export const command: Command = {
  name: 'plan',
  summary: 'how late each step of a chain may start',
  help: `${USAGE}

allow.json: {"steps":[{"step":"draft","role":"unit head","allowance":"30 minutes","after":[]}, …]}; without it the chain and
the local allowances of the rulebook. Per step the latest start and finish, then whether the chain fits, its slack and its
critical steps; --all-starts adds the tightest of all hours of a year. Exit code 1 where the chain does not fit.`,
  run: async (args, context) => {
    const text = { type: 'string' } as const;
    const flags = flagsOf(
      args,
      { setup: text, clause: text, started: text, allow: text, 'all-starts': text, json: { type: 'boolean' } },
      USAGE,
    );
    const [folder, ...more] = flags.positionals;
    if (folder === undefined || more.length > 0) throw new UsageError(`one rulebook folder is needed. Usage: ${USAGE}`);
    const setupFile = textFlag(flags, 'setup', USAGE);
    const clause = textFlag(flags, 'clause', USAGE);
    const startedAt = instantFlag(flags, 'started', USAGE);
    const year = flags.values['all-starts'];
    if (year !== undefined && !/^\d{4}$/.test(String(year)))
      throw new UsageError(`--all-starts is a calendar year such as 2026. Usage: ${USAGE}`);
    const rulebook = requireRulebook(folder);
    requireClause(rulebook, clause);
    const read = await setupProblems(setupFile, rulebook, context);
    if (isFaulty(read)) throw new InputRefused(read);
    const { setup, calendar } = read;
    if (typeof year === 'string' && !calendar.tables.has(Number(year)))
      throw new InputRefused([
        { file: '--all-starts', line: 1, code: 'HY-I10', message: `there is no holiday table for ${year}` },
      ]);
    const book = prepareBook(rulebook, setup, calendar);
    const chain = chainOfClause(book, replay(book, [], startedAt).view, clause);
    if (!chain || chain.limit.kind !== 'span')
      throw new InputRefused([
        {
          file: rulebook.file,
          line: chain?.rule.at.line ?? 1,
          code: 'HY-I3',
          message: `${clause} has no limit with a figure: there is nothing to plan back from`,
        },
      ]);
    const limit = chain.limit;
    const allowFile = flags.values['allow'];
    const steps =
      typeof allowFile === 'string' ? await readAllow(allowFile, limit, context) : ownSteps(rulebook, chain, limit);
    const sorted = workingOrder(steps);
    if ('circle' in sorted)
      throw new InputRefused([
        {
          file: typeof allowFile === 'string' ? allowFile : rulebook.file,
          line: 1,
          code: 'HY-I7',
          message: `these steps wait for one another: ${sorted.circle.join(', ')}`,
        },
      ]);
    const { order } = sorted;
    const due = withinCalendar(setupFile, () => addLimit(calendar, startedAt, limit.n, limit.unit));
    const plan = withinCalendar(setupFile, () => planBackwards(calendar, order, startedAt, due.dueAt));
    const worst =
      typeof year === 'string'
        ? withinCalendar(setupFile, () => worstStart(calendar, order, limit, Number(year)))
        : undefined;
    const fits = plan.slackMs >= 0;
    const lines = [
      ...plan.steps.map(s => ({
        line: 'step',
        ...s,
        startBy: formatInstant(s.startBy),
        finishBy: formatInstant(s.finishBy),
      })),
      {
        line: 'plan',
        clause,
        startedAt: formatInstant(startedAt),
        dueAt: formatInstant(due.dueAt),
        fits,
        slackSeconds: Math.floor(plan.slackMs / 1000),
        critical: plan.critical,
        ...(worst
          ? {
              worstStart: { startedAt: formatInstant(worst.startedAt), slackSeconds: Math.floor(worst.slackMs / 1000) },
            }
          : {}),
      },
    ];
    const people = [
      ...plan.steps.map(
        s =>
          `${formatInstant(s.startBy).slice(0, 16)} to ${formatInstant(s.finishBy).slice(0, 16)}  ${s.step} (${s.role}), ${s.allowance}; ${s.steps.join(', ')}`,
      ),
      `${clause}: due ${formatInstant(due.dueAt).slice(0, 16)}; ${fits ? 'fits' : 'does not fit'}, slack ${Math.floor(plan.slackMs / 60_000)} minutes`,
    ];
    await context.out(flags.values['json'] === true ? ndjson(lines) : `${people.join('\n')}\n`);
    return fits ? EXIT.yes : EXIT.no;
  },
};
