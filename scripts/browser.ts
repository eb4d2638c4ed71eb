/**
 * Finds a Chromium for the browser walks: `HUIYIN_BROWSER`, an installed one, Debian's package (as root), Playwright's own.
 * `node scripts/browser.ts` prints its path.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

function installed(): string | undefined {
  const named = process.env['HUIYIN_BROWSER'];
  if (named && existsSync(named)) return named;
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of NAMES) if (existsSync(join(folder, name))) return join(folder, name);
  }
  const own = chromium.executablePath();
  return own && existsSync(own) ? own : undefined;
}

/** Path of a browser, or undefined. With `install` it tries to get one first where none is there. */
export function findBrowser(options: { readonly install: boolean }): string | undefined {
  const found = installed();
  if (found || !options.install) return found;
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'] as ('ignore' | 'inherit')[],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stdout.write("No browser found: installing Debian's chromium\n");
    spawnSync('apt-get', ['update', '-qq'], quiet);
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], quiet);
    if (installed()) return installed();
  }
  const cli = fileURLToPath(new URL('../node_modules/playwright-core/cli.js', import.meta.url));
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { ...quiet, timeout: 300_000 });
  return installed();
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(`${findBrowser({ install: true }) ?? 'none'}\n`);
