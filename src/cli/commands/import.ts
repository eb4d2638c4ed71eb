/** `huiyin import`: rows of a workbook, CSV or NDJSON become findings; every row is accounted for. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Mapping, mapColumns, mappingProblem, readRow, type Target, TARGETS } from '#watch';
import { type Command, type Context, EXIT, InputRefused, UsageError } from '../command.ts';
import { linesOf } from '../items.ts';
import { requireRulebook } from '../rulebook-files.ts';
import type { ImportedItem, StoreCommands } from '../world.ts';
import { withStore } from '../with-store.ts';

const ORIGINS = ['hotline', 'petition', 'agency', 'media', 'paste', 'superior', 'lower-body'];
const BATCH = 500;

export const command: Command = {
  name: 'import',
  summary: 'take in a hotline export',
  help: `
huiyin import <file|-> [--map M] [--origin hotline] --institution K [--dry-run] [--json]

A workbook, CSV or NDJSON. Columns are recognised by their headings; --map FILE gives {"heading":"id|title|text|publishedAt|outlet|url|ignore"}.
Columns that name a private person are named, dropped before anything is stored, and counted. Numbers of persons in texts are masked.
A refused row stops nothing. The same file or row a second time adds nothing.`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        map: { type: 'string' },
        origin: { type: 'string' },
        institution: { type: 'string' },
        'dry-run': { type: 'boolean' },
        json: { type: 'boolean' },
      },
      strict: true,
      allowPositionals: true,
    });
    const [file, more] = positionals;
    if (file === undefined || more !== undefined) throw new UsageError('name one file, or - for standard input');
    const origin = values.origin ?? 'hotline';
    if (!ORIGINS.includes(origin)) throw new UsageError(`--origin is one of ${ORIGINS.join(', ')}`);
    const institution = values.institution;
    if (institution === undefined) throw new UsageError('--institution is needed');
    const bytes = await readInput(file, context);
    const table = await readTable(bytes, file, context);
    const columns = mapColumns(table.headings, values.map === undefined ? {} : readMapping(values.map));
    const problem = mappingProblem(columns);
    if (problem)
      throw new InputRefused([
        { file, line: 1, code: 'HY-I2', message: `${problem}.`, mend: 'Give --map with {"heading":"text"}.' },
      ]);
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

    return withStore(context, async store => {
      await openInstitution(store, institution, context.root);
      const count = { imported: 0, duplicates: 0, refused: 0 };
      for (let start = 0; start < table.rows.length; start += BATCH) {
        const results: Record<number, { result: string; id?: string; reason?: string }> = {};
        const items: { n: number; item: ImportedItem }[] = [];
        table.rows.slice(start, start + BATCH).forEach((row, i) => {
          const n = start + i + 1;
          const read = 'fault' in row ? { refused: String(row.fault) } : readRow(row.cells, columns.mapping);
          if ('refused' in read) results[n] = { result: 'refused', reason: read.refused };
          else items.push({ n, item: itemOf(read, origin) });
        });
        const taken = values['dry-run']
          ? undefined
          : await store.takeIn(
              institution,
              items.map(i => i.item),
            );
        items.forEach(({ n }, i) => {
          const of = taken?.[i];
          results[n] =
            of === undefined
              ? { result: 'imported' }
              : { result: of.result === 'known' ? 'duplicate' : 'imported', id: of.id };
        });
        let out = '';
        for (const [n, r] of Object.entries(results).sort(([a], [b]) => Number(a) - Number(b))) {
          count[r.result === 'imported' ? 'imported' : r.result === 'duplicate' ? 'duplicates' : 'refused']++;
          if (values.json || r.result === 'refused') out += `${JSON.stringify({ line: 'row', n: Number(n), ...r })}\n`;
        }
        await context.out(out);
      }
      if (!values['dry-run'])
        await store.putImportRun(institution, {
          digest,
          fileName: basename(file),
          rows: table.rows.length,
          ...count,
          dropped: columns.dropped,
        });
      await context.out(
        `${JSON.stringify({ line: 'import', rows: table.rows.length, ...count, dropped: columns.dropped, digest })}\n`,
      );
      return EXIT.yes;
    });
  },
};

/** An institution of the store; an empty store takes in the first one whose rulebook is here, so that an export can come before the desk. */
async function openInstitution(store: StoreCommands, id: string, root: string): Promise<void> {
  const there = await store.institutions();
  if (there.includes(id)) return;
  const folder = join(root, 'rulebooks', id);
  if (there.length > 0 || !existsSync(join(folder, 'rulebook.md')))
    throw new UsageError(`there is no institution "${id}" in this store; there are ${there.join(', ') || 'none'}`);
  const { title } = requireRulebook(folder);
  await store.addInstitution({ id, titleZh: title.zh, titleEn: title.en });
}
function itemOf(
  row: { readonly id?: string; readonly title: string; readonly text: string; readonly publishedAt?: number },
  origin: string,
): ImportedItem {
  return {
    source: origin,
    origin,
    title: row.title,
    text: row.text,
    keeps: 'everything',
    ...(row.id === undefined ? {} : { ref: row.id }),
    ...(row.publishedAt === undefined ? {} : { publishedAt: row.publishedAt }),
  };
}
async function readInput(file: string, context: Context): Promise<Uint8Array> {
  if (file === '-') return context.stdin();
  try {
    return readFileSync(file);
  } catch {
    throw new UsageError(`${file} cannot be read`);
  }
}

interface Rows {
  readonly headings: readonly string[];
  readonly rows: readonly ({ readonly cells: Readonly<Record<string, unknown>> } | { readonly fault: string })[];
}
async function readTable(bytes: Uint8Array, file: string, context: Context): Promise<Rows> {
  const first = bytes.find(b => b !== 0x20 && b !== 0x0a && b !== 0x0d && b !== 0xef && b !== 0xbb && b !== 0xbf);
  if (first === 0x7b) return readLines(bytes, file);
  const table = await context.world.readTable(bytes);
  if ('fault' in table) throw new InputRefused([{ file, line: 1, code: 'HY-I1', message: `${table.fault}.` }]);
  return { headings: table.headings, rows: table.rows.map(cells => ({ cells })) };
}
/** NDJSON row by row: a line that is none is refused, the others go on. */
function readLines(bytes: Uint8Array, file: string): Rows {
  const headings = new Set<string>();
  const rows = linesOf(bytes, file).map(({ text }) => {
    try {
      const cells = JSON.parse(text) as unknown;
      if (typeof cells === 'object' && cells !== null && !Array.isArray(cells)) {
        for (const key of Object.keys(cells)) headings.add(key);
        return { cells: cells as Record<string, unknown> };
      }
    } catch {
      // told below
    }
    return { fault: 'the line is not one JSON object' };
  });
  return { headings: [...headings], rows };
}
function readMapping(file: string): Mapping {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read as a mapping: ${(error as Error).message}`);
  }
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const wrong = entries.filter(([, target]) => !TARGETS.includes(target as Target));
  if (wrong.length > 0)
    throw new InputRefused(
      wrong.map(([heading, target]) => ({
        file,
        line: 1,
        code: 'HY-I3',
        message: `"${heading}" is mapped to "${String(target)}"; there are ${TARGETS.join(', ')}.`,
      })),
    );
  return Object.fromEntries(entries) as Mapping;
}
