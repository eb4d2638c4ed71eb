/** The same log under two rulebooks: every due time moved, state changed, obligation new or gone, refusal and score that differ. */
import type { Line, ObligationLine } from './lines.ts';

export interface Change {
  readonly line: 'change';
  readonly change: 'due-moved' | 'state' | 'new' | 'gone' | 'refusal' | 'score';
  readonly clause: string;
  readonly case?: string;
  readonly unit?: string;
  readonly before: object | null;
  readonly after: object | null;
}
export interface ChangeSummary {
  readonly line: 'summary';
  readonly same: number;
  readonly changed: number;
  readonly newlyLate: number;
  readonly noLongerLate: number;
  readonly pointsMoved: Readonly<Record<string, number>>;
}

/** Instances are the same where clause, case, unit and trigger event are; a slot has its own start instead. */
function keyOf(line: ObligationLine, seen: Map<string, number>): string {
  const key = [
    line.clause,
    line.case ?? '',
    line.unit ?? '',
    line.whole ? 'whole' : (line.basis[0] ?? ''),
    line.case === undefined ? line.startedAt : '',
  ].join(' ');
  const n = seen.get(key) ?? 0;
  seen.set(key, n + 1);
  return n === 0 ? key : `${key} #${n}`;
}
function byKey(lines: readonly Line[]): Map<string, ObligationLine> {
  const seen = new Map<string, number>();
  const found = new Map<string, ObligationLine>();
  for (const line of lines) if (line.line === 'obligation') found.set(keyOf(line, seen), line);
  return found;
}
const said = (l: ObligationLine): object => ({
  duty: l.duty,
  startedAt: l.startedAt,
  dueAt: l.dueAt,
  ...(l.dueBasis === undefined ? {} : { dueBasis: l.dueBasis }),
  state: l.state,
  ...(l.doneAt === undefined ? {} : { doneAt: l.doneAt }),
  ...(l.lateBySeconds === undefined ? {} : { lateBySeconds: l.lateBySeconds }),
});
const isLate = (l: ObligationLine | undefined): boolean =>
  l?.state === 'late' || l?.state === 'done-late' || l?.state === 'missed';
const place = (l: { case?: string; unit?: string }): { case?: string; unit?: string } => ({
  ...(l.case === undefined ? {} : { case: l.case }),
  ...(l.unit === undefined ? {} : { unit: l.unit }),
});

export function compareLines(
  a: readonly Line[],
  b: readonly Line[],
): { readonly changes: readonly Change[]; readonly summary: ChangeSummary } {
  const changes: Change[] = [];
  const [before, after] = [byKey(a), byKey(b)];
  let same = 0;
  let newlyLate = 0;
  let noLongerLate = 0;
  for (const [key, old] of before) {
    const now = after.get(key);
    const at = { line: 'change' as const, clause: old.clause, ...place(old) };
    if (isLate(old) && !isLate(now)) noLongerLate++;
    if (!isLate(old) && isLate(now)) newlyLate++;
    if (!now) changes.push({ ...at, change: 'gone', before: said(old), after: null });
    else if (now.dueAt === old.dueAt && now.state === old.state) same++;
    else {
      if (now.dueAt !== old.dueAt) changes.push({ ...at, change: 'due-moved', before: said(old), after: said(now) });
      if (now.state !== old.state) changes.push({ ...at, change: 'state', before: said(old), after: said(now) });
    }
  }
  for (const [key, now] of after) {
    if (before.has(key)) continue;
    if (isLate(now)) newlyLate++;
    changes.push({ line: 'change', change: 'new', clause: now.clause, ...place(now), before: null, after: said(now) });
  }
  const refusals = pairs(a, b, 'refused', l => `${l.clause} ${l.event}`);
  for (const { old, now } of refusals) {
    const line = old ?? now;
    if (!line || (old && now)) continue;
    const tell = (l: typeof line): object => ({ refused: l.refused, event: l.event, at: l.at, missing: l.missing });
    changes.push({
      line: 'change',
      change: 'refusal',
      clause: line.clause,
      ...place(line),
      before: old ? tell(old) : null,
      after: now ? tell(now) : null,
    });
  }
  const pointsMoved: Record<string, number> = {};
  for (const { old, now } of pairs(a, b, 'score', l => `${l.score} ${l.unit} ${l.year}`)) {
    const line = old ?? now;
    if (!line) continue;
    const moved = (now?.points ?? 0) - (old?.points ?? 0);
    if (moved !== 0) pointsMoved[line.unit] = (pointsMoved[line.unit] ?? 0) + moved;
    if (moved === 0 && old?.veto === now?.veto && old?.base === now?.base) continue;
    const tell = (l: typeof line): object => ({ year: l.year, points: l.points, base: l.base, veto: l.veto });
    changes.push({
      line: 'change',
      change: 'score',
      clause: line.clause,
      ...place(line),
      before: old ? tell(old) : null,
      after: now ? tell(now) : null,
    });
  }
  const summary: ChangeSummary = {
    line: 'summary',
    same,
    changed: changes.length,
    newlyLate,
    noLongerLate,
    pointsMoved,
  };
  return { changes, summary };
}

type LineOf<K extends Line['line']> = Extract<Line, { line: K }>;
function pairs<K extends Line['line']>(
  a: readonly Line[],
  b: readonly Line[],
  kind: K,
  key: (line: LineOf<K>) => string,
): { old: LineOf<K> | undefined; now: LineOf<K> | undefined }[] {
  const of = (lines: readonly Line[]): Map<string, LineOf<K>> =>
    new Map(lines.filter((l): l is LineOf<K> => l.line === kind).map(l => [key(l), l]));
  const [before, after] = [of(a), of(b)];
  return [...new Set([...before.keys(), ...after.keys()])].map(k => ({ old: before.get(k), now: after.get(k) }));
}
