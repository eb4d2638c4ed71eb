/**
 * A name that is no unit of the setup but a kind of its units means each unit of that kind. Only the setup knows which it
 * is, so the rules are read again for it, once.
 */
import type { Rulebook } from '#core/rulebook';
import type { Setup } from './setup.ts';

export function withKinds(rulebook: Rulebook, setup: Setup): Rulebook {
  const units = new Set(setup.units.map(u => u.key));
  const kinds = new Set([
    ...setup.units.map(u => u.kind),
    ...Object.values(rulebook.terms.units).flatMap(u => (u.kind === undefined ? [] : [u.kind])),
  ]);
  const isKind = (name: unknown): name is string => typeof name === 'string' && !units.has(name) && kinds.has(name);
  const read = (value: unknown): unknown => {
    if (Array.isArray(value)) return (value as readonly unknown[]).map(read);
    if (typeof value !== 'object' || value === null) return value;
    const record = value as Readonly<Record<string, unknown>>;
    if (record['party'] === 'unit' && isKind(record['unit'])) return { party: 'unit-kind', unitKind: record['unit'] };
    return Object.fromEntries(Object.entries(record).map(([key, v]) => [key, read(v)]));
  };
  // Only parties change, each into another party, so rules and terms keep their types.
  return {
    ...rulebook,
    rules: read(rulebook.rules) as Rulebook['rules'],
    terms: read(rulebook.terms) as Rulebook['terms'],
  };
}
