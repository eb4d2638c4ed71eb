/**
 * Builds `src/web` into `dist/web`: pages are JSX, which Node does not read by itself, and browsers get one small script
 * and one style sheet. Run by `npm prepare`; imports of our other rooms stay imports, so there is one copy of each.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const FIRST_STYLES = ['tokens.css', 'base.css', 'pages.css'];
/** Tokens and parts first, then the sheet of each area by its name. */
const styles = (): readonly string[] => [
  ...FIRST_STYLES,
  ...readdirSync(join(root, 'src/web/style'))
    .filter(name => name.endsWith('.css') && !FIRST_STYLES.includes(name))
    .sort(),
];

/** Writes dist/web anew; a second run gives the same bytes. */
export async function buildWeb(): Promise<void> {
  const out = join(root, 'dist/web');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, 'assets'), { recursive: true });
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
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb();
