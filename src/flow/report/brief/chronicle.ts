/** What happened in one case, in order: the chronicle of a major event, written by the log. */
import type { PaperBlock } from '#core/paper';
import { toldOf } from '../lines.ts';
import type { PaperNames } from '../names.ts';
import { sayShort } from '../say.ts';
import { addDays } from './kinds.ts';
import type { BriefMaterial } from './material.ts';

export function chronicle(material: BriefMaterial, names: PaperNames, key: string): readonly PaperBlock[] {
  const end = addDays(material.about.to, 1);
  const events = material.events.filter(e => e.case === key && e.at < end);
  return [
    {
      block: 'table',
      heads: ['时间', '职务', '事项'],
      rows: events
        .toSorted((a, b) => a.at.localeCompare(b.at))
        .map(e => [sayShort(e.at), names.office(e.by), toldOf(names, e)]),
    },
  ];
}
