/** A brief as it is shown: the wording that is kept, or the one that the log would draft now; and its paper. */
import { formatInstant } from '#core/calendar';
import type { Paper } from '#core/paper';
import {
  annexHash,
  type Brief,
  type BriefKey,
  briefPaper,
  briefsIn,
  documentOf,
  type DraftedBrief,
  draftBrief,
  type OwnWords,
  readText,
  type SourceState,
  writeText,
} from '#report';
import type { Visit } from '../context.ts';
import { briefMaterial, sourceStates } from '../view/briefs.ts';
import { paperNames } from '../view/paper-names.ts';
import { textHash } from './replies.tsx';

export const keptOf = (visit: Visit, document: string): Brief | undefined =>
  briefsIn(visit.hall.events).find(b => b.document === document);
export interface Shown {
  readonly brief: Brief;
  readonly paper: Paper;
  /** A wording is in the log; else it is what the log would draft now. */
  readonly kept: boolean;
  /** Up to when entries were known. */
  readonly known: number;
}
function draftAt(
  visit: Visit,
  about: BriefKey,
  known: number,
  own: OwnWords,
  sources?: readonly SourceState[],
): DraftedBrief {
  return draftBrief(briefMaterial(visit.hall, about, known, sources), paperNames(visit.hall), own, textHash);
}
export const draftNow = async (visit: Visit, about: BriefKey, own: OwnWords): Promise<DraftedBrief> =>
  draftAt(visit, about, visit.hall.now, own, sourceStates(await visit.house.desk.silence.coverage(daysOf(about))));
/** The span of a brief in moments: China's days, both ends included. */
const daysOf = (about: BriefKey): { readonly from: number; readonly to: number } => ({
  from: Date.parse(`${about.from}T00:00:00+08:00`),
  to: Date.parse(`${about.to}T00:00:00+08:00`) + 86_400_000,
});

export async function shownOf(visit: Visit, about: BriefKey): Promise<Shown> {
  const document = documentOf(about);
  const names = paperNames(visit.hall);
  const kept = keptOf(visit, document);
  if (kept) {
    const known = Date.parse(kept.draft.recordedAt);
    const annex = annexHash(kept.read) === undefined ? undefined : draftAt(visit, about, known, {}).annex;
    return { brief: kept, paper: briefPaper(kept, names, annex, textHash), kept: true, known };
  }
  const { now } = visit.hall;
  const drafted = await draftNow(visit, about, {});
  const text = writeText(drafted.text);
  const draft = {
    id: 'draft',
    type: 'draft.written',
    at: formatInstant(now),
    recordedAt: formatInstant(now),
    by: visit.user.office ?? { unit: 'institution', role: 'system' },
    data: {},
  };
  const empty = { versions: 0, signed: [], sent: [], received: [] };
  const brief = { document, about, draft, hash: textHash(text), text, read: readText(text), ...empty };
  return { brief, paper: briefPaper(brief, names, drafted.annex, textHash), kept: false, known: now };
}

/** What was signed about one case: special briefs and information issues. */
export async function briefsOfCase(visit: Visit, key: string): Promise<readonly Paper[]> {
  const own = briefsIn(visit.hall.events).filter(b => b.about.case === key && b.signed.length > 0);
  return Promise.all(own.map(async b => (await shownOf(visit, b.about)).paper));
}
