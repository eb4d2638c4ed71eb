/**
 * Word to PDF through LibreOffice where it is installed: its own profile and folder for each run, a time limit, nothing left
 * behind. Without it the caller is told, and Word and print remain.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LIMIT_MS = 60_000;
const PLACES = ['/usr/bin', '/usr/local/bin', '/opt/libreoffice/program', '/usr/lib/libreoffice/program'];

/** The program, or nothing where it is not installed. */
export function findOffice(path = process.env['PATH'] ?? ''): string | undefined {
  for (const folder of [...path.split(delimiter), ...PLACES])
    for (const name of ['soffice', 'libreoffice']) if (existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}

/** The pages of a Word file as PDF. Throws when the program fails or takes longer than a minute. */
export async function docxToPdf(office: string, docx: Uint8Array): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-pdf-'));
  try {
    await writeFile(join(folder, 'paper.docx'), docx);
    await run(
      office,
      [
        `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
        '--headless',
        '--norestore',
        '--convert-to',
        'pdf',
        '--outdir',
        folder,
        join(folder, 'paper.docx'),
      ],
      { timeout: LIMIT_MS, killSignal: 'SIGKILL', env: { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' } },
    );
    return new Uint8Array(await readFile(join(folder, 'paper.pdf')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
