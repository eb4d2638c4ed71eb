/** The names a rulebook uses, gathered from all its `terms` blocks before any rule is read. */
import { asList, asMap, asText, asTexts } from './read-value.ts';
import { readParties } from './read-party.ts';
import type { Entry } from './body.ts';
import { keyWord } from './keywords.ts';
import type { Capacity, TermEntry, Terms } from './types.ts';

const GROUPS = ['units', 'roles', 'scales', 'channels', 'forms', 'documents', 'bodies'] as const;
export const NO_TERMS: Terms = {
  units: {},
  roles: {},
  scales: {},
  channels: {},
  forms: {},
  documents: {},
  bodies: {},
  words: {},
  capacities: {},
};

function entry(value: unknown): TermEntry {
  if (typeof value === 'string') return { zh: value };
  const m = asMap(value);
  return {
    ...(m['zh'] === undefined ? {} : { zh: asText(m['zh']) }),
    ...(m['en'] === undefined ? {} : { en: asText(m['en']) }),
    ...(m['kind'] === undefined ? {} : { kind: asText(m['kind']) }),
    ...(m['aliases'] === undefined ? {} : { aliases: asTexts(m['aliases']) }),
    ...(m['level'] === undefined ? {} : { level: asText(m['level']) }),
    ...(m['field'] === undefined ? {} : { field: asText(m['field']) }),
    ...(m['parent'] === undefined ? {} : { parent: asText(m['parent']) }),
  };
}

/** Terms with the entries of one more block. Throws ValueFault with the group's key where one is malformed. */
export function addTerms(terms: Terms, entries: readonly Entry[]): Terms {
  const next: Record<string, Record<string, unknown>> = Object.fromEntries(
    Object.entries(terms).map(([k, v]) => [k, { ...v }]),
  );
  for (const e of entries) {
    const group = keyWord('terms', e.key)?.key;
    if (!group || e.value === null) continue;
    for (const [name, value] of Object.entries(asMap(e.value))) {
      const target = next[group];
      if (!target) continue;
      if (group === 'words') target[name] = asText(value);
      else if ((GROUPS as readonly string[]).includes(group)) target[name] = entry(value);
    }
  }
  const known = next as unknown as Terms; // every group has just been filled with its own kind of entry
  for (const e of entries) {
    if (keyWord('terms', e.key)?.key !== 'capacities') continue;
    for (const [name, value] of Object.entries(asMap(e.value)))
      (next['capacities'] ?? {})[name] = capacity(value, known);
  }
  return known;
}

function capacity(value: unknown, terms: Terms): Capacity {
  const m = asMap(value);
  const held = m['held-by'];
  const zh = m['zh'] === undefined ? {} : { zh: asText(m['zh']) };
  if (held === 'by-subject') return { ...zh, heldBy: 'by-subject' };
  return { ...zh, heldBy: held === undefined ? [] : readParties(asList(held), terms) };
}
