/**
 * A yearly brief of some 300 pages, from the log to Word and PDF: node bench/report/brief.bench.ts [cases]
 * The cases are one worked day of the petition bureau over and over, spread across the year. Needs a Chinese font for the PDF.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HuiyinEvent } from '#core/log';
import { prepareBook, readSetup, type Setup } from '#core/obligations';
import { canTypeset, renderDocx, typesetPdf } from '#io/documents';
import { type Brief, briefPaper, draftBrief, readText, writeText } from '#report';
import { readCalendar } from '../../src/cli/calendar-files.ts';
import { requireRulebook } from '../../src/cli/rulebook-files.ts';
import type { Hall } from '../../src/web/state.ts';
import { briefMaterial } from '../../src/web/view/briefs.ts';
import { paperNames } from '../../src/web/view/paper-names.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CASES = Number(process.argv[2] ?? 200);
const rulebook = requireRulebook(join(root, 'rulebooks/petition'));
const day = join(root, 'rulebooks/petition/days/routine-and-refusals');
const plain = readCalendar(root);
const read = readSetup(
  JSON.parse(readFileSync(join(day, 'setup.json'), 'utf8')),
  rulebook,
  new Set(plain.tables.keys()),
);
if (!read.ok) throw new Error('the setup has faults');
const setup: Setup = { ...read.setup, period: { from: '2026-01-01', to: '2027-01-01' } };
const calendar = readCalendar(root, { officeHours: setup.officeHours });

const pattern = readFileSync(join(day, 'events.ndjson'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(l => JSON.parse(l) as HuiyinEvent);
const ids = new Set(pattern.map(e => e.id));
const first = Date.parse(pattern[0]?.at ?? '');
const moved = (text: string, by: number): string =>
  new Date(Date.parse(text) + by + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+08:00');
const rename = (v: unknown, n: number): unknown =>
  typeof v === 'string' ? (ids.has(v) ? `${v}-${n}` : v) : Array.isArray(v) ? v.map(x => rename(x, n)) : v;
const events = Array.from({ length: CASES }, (_, n) => {
  const by = Date.parse('2026-01-05T09:00:00+08:00') + (n * 355 * 86_400_000) / CASES - first;
  return pattern.map((e): HuiyinEvent => ({
    ...e,
    id: `${e.id}-${n}`,
    ...(e.case === undefined ? {} : { case: `${e.case}-${n}` }),
    at: moved(e.at, by),
    recordedAt: moved(e.recordedAt, by),
    data: Object.fromEntries(Object.entries(e.data).map(([k, v]) => [k, rename(v, n)])),
  }));
})
  .flat()
  .sort((a, b) => a.recordedAt.localeCompare(b.recordedAt))
  .map((e, i) => ({ ...e, seq: i + 1 }));
const byCase = new Map<string, typeof events>();
for (const e of events) if (e.case !== undefined) byCase.set(e.case, [...(byCase.get(e.case) ?? []), e]);
const now = Date.parse('2027-01-01T00:00:00+08:00');
const institution = { name: { zh: '某市信访局', en: 'Example' }, names: {}, setup };
const hall = {
  institution,
  rulebook,
  book: prepareBook(rulebook, setup, calendar),
  calendar,
  events,
  byId: new Map(events.map(e => [e.id, e])),
  byCase,
  now,
} as unknown as Hall;

/** Most memory of the two that lay out, sampled: they work in processes of their own. */
let typesetter = 0;
let word = 0;
const sampler = setInterval(() => {
  for (const pid of readdirSync('/proc').filter(p => /^\d+$/.test(p)))
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      const held = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
      if (command.includes('typst-worker')) typesetter = Math.max(typesetter, held);
      if (command.includes('docx-worker')) word = Math.max(word, held);
    } catch {
      continue; // it ended while it was looked at
    }
}, 50);

const hash = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const since = (at: bigint): number => Number(process.hrtime.bigint() - at) / 1e9;
const begun = process.hrtime.bigint();
const about = { kind: 'yearly', from: '2026-01-01', to: '2026-12-31' } as const;
const names = paperNames(hall);
const drafted = draftBrief(briefMaterial(hall, about, now, []), names, {}, hash);
const text = writeText(drafted.text);
const draft = {
  id: 'd',
  type: 'draft.written',
  at: '2026-12-31T17:00:00+08:00',
  recordedAt: '2026-12-31T17:00:00+08:00',
  by: { unit: 'office', role: 'head' },
  data: {},
};
const brief: Brief = {
  document: 'brief-yearly-2026-01-01',
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
const paper = briefPaper(brief, names, drafted.annex, hash);
const draftedIn = since(begun);
const held = process.resourceUsage().maxRSS * 1024;
const docx = await renderDocx(paper, {});
const wordIn = since(begun) - draftedIn;
const pdf = canTypeset() ? await typesetPdf(paper, {}) : undefined;
const all = since(begun);
clearInterval(sampler);
const pages =
  pdf === undefined
    ? undefined
    : (
        Buffer.from(pdf)
          .toString('latin1')
          .match(/\/Type\s*\/Page\b(?!s)/g) ?? []
      ).length;
const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
process.stdout.write(
  `${events.length} entries, ${byCase.size} cases, ${text.length} characters signed: drafted in ${draftedIn.toFixed(2)} s, Word in ${wordIn.toFixed(2)} s (${mb(docx.length)}), ` +
    (pdf === undefined
      ? 'no typesetter or no Chinese font here, so no PDF'
      : `PDF of ${pages} pages in ${(all - draftedIn - wordIn).toFixed(2)} s; ${all.toFixed(2)} s in all, most memory ${mb(held)} to draft it, ${mb(word)} where Word is laid out, ${mb(typesetter)} in the typesetter, ${mb(process.resourceUsage().maxRSS * 1024)} here in the end`) +
    '\n',
);
if (pages !== undefined && (pages < 300 || all > 10)) process.exitCode = 1;
