/** Briefs, ledgers and forms outside cases of every institution, made from its worked days: golden text, nothing lacking. */
import { createHash } from 'node:crypto';
import { type Brief, briefPaper, documentOf, draftBrief, readText, spanAround, writeText } from '#report';
import { formatInstant } from '#core/calendar';
import { describe, expect, test } from 'vitest';
import type { Hall } from '../../src/web/state.ts';
import { briefMaterial } from '../../src/web/view/briefs.ts';
import { paperNames } from '../../src/web/view/paper-names.ts';
import { housePapers } from '../../src/web/view/papers.ts';
import { bookOf, daysOf, heldInstitutions } from '../days/day.ts';
import { hallOfDay } from './day-hall.ts';
import { papersOfDay } from './day-papers.ts';
import { pageOf } from './page-text.ts';

const hash = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** The weekly brief over the last thing that happened, and a special brief on its case. */
function briefsOf(hall: Hall) {
  const last = hall.events.at(-1);
  if (!last) return [];
  const day = last.at.slice(0, 10);
  const abouts = [
    { kind: 'weekly' as const, ...spanAround('weekly', day) },
    { kind: 'zero' as const, from: day, to: day },
    ...(last.case === undefined ? [] : [{ kind: 'special' as const, from: day, to: day, case: last.case }]),
  ];
  return abouts.map(about => {
    const drafted = draftBrief(briefMaterial(hall, about, hall.now, []), paperNames(hall), {}, hash);
    const text = writeText(drafted.text);
    const at = formatInstant(hall.now);
    const draft = {
      id: 'd',
      type: 'draft.written',
      at,
      recordedAt: at,
      by: { unit: 'office', role: 'head' },
      data: {},
    };
    const brief: Brief = {
      document: documentOf(about),
      about,
      versions: 1,
      draft,
      hash: hash(text),
      text,
      read: readText(text),
      signed: [],
      sent: [],
      received: [],
    };
    return { paper: briefPaper(brief, paperNames(hall), drafted.annex, hash), text };
  });
}

describe.each(heldInstitutions())('%s', institution => {
  const halls = daysOf(institution).flatMap(day => {
    const hall = hallOfDay(day);
    return hall ? [{ day, hall, papers: housePapers(hall), briefs: briefsOf(hall) }] : [];
  });

  test('says what it said', async () => {
    const text = halls.flatMap(({ day, papers, briefs }) => [
      `=== ${day.name}`,
      ...papers.map(pageOf),
      ...briefs.map(b => pageOf(b.paper)),
    ]);
    await expect(`${text.join('\n\n')}\n`).toMatchFileSnapshot(`golden/${institution}-house.txt`);
  });
  test('every form and ledger of the regulation is a paper of some worked day', () => {
    const rules = bookOf(institution).rules.flatMap(r => (r.kind === 'form' || r.kind === 'ledger' ? [r] : []));
    const made = [
      ...halls.flatMap(h => h.papers.map(p => p.id)),
      ...halls.flatMap(h => [...papersOfDay(h.day).values()].flat().map(p => p.id)),
    ];
    const lacking = rules.filter(r => !made.some(id => id === `ledger-${r.name}` || id.startsWith(`form-${r.name}-`)));
    expect([...new Set(lacking.map(r => r.name))].filter(name => !NEVER_FILLED.has(name))).toEqual([]);
  });
  test('every label is Chinese, and a brief fits into one entry', () => {
    const papers = halls.flatMap(h => [...h.papers, ...h.briefs.map(b => b.paper)]);
    const labels = papers.flatMap(p =>
      p.blocks.flatMap(b => (b.block === 'boxes' ? b.rows.map(r => r.label) : b.block === 'table' ? b.heads : [])),
    );
    expect(
      [...new Set([...labels, ...papers.flatMap(p => p.missing), ...papers.map(p => p.title)])].filter(
        l => !/[\u4e00-\u9fff]/.test(l),
      ),
    ).toEqual([]);
    for (const { briefs } of halls) for (const { text } of briefs) expect(text.length).toBeLessThan(20_000);
  });
});
/** The routine picture is a brief; no worked day issues one, the desk's tests do. */
const NEVER_FILLED = new Set(['daily-picture']);
