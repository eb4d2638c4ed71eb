/** Recurring questions of what was sent to us, by how often and on how many days; never by whom. */
import { type Growing, growingNear, recurringQuestions } from '#core/text';
import type { PassedItem, Story, StorySighting } from '../ports-triage.ts';
import type { TriageSettings } from '#triage';

export interface Recurrence {
  readonly story: string;
  readonly title: string;
  readonly count: number;
  readonly days: number;
  readonly last: number;
}
export function recurrences(
  stories: readonly Story[],
  sightings: readonly StorySighting[],
  period: { readonly from: number; readonly to: number },
): readonly Recurrence[] {
  const titles = new Map(stories.map(s => [s.id, s.title]));
  return recurringQuestions(
    sightings.map(s => ({ story: s.story, at: s.at })),
    period,
  ).map(r => ({ story: r.story, title: titles.get(r.story) ?? r.story, count: r.count, days: r.days, last: r.last }));
}
export function growingOf(
  passed: readonly PassedItem[],
  now: number,
  settings: TriageSettings,
): readonly { readonly row: Growing; readonly items: readonly PassedItem[] }[] {
  const rows = growingNear(
    passed.map(p => ({
      story: p.story,
      at: p.publishedAt ?? p.seenAt,
      kind: p.kind,
      id: p.id,
      title: p.title,
      text: p.text,
      caught: false,
      ...(p.region === undefined ? {} : { region: p.region }),
      ...(p.outletKind === undefined ? {} : { outletKind: p.outletKind }),
    })),
    now,
    { regions: [], places: settings.places },
    settings.heat,
  );
  const byId = new Map(passed.map(p => [p.id, p]));
  return rows.map(row => ({ row, items: row.items.flatMap(id => byId.get(id) ?? []) }));
}
