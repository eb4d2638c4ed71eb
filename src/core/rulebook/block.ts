/** What the reader of every kind of block is handed, and the small readers that several kinds share. */
import { asMap, asText, asTexts, readInterval, ValueFault } from './read-value.ts';
import type * as R from './types.ts';

/** Reads one key of a block: undefined where it is absent or faulty (the fault is told). */
export type Get = <T>(key: string, read: (value: unknown) => T) => T | undefined;
export interface Block {
  /** Place and clauses of the block. */
  readonly base: R.RuleBase;
  readonly get: Get;
  readonly terms: R.Terms;
  readonly party: (value: unknown) => R.Party;
  /** A party that may say `each`. */
  readonly each: (value: unknown) => R.Party;
  readonly parties: (value: unknown) => R.Party[];
  readonly needs: (value: unknown) => R.Need[];
}
/** The rule of a block, or undefined where a required part is missing or faulty. */
export type Reader = (block: Block) => R.Rule | undefined;

export const listOf = (value: unknown): string[] => asTexts(value);
/** Leaves out what is undefined, so that an absent key is absent. */
export function given<T extends object>(parts: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
export const selector = (value: unknown): R.DocumentSelector =>
  Object.fromEntries(Object.entries(asMap(value)).map(([key, v]) => [key, listOf(v)]));
export const step = (value: unknown): R.Step =>
  Array.isArray(value)
    ? value.map(asText)
    : asText(value)
        .split(/\s+or\s+|\s*\|\s*|\s*任一\s*/)
        .map(s => s.replace(/^one of\s+/, '').trim());
export const intervals = (value: unknown): Record<string, R.Interval> =>
  Object.fromEntries(Object.entries(asMap(value)).map(([key, v]) => [key, readInterval(v)]));
export function fail(message: string, mend: string): never {
  throw new ValueFault(message, mend);
}
