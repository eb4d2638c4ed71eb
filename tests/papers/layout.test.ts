/** The page as Word lays it out, read back: 22 lines of 28 characters, page numbers with dashes (GB/T 9704-2012, 5.2). */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Paper } from '#core/paper';
import { canTypeset, docxToPdf, findOffice, renderDocx, typesetPdf } from '#io/documents';
import { expect, test } from 'vitest';

const office = findOffice();
const readable = office !== undefined && existsSync('/usr/bin/pdftotext');

for (const kind of ['Word', 'PDF'])
  test(`a full page of ${kind} holds 22 lines of 28 characters`, async ctx => {
    if (!readable) return ctx.skip('no LibreOffice on this machine');
    if (kind === 'PDF' && !canTypeset()) return ctx.skip('no LibreOffice on this machine');
    const paper: Paper = {
      id: 'full',
      layout: 'letter',
      title: '关于版面的说明',
      number: '〔2026〕1号',
      issuer: '某某局',
      date: '2026年11月24日',
      to: ['各科室'],
      copies: [],
      blocks: [{ block: 'text', text: '回'.repeat(28 * 66) }],
      missing: [],
      from: [],
    };
    const pdf =
      kind === 'PDF' ? await typesetPdf(paper, {}) : await docxToPdf(office ?? '', await renderDocx(paper, {}));
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-layout-'));
    try {
      writeFileSync(join(folder, 'a.pdf'), pdf);
      const pages = execFileSync('pdftotext', ['-layout', join(folder, 'a.pdf'), '-'], { encoding: 'utf8' }).split(
        '\f',
      );
      const lines = (page = '') =>
        page
          .split('\n')
          .filter(l => /回/.test(l))
          .map(l => l.replaceAll(/[^回]/g, '').length);
      expect(lines(pages[1])).toEqual(Array.from({ length: 22 }, () => 28));
      expect(pages.slice(0, 3).map(p => /—\s*(\d)\s*—/.exec(p)?.[1])).toEqual(['1', '2', '3']);
      expect(pages[0]?.replaceAll(' ', '')).toContain('〔2026〕1号');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
