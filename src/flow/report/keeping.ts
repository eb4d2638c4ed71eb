/**
 * How long a case is kept after it was closed, and what is erased of it then. What stays says that the case was, when it
 * was opened, put away and closed, and what was published of it anyway.
 */
import type { HuiyinEvent } from '#core/log';
import type { Rule } from '#core/rulebook';

/** Where the regulation says nothing: the term that 文件材料归档范围和文书档案保管期限规定 gives ordinary files. */
export const USUAL_YEARS = 10;
const STAYS = new Set([
  'case.opened',
  'case.closed',
  'case.reopened',
  'archive.bundled',
  'publication.made',
  'body.erased',
]);

export interface Keeping {
  readonly years: number;
  /** The clause that says so; absent = the usual term. */
  readonly clause?: string;
}
/** `erase: 10 years` of a bundle; the longest of several. */
export function keepingOf(rules: readonly Rule[], house?: number): Keeping {
  const said = rules
    .flatMap(r => {
      const years = r.kind === 'retention' ? /(\d{1,3})\s*(?:年|years?)/.exec(r.erase ?? '')?.[1] : undefined;
      return years === undefined ? [] : [{ years: Number(years), clause: r.clauses[0] ?? '' }];
    })
    .toSorted((a, b) => b.years - a.years)[0];
  return said ?? { years: house ?? USUAL_YEARS };
}

/** 29 February becomes 1 March. */
export function keptUntil(closedOn: string, years: number): string {
  const date = new Date(
    Date.UTC(Number(closedOn.slice(0, 4)) + years, Number(closedOn.slice(5, 7)) - 1, Number(closedOn.slice(8, 10))),
  );
  return date.toISOString().slice(0, 10);
}

/** The entries whose content goes; each is named by an entry of its own. */
export const erasures = (
  events: readonly HuiyinEvent[],
  reason: string,
  schedule: string,
): readonly { readonly type: 'body.erased'; readonly data: Readonly<Record<string, string>> }[] =>
  events
    .filter(e => !STAYS.has(e.type))
    .map(e => ({ type: 'body.erased' as const, data: { entry: e.id, reason, schedule } }));
