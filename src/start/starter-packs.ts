/** Starter packs: what institutions of a kind usually read, as data without addresses. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StarterPack } from '../web/ports-sources.ts';

export function readPacks(root: string): readonly StarterPack[] {
  const folder = join(root, 'starter-packs');
  return readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as StarterPack); // tests/starter-packs.test.ts reads every one
}
