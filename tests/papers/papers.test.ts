/** The papers of every institution, made from its worked days: golden text, complete labels, nothing of a private person. */
import { strFromU8, unzipSync } from 'fflate';
import type { Paper } from '#core/paper';
import { handlingCopy } from '#core/paper';
import { renderDocx } from '#io/documents';
import { describe, expect, test } from 'vitest';
import { bookOf, daysOf, heldInstitutions } from '../days/day.ts';
import { papersOfDay } from './day-papers.ts';
import { pageOf } from './page-text.ts';

/** Forms that no worked day fills: ledgers of the institution outside every case, kept on pages of their own. */
const OUTSIDE_CASES = new Set([
  'daily-picture',
  'own-channel-register',
  'column-owner',
  'hidden-trouble-register',
  'commendation-or-circular',
  'commendation-list',
  'handling-appraisal',
  'supervision-list',
  'secrecy-incident',
]);

describe.each(heldInstitutions())('%s', institution => {
  const days = daysOf(institution).map(day => ({ day, papers: papersOfDay(day) }));
  const all = days.flatMap(d => [...d.papers.values()].flat());

  test('says what it said', async () => {
    const text = days.flatMap(({ day, papers }) =>
      [...papers].slice(0, 2).flatMap(([key, own]) => [`=== ${day.name} ${key}`, ...own.map(pageOf)]),
    );
    await expect(`${text.join('\n\n')}\n`).toMatchFileSnapshot(`golden/${institution}.txt`);
  });
  test('every form of a case is a paper of some worked day', () => {
    const forms = bookOf(institution).rules.flatMap(r => (r.kind === 'form' ? [r.name] : []));
    const made = new Set(all.map(p => p.id));
    const lacking = [...new Set(forms)].filter(
      form => !OUTSIDE_CASES.has(form) && ![...made].some(id => id.startsWith(`form-${form}-`)),
    );
    expect(lacking).toEqual([]);
  });
  test('every label is Chinese', () => {
    const labels = all.flatMap(p =>
      p.blocks.flatMap(b => (b.block === 'boxes' ? b.rows.map(r => r.label) : b.block === 'table' ? b.heads : [])),
    );
    expect([...new Set([...labels, ...all.flatMap(p => p.missing)])].filter(l => !/[\u4e00-\u9fff]/.test(l))).toEqual(
      [],
    );
  });
  test('Word files hold every word of their papers', async () => {
    for (const paper of all.slice(0, 12)) {
      const files = unzipSync(await renderDocx(paper, { redHead: '某单位' }));
      const xml = strFromU8(files['word/document.xml'] ?? new Uint8Array());
      const words = xml
        .replaceAll(/<[^>]+>/g, '')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&');
      for (const block of paper.blocks)
        if (block.block === 'text') expect(words).toContain(block.text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
      expect(words).toContain(paper.title);
    }
  });
});

test('a long paper is laid out in a process of its own and says as much', async () => {
  const rows = Array.from({ length: 1100 }, (_, i) => [String(i + 1), '事项', `第${i + 1}件`]);
  const paper: Paper = {
    id: 'long',
    layout: 'list',
    title: '长表',
    issuer: '某局',
    date: '2026年11月24日',
    to: [],
    copies: [],
    blocks: [{ block: 'table', heads: ['序号', '种类', '事项'], rows }],
    missing: [],
    from: [],
  };
  const files = unzipSync(await renderDocx(paper, {}));
  expect(strFromU8(files['word/document.xml'] ?? new Uint8Array())).toContain('第1100件');
});

test('the copy for a handling unit has no box through which the caller could be reached', () => {
  const intake = daysOf('environment')
    .flatMap(day => [...papersOfDay(day).values()].flat())
    .find(p => p.id.startsWith('form-call-intake'));
  if (!intake) throw new Error('no call was taken');
  const labels = (p: Paper) => p.blocks.flatMap(b => (b.block === 'boxes' ? b.rows.map(r => r.label) : []));
  expect(labels(intake)).toContain('媒体联系方式（编辑部）');
  expect(labels(handlingCopy(intake))).not.toContain('媒体联系方式（编辑部）');
});
