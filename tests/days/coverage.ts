/**
 * What each executable clause does, shown by taking it away: its blocks are deleted from a copy of the rulebook and every
 * worked day is replayed again; a clause is held when some line differs. The line and key that differ are its trace.
 */
import { ABOUT_THE_TEXT, type Rulebook } from '#core/rulebook';
import { bookOf, type Day, daysOf, linesAt, type Row } from './day.ts';

export interface Trace {
  readonly clause: string;
  readonly day: string;
  readonly at: string;
  /** Kind of the output line, and the key that differs; `line` where the whole line is gone. */
  readonly line: string;
  readonly key: string;
}
export interface Coverage {
  readonly institution: string;
  readonly traces: readonly Trace[];
  readonly uncovered: readonly string[];
}

/** The book without the blocks of one clause. A block that holds several clauses is gone for all of them. */
function without(book: Rulebook, clause: string): Rulebook {
  return {
    ...book,
    rules: book.rules.filter(r =>
      ABOUT_THE_TEXT.has(r.kind) ? r.kind !== 'local' || !r.clauses.includes(clause) : !r.clauses.includes(clause),
    ),
  };
}
const textOf = (row: Row): string => JSON.stringify(row);
/** What says which row it is, so that a changed row is told from a lost one. */
const nameOf = (row: Row): string =>
  JSON.stringify(
    [
      'line',
      'clause',
      'case',
      'unit',
      'role',
      'event',
      'flag',
      'gap',
      'quota',
      'score',
      'form',
      'stages',
      'local',
      'measure',
      'count',
      'account',
      'declined',
      'startedAt',
      'whole',
      'from',
      'kind',
    ].map(k => row[k] ?? null),
  );

/** The first difference between two outputs, a line of the clause itself before any other. */
function firstDifference(
  clause: string,
  full: readonly Row[],
  less: readonly Row[],
): { readonly line: string; readonly key: string } | undefined {
  const left = new Set(less.map(textOf));
  const gone = full.filter(row => !left.has(textOf(row)));
  const own =
    gone.find(row => row['clause'] === clause || row['count'] === clause || row['account'] === clause) ?? gone[0];
  if (own) {
    const changed = less.find(row => nameOf(row) === nameOf(own));
    const key = changed && Object.keys(own).find(k => JSON.stringify(own[k]) !== JSON.stringify(changed[k]));
    return { line: String(own['line']), key: key ?? 'line' };
  }
  const before = new Set(full.map(textOf));
  const added = less.find(row => !before.has(textOf(row)));
  return added ? { line: String(added['line']), key: 'line (must not be there)' } : undefined;
}

export function coverageOf(institution: string, days: readonly Day[] = daysOf(institution)): Coverage {
  const book = bookOf(institution);
  const executable = book.clauses.filter(c => c.kinds.some(k => !ABOUT_THE_TEXT.has(k))).map(c => c.id);
  const full = days.flatMap(day => day.checkpoints.map(point => ({ day, point, lines: linesAt(book, day, point) })));
  const traces: Trace[] = [];
  const uncovered: string[] = [];
  for (const clause of executable) {
    const less = without(book, clause);
    let trace: Trace | undefined;
    // Days on which the clause has a line of its own come first: the trace is then about the clause itself.
    const order = full.toSorted(
      (a, b) => Number(b.lines.some(l => l['clause'] === clause)) - Number(a.lines.some(l => l['clause'] === clause)),
    );
    for (const { day, point, lines } of order) {
      const difference = firstDifference(clause, lines, linesAt(less, day, point, book));
      if (!difference) continue;
      trace = { clause, day: day.name, at: point.at, ...difference };
      break;
    }
    if (trace) traces.push(trace);
    else if (saysNothingInReplay(book, clause))
      traces.push({ clause, day: 'huiyin check', at: '—', line: 'clause', key: 'executable' });
    else uncovered.push(clause);
  }
  return { institution, traces, uncovered };
}

/**
 * Lists of sources, routes that only name an addressee, scales that only tag (no criteria, factors, decider) and a field of
 * responsibility without seats give replay no line (notation 2): the trace of their clause is the line of `huiyin check`,
 * which says `missing` when the block is gone.
 */
function saysNothingInReplay(book: Rulebook, clause: string): boolean {
  return book.rules
    .filter(r => r.clauses.includes(clause) && !ABOUT_THE_TEXT.has(r.kind))
    .every(
      r =>
        r.kind === 'sources' ||
        (r.kind === 'route' && !r.onlyBy && !r.needs && !r.within) ||
        (r.kind === 'grades' && r.criteria.length === 0 && r.factors.length === 0 && !r.decides) ||
        (r.kind === 'seats' && Object.keys(r.seats).length === 0),
    );
}

/** docs/coverage.md. */
export function coveragePage(all: readonly Coverage[]): string {
  const rows = all.flatMap(c =>
    c.traces.map(t => `| ${c.institution} | ${t.clause} | ${t.day} | ${t.at} | ${t.line} | ${t.key} |`),
  );
  const total = all.map(c => `| ${c.institution} | ${c.traces.length} | ${c.uncovered.join(', ') || '—'} |`);
  return `# What holds each clause

Made by \`node scripts/coverage.ts\`; \`tests/days/coverage.test.ts\` compares. For every executable clause its blocks are deleted from a copy of the
rulebook and the worked days are replayed: the line and key named here are what then differs.

| institution | executable clauses held by a trace | without a trace |
|---|---|---|
${total.join('\n')}

| institution | clause | worked day | at | output line | key that differs without it |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
