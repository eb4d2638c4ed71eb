/** ARCHITECTURE.md lists the rooms there are, no more and no fewer. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
const listed = [...page.matchAll(/^\| `(src\/[a-z/-]+)` \|/gm)].map(m => m[1] ?? '').sort();

/** Rooms: the folders of core, flow and io that hold a file, and web and cli themselves. */
function rooms(): string[] {
  const below = ['core', 'flow', 'io'].flatMap(floor =>
    readdirSync(join(root, 'src', floor), { withFileTypes: true })
      .filter(d => d.isDirectory() && readdirSync(join(root, 'src', floor, d.name)).length > 0)
      .map(d => `src/${floor}/${d.name}`),
  );
  return [...below, 'src/web', 'src/cli'].sort();
}

test('the list of rooms is the list of folders', () => {
  expect(listed).toEqual(rooms());
});

test('every file the page names exists', () => {
  const named = [...page.matchAll(/`((?:src|rulebooks|tests|docs)\/[\w./-]+\.(?:ts|md))`/g)].map(m => m[1] ?? '');
  expect(named.filter(f => !existsSync(join(root, f)))).toEqual([]);
});
