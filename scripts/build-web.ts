/**
 * Builds `src/web` into `dist/web`: pages are JSX, which Node does not read by itself, and browsers get one small script
 * and one style sheet. Run by `npm prepare`; imports of our other rooms stay imports, so there is one copy of each.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const FIRST_STYLES = ['tokens.css', 'base.css', 'parts.css', 'lists.css', 'print.css', 'pages.css'];
/** Tokens, frame and parts first, then the sheet of each area by its name. */
const styles = (): readonly string[] => [
  ...FIRST_STYLES,
  ...readdirSync(join(root, 'src/web/style'))
    .filter(name => name.endsWith('.css') && !FIRST_STYLES.includes(name))
    .sort(),
];

/**
 * Writes dist/web anew; a second run gives the same bytes. Each file takes the place of the one before in one step, so that
 * a product that is running meanwhile never finds one missing or half written.
 */
export async function buildWeb(): Promise<void> {
  const final = join(root, 'dist/web');
  mkdirSync(join(final, 'assets'), { recursive: true });
  const out = mkdtempSync(join(root, 'dist/.web-'));
  mkdirSync(join(out, 'assets'));
  await build({
    absWorkingDir: root,
    entryPoints: ['src/web/index.ts'],
    outfile: join(out, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    packages: 'external',
    external: ['#*'],
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    legalComments: 'none',
    logLevel: 'warning',
  });
  await build({
    absWorkingDir: root,
    entryPoints: { desk: 'src/web/client/desk.ts', live: 'src/web/client/live-worker.ts' },
    outdir: join(out, 'assets'),
    bundle: true,
    minify: true,
    target: 'es2018',
    format: 'iife',
    legalComments: 'none',
    logLevel: 'warning',
  });
  const style = await build({
    stdin: {
      contents: styles()
        .map(name => readFileSync(join(root, 'src/web/style', name), 'utf8'))
        .join('\n'),
      loader: 'css',
    },
    minify: true,
    write: false,
    logLevel: 'warning',
  });
  writeFileSync(join(out, 'assets/desk.css'), style.outputFiles[0]?.contents ?? '');
  const made = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter(f => f.isFile())
    .map(f => relative(out, join(f.parentPath, f.name)));
  for (const name of made) renameSync(join(out, name), join(final, name));
  rmSync(out, { recursive: true });
  for (const name of readdirSync(join(final, 'assets')))
    if (!made.includes(join('assets', name))) rmSync(join(final, 'assets', name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb();
