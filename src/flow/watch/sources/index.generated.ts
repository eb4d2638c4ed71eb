// Written by: node scripts/generate.ts. Do not edit.
import type { SourceKind } from '../source-kind.ts';
import { source as call } from './call/source.ts';
import { source as change } from './change/source.ts';
import { source as hotlineFile } from './hotline-file/source.ts';
import { source as list } from './list/source.ts';
import { source as mailbox } from './mailbox/source.ts';
import { source as page } from './page/source.ts';
import { source as paste } from './paste/source.ts';
import { source as print } from './print/source.ts';
import { source as push } from './push/source.ts';
import { source as rss } from './rss/source.ts';
import { source as rsshub } from './rsshub/source.ts';
import { source as sitemap } from './sitemap/source.ts';

/** Every kind of source there is. */
export const SOURCE_KINDS: readonly SourceKind[] = [
  call,
  change,
  hotlineFile,
  list,
  mailbox,
  page,
  paste,
  print,
  push,
  rss,
  rsshub,
  sitemap,
];
