/** Texts of a case with who signed what: the reply stage's reading of the log, in the state the pages hold. */
import { type ReplyDocument, documentsIn, signState, type SignState } from '#reply';
import type { Hall } from '../state.ts';

export const documentsOf = (hall: Hall, caseKey: string): readonly ReplyDocument[] =>
  documentsIn(hall.byCase.get(caseKey) ?? []);

export function documentState(hall: Hall, document: ReplyDocument): SignState {
  const first = document.versions[0]?.event.case;
  const events = first === undefined ? [] : (hall.byCase.get(first) ?? []);
  const scales: Record<string, readonly string[]> = {};
  for (const e of events)
    if (e.type === 'classification.set') scales[String(e.data['scale'])] = [e.data['value']].flat().map(String);
  return signState(hall.rulebook.rules, events, document, scales);
}
