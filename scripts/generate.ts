/**
 * Makes every generated file anew: node scripts/generate.ts. With --check it writes nothing and fails where one is stale.
 * Each file of scripts/generate/ exports `generate(root)`: path in the repository → content.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Generator = { generate: (root: string) => Promise<Map<string, string | Uint8Array>> };

const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
let stale = 0;
for (const name of readdirSync(join(root, 'scripts/generate')).sort()) {
  if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
  const { generate } = (await import(`./generate/${name}`)) as Generator;
  for (const [path, content] of await generate(root)) {
    const file = join(root, path);
    if (existsSync(file) && readFileSync(file).equals(Buffer.from(content))) continue;
    stale++;
    if (check) process.stdout.write(`stale: ${path}. Mend: node scripts/generate.ts\n`);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      process.stdout.write(`written: ${path}\n`);
    }
  }
}
process.exit(check && stale > 0 ? 1 : 0);
