/** What an event brings along, and whose signature stands under what it files. */
import { field, listOf, type Fact } from './facts.ts';
import { holdsCapacity } from './capacities.ts';
import { countsFrom, draftOf } from './texts.ts';
import type { View } from './view.ts';

/** What an event brings along: documents, parts, heads, kinds, fields that say something. */
export function brings(view: View, fact: Fact): ReadonlySet<string> {
  const has = new Set<string>();
  for (const name of [
    'documents',
    'parts',
    'kinds',
    'pack',
    'form',
    'crossLinks',
    'participants',
    'conveners',
    'sources',
  ]) {
    const value = fact.data[name];
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const key of Object.keys(value)) has.add(key);
    else for (const word of listOf(value)) has.add(word);
  }
  for (const name of ['heads', 'fields']) {
    const value = fact.data[name];
    if (typeof value === 'object' && value !== null)
      for (const [key, v] of Object.entries(value)) if (v !== null && v !== '') has.add(key);
  }
  for (const [key, v] of Object.entries(fact.data))
    if (v !== undefined && v !== null && v !== '' && v !== false && v !== 0) has.add(key);
  if (answersEach(fact)) has.add('each-question');
  for (const part of listOf(draftOf(view, fact, fact.at)?.data['parts'])) has.add(part);
  return has;
}

/** An answer leaves no question open, as far as it says how many there were. */
function answersEach({ type, data }: Fact): boolean {
  if (type !== 'publication.made') return false;
  const [asked, answered] = [Number(data['questions'] ?? 0), Number(data['answered'] ?? 0)];
  return answered >= asked;
}

/** A signature in the wanted capacity, by somebody who holds it, under the wording that is filed: of its own document, its written explanation, its form. */
export function signedBy(view: View, fact: Fact, capacity: string): boolean {
  const own = field(fact, 'document');
  const forms = listOf(fact.data['documents']);
  const unit = field(fact, 'unit') ?? fact.by.unit;
  /** Document → the wording of it that is filed; none where nothing says which. */
  const documents = new Map<string, string | undefined>(own === undefined ? [] : [[own, field(fact, 'textHash')]]);
  for (const explanation of view.facts.of('explanation.written'))
    if (explanation.data['unit'] === unit && explanation.at <= fact.at)
      documents.set(String(explanation.data['document']), field(explanation, 'textHash'));
  for (const draft of view.facts.of('draft.written'))
    if (
      draft.at <= fact.at &&
      (forms.includes(String(draft.data['form'])) || documents.has(String(draft.data['document'])))
    )
      documents.set(String(draft.data['document']), field(draft, 'textHash'));
  return view.facts.of('signature.given').some(s => {
    const document = String(s.data['document']);
    if (s.data['as'] !== capacity || !documents.has(document) || countsFrom(s) > fact.at) return false;
    const wording = documents.get(document);
    return (wording === undefined || s.data['textHash'] === wording) && holdsCapacity(view, s);
  });
}
