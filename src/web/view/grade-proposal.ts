/** What can be counted of a case's stories, as a proposal for the rulebook's grade with the criteria that hold. */
import { type Counted, type LocalGrading, proposeGrade, type ProposedGrade } from '#triage';
import type { GradesRule } from '#core/rulebook';
import type { Visit } from '../context.ts';
import { storyViews } from './stories.ts';

export interface GradeProposal extends ProposedGrade {
  readonly scale: string;
  readonly counted: Counted;
  readonly grading: LocalGrading;
}
const DAY_MS = 86_400_000;
const NOT_MEDIA = new Set(['forum', 'social', 'video']);

/** Undefined where the case has no story, or the rulebook no grade in steps. */
export async function gradeProposal(visit: Visit, caseKey: string): Promise<GradeProposal | undefined> {
  const rule = visit.hall.rulebook.rules.find(
    (r): r is GradesRule => r.kind === 'grades' && !r.unordered && r.values.length > 1,
  );
  if (!rule) return undefined;
  const { desk } = visit.house;
  const { triage } = desk;
  const all = [
    ...(await triage.stories({ tab: 'taken', limit: 500 })),
    ...(await triage.stories({ tab: 'new', limit: 500 })),
  ];
  const stories = all.filter(s => s.caseId === caseKey);
  if (stories.length === 0) return undefined;
  const now = desk.now();
  const { gaps } = await triage.silence(now - DAY_MS, now);
  const settings = await triage.settings();
  const views = await storyViews(desk, stories, settings, gaps);
  const items = (await Promise.all(stories.map(s => triage.items(s.id, 500)))).flat();
  const published = items.filter(i => i.lane === 'public');
  const outlets = new Set(published.flatMap(i => i.outlet ?? []));
  const media = new Set(
    published.flatMap(i => (i.outlet !== undefined && !NOT_MEDIA.has(i.outletKind ?? 'forum') ? [i.outlet] : [])),
  );
  const noted = (visit.hall.byCase.get(caseKey) ?? []).filter(e => e.type === 'finding.recorded');
  const counted: Counted = {
    items: published.length,
    copies: published.filter(i => i.sameOf !== undefined).length,
    outlets: outlets.size,
    media: media.size,
    hotline: Math.max(items.length - published.length, ...views.map(v => v.hotline)),
    spike: views.some(v => v.spikes.some(s => s.spike)),
    negative: noted.some(e => e.data['negative'] === true),
    sudden: noted.some(e => e.data['sudden'] === true),
  };
  const proposal = proposeGrade(rule, counted, settings.grading);
  return proposal && { scale: rule.name, ...proposal, counted, grading: settings.grading };
}
