/** What a text is for: to be published, to answer an outlet, or a paper of the house that goes neither way. */
import type { ReplyDocument } from '#reply';
import type { Hall } from '../state.ts';

export type PublishKind = string;
export type Way = 'publish' | 'outlet';

/** Which ways out the rules know for a form; a plain reply may always be published. */
export function publishKinds(hall: Hall, document: ReplyDocument): readonly Way[] {
  const { rules } = hall.rulebook;
  const covering = rules.filter(
    r => r.kind === 'approval' && (r.covers['form'] === undefined || r.covers['form'].includes(document.form)),
  );
  const covers = (type: string): boolean =>
    covering.some(r => r.kind === 'approval' && r.before.some(p => p.on === 'event' && p.type === type));
  const called = (hall.byCase.get(document.versions[0]?.event.case ?? '') ?? []).some(e => e.type === 'media.called');
  // A plan or a scheme is signed before an answer, and is none itself.
  const plain = !document.form.endsWith('-plan') && !document.form.endsWith('-topic');
  const ways: Way[] = [];
  if (plain && (covers('publication.made') || document.form === 'reply')) ways.push('publish');
  if (plain && (document.form === 'answer' || (called && (covers('media.answered') || document.form === 'reply'))))
    ways.push('outlet');
  return ways;
}
