/** What a fact must be about before it can be told: a text that was drafted, an entry that was made. */
import { type HuiyinEvent, VOCABULARY } from '#core/log';

/** Type of the entry a field of this name points to. */
export const POINTS_TO: Readonly<Record<string, string>> = {
  assignment: 'assignment.made',
  transfer: 'transfer.made',
  report: 'report.made',
  signature: 'signature.given',
  publication: 'publication.made',
  finding: 'finding.recorded',
  dispute: 'score.disputed',
};
/** Facts that bring their own text. */
const OWN_TEXT: ReadonlySet<string> = new Set(['explanation.written']);

/** Whether a case holds what a fact of this type would be about: nobody is sent to a form with nothing to choose. */
export function canBeTold(type: string, events: readonly HuiyinEvent[]): boolean {
  const has = (wanted: string): boolean => events.some(e => e.type === wanted);
  return (VOCABULARY.get(type)?.fields ?? []).every(field => {
    if (field.optional || field.list) return true;
    if (field.name === 'document') return OWN_TEXT.has(type) || has('draft.written') || has('notice.drawn-up');
    const wanted = field.kind === 'id' ? POINTS_TO[field.name] : undefined;
    return wanted === undefined || has(wanted);
  });
}
