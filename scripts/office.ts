/** Finds LibreOffice for reading laid-out pages back; as root on Debian it is installed. `node scripts/office.ts` prints its path. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findOffice as installed } from '#io/documents';

export function findOffice(options: { readonly install: boolean }): string | undefined {
  const found = installed();
  const reader = ['/usr/bin/pdftotext', '/usr/local/bin/pdftotext'].some(path => existsSync(path));
  if ((found && reader) || !options.install) return found;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found;
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'] as ('ignore' | 'inherit')[],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 300_000,
  };
  process.stdout.write("No LibreOffice found: installing Debian's\n");
  spawnSync('apt-get', ['update', '-qq'], quiet);
  const packages = ['libreoffice-writer-nogui', 'poppler-utils', 'fonts-noto-cjk'];
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
  return installed();
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(`${findOffice({ install: true }) ?? 'none'}\n`);
