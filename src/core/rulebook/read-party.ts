/** Parties and needs: who, and what must hold. Names are looked up in the terms, gathered from the whole file before. */
import type { Need, Party, Relation, Terms } from './types.ts';
import { valueWord } from './keywords.ts';
import { asList, asText, ValueFault } from './read-value.ts';

const RELATIONS: readonly Relation[] = [
  'concerned units',
  'notified units',
  'responsible unit',
  'handling unit',
  'unit of trigger',
  'recipients',
];
const KEY = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;

/** Where a plain name stands for a kind of unit rather than for one unit: after `each`. */
export type PartyPlace = 'each' | 'who';

export function readParty(value: unknown, terms: Terms, place: PartyPlace = 'who'): Party {
  const text = valueWord(asText(value));
  const relation = RELATIONS.find(r => r === text);
  if (relation) return { party: 'relation', relation };
  const [unit = '', role, more] = text.split('/');
  if (role !== undefined && more === undefined) return { party: 'office', unit: keyOf(unit), role: keyOf(role) };
  const name = keyOf(text);
  const isKind = Object.values(terms.units).some(u => u.kind === name);
  if (place === 'each' && isKind) return { party: 'unit-kind', unitKind: name };
  if (name in terms.units && !(isKind && terms.units[name]?.kind === name && place === 'each'))
    return { party: 'unit', unit: name };
  if (name in terms.roles) return { party: 'role', role: name };
  if (isKind) return { party: 'unit-kind', unitKind: name };
  // An unknown name: kept as a unit; the check of references names it.
  return { party: 'unit', unit: name };
}
export const readParties = (value: unknown, terms: Terms, place: PartyPlace = 'who'): Party[] =>
  asList(value).map(v => readParty(v, terms, place));

function keyOf(text: string): string {
  const key = text.trim();
  if (!KEY.test(key))
    throw new ValueFault(
      `"${key}" is no unit or role`,
      'write a unit, a role, unit/role, a kind of unit, or concerned units, responsible unit …',
    );
  return key;
}

/** One need of a gate, route or approval (notation 7). */
export function readNeed(value: unknown, terms: Terms): Need {
  const text = asText(value);
  const match = (pattern: RegExp): string | undefined => pattern.exec(text)?.[1]?.trim();
  let got: string | undefined;
  if ((got = match(/^signed\s+([\w-]+)$/))) return { text, need: 'signed', approval: got };
  if ((got = match(/^signed\s+([\w-]+)\s+on this text$/)))
    return { text, need: 'signed', approval: got, onThisText: true };
  if ((got = match(/^confirmed by\s+(.+?)\s+on this text$/))) return { text, need: 'confirmed', by: got };
  if ((got = match(/^checked confidentiality by\s+(.+)$/)))
    return { text, need: 'checked confidentiality', by: readParty(got, terms) };
  if ((got = match(/^consent\s+(\S+(?:\s*\|\s*\S+)*)$/))) return { text, need: 'consent', role: got };
  if ((got = match(/^authorised\s+(interview|visit|release)$/)))
    return { text, need: 'authorised', what: got as 'interview' | 'visit' | 'release' };
  if ((got = match(/^form\s+([\w-]+)\s+complete$/))) return { text, need: 'form complete', form: got };
  if ((got = match(/^ledger\s+([\w-]+)\s+complete$/))) return { text, need: 'ledger complete', ledger: got };
  if ((got = match(/^track\s+(offline|online)\s+finished$/)))
    return { text, need: 'track finished', track: got as 'offline' | 'online' };
  if ((got = match(/^done\s+([\w-]+)$/))) return { text, need: 'done', duty: got };
  if ((got = match(/^outside\s+([\w-]+)\s+confirmed$/))) return { text, need: 'outside confirmed', rule: got };
  if ((got = match(/^speaker in\s+\[(.+)\]$/)))
    return { text, need: 'speaker in', parties: got.split(',').map(p => readParty(p, terms)) };
  if ((got = match(/^checklist\s+([\w-]+)\s+clear$/))) return { text, need: 'checklist clear', checklist: got };
  if ((got = match(/^tells\s+([\w-]+)$/))) return { text, need: 'tells', part: got };
  if (text === 'reason recorded' || text === '记明理由') return { text, need: 'reason recorded' };
  if (text === 'risk assessed' || text === '已评估风险') return { text, need: 'risk assessed' };
  throw new ValueFault(
    `"${text}" is no need`,
    'write signed <approval>, signed <approval> on this text, confirmed by <body> on this text, checked confidentiality by <party>, consent <role>, authorised interview|visit|release, form <name> complete, ledger <name> complete, track offline|online finished, done <duty>, outside <rule> confirmed, speaker in [parties], reason recorded, risk assessed, checklist <name> clear, tells <part>',
  );
}
export const readNeeds = (value: unknown, terms: Terms): Need[] => asList(value).map(v => readNeed(v, terms));
