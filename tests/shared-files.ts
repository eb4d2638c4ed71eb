/** Finds the shared test material (`HUIYIN_SHARED`, default beside the checkout). Without it tests skip and say so. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.env['HUIYIN_SHARED'] ?? fileURLToPath(new URL('../../shared', import.meta.url));

/** The path of a shared file or folder, or undefined where it is absent. */
export function sharedPath(relative: string): string | undefined {
  const path = join(folder, relative);
  return existsSync(path) ? path : undefined;
}
/** The reason a test gives when it skips: `context.skip(NO_SHARED_FILES)`; tests/skips.json allows it on a stranger's machine. */
export const NO_SHARED_FILES = 'shared data is not here (HUIYIN_SHARED)';
