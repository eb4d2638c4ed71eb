/** The stable order of lines: kinds as the contract lists them, obligations by due time, the rest by clause and first date. */
import type { Line } from './lines.ts';

const KINDS: readonly Line['line'][] = [
  'obligation',
  'refused',
  'gap',
  'quota',
  'score',
  'form',
  'stages',
  'flag',
  'local',
  'measure',
  'count',
  'account',
  'declined',
];

/** Texts that compare in the order wanted; instants of one offset compare as texts. What is absent comes last among due times, first elsewhere. */
function keysOf(line: Line): readonly string[] {
  switch (line.line) {
    case 'obligation':
      return [
        line.dueAt ?? '~',
        line.clause,
        line.case ?? '',
        line.whole ? '~' : (line.unit ?? ''),
        line.startedAt,
        line.duty,
        line.basis.join(' '),
      ];
    case 'refused':
      return [line.at, line.clause, line.event];
    case 'gap':
      return [line.clause, line.from ?? '', line.unit ?? '', line.role ?? '', line.gap];
    case 'quota':
      return [line.clause, line.from, line.unit ?? '', line.channel ?? '', line.quota];
    case 'score':
      return [line.clause, String(line.year), line.unit, line.score];
    case 'form':
      return [line.clause, line.case ?? '', line.number ?? '', line.form];
    case 'stages':
      return [line.clause, line.reached[0]?.at ?? '', line.case ?? '', line.stages];
    case 'flag':
      return [line.clause, line.case ?? '', line.event ?? '', line.flag, line.unit ?? '', line.lint ?? ''];
    case 'local':
      return [line.clause, line.startedAt, line.case ?? '', line.unit ?? '', line.local];
    case 'measure':
      return [line.measure, line.from, line.case, line.unit ?? ''];
    case 'count':
      return [line.count, line.kind];
    case 'account':
      return [line.account, line.clause ?? '', line.case ?? '', line.unit ?? '', line.kind, line.event ?? ''];
    case 'declined':
      return [line.declined, line.case ?? '', line.event ?? ''];
  }
}

/** Below every character of a key: a key that ends is less than one that goes on, as in comparing part by part. */
const BETWEEN = '\u0000';

export function inLineOrder(lines: readonly Line[]): Line[] {
  const kind = new Map(KINDS.map((k, i) => [k, String(i).padStart(2, '0')]));
  return lines
    .map(line => ({ line, key: `${kind.get(line.line) ?? '99'}${BETWEEN}${keysOf(line).join(BETWEEN)}` }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ line }) => line);
}
