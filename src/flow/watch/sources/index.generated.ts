// Written by: node scripts/generate.ts. Do not edit.
import type { SourceKind } from '../source-kind.ts';
import { source as page } from './page/source.ts';
import { source as rss } from './rss/source.ts';

/** Every kind of source there is. */
export const SOURCE_KINDS: readonly SourceKind[] = [
  page,
  rss,
];
