import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeCalendar, readTable, type HolidayTable } from '#core/calendar';
import { VOCABULARY, type FieldShape, type HuiyinEvent } from '#core/log';
import { readRulebook, type Rulebook } from '#core/rulebook';
import { nextWake, linesOf, prepareBook, readSetup, replay, why, type Setup } from './index.ts';

const root = new URL('../../../', import.meta.url).pathname;
const tables = globSync(join(root, 'calendars/cn-*.json')).map(
  f => readTable(JSON.parse(readFileSync(f, 'utf8'))) as HolidayTable,
);
const calendar = makeCalendar(tables, [{ opens: '08:30', closes: '17:30' }]);
const years = new Set(tables.map(t => t.year));

interface Institution {
  readonly book: Rulebook;
  readonly setup: Setup;
  /** Words of the book itself, so that random values often mean something to its rules. */
  readonly words: readonly string[];
}
/** Every rulebook of the repository with the setup of one of its worked days, moved to a week in September. */
const institutions: readonly Institution[] = globSync(join(root, 'rulebooks/*/rulebook.md'))
  .sort()
  .flatMap(file => {
    const text = readFileSync(file, 'utf8');
    const read = readRulebook({ file: basename(dirname(file)), text, digest: `sha256:${'0'.repeat(64)}` });
    const [day] = globSync(join(dirname(file), 'days/*/setup.json')).sort();
    if (!read.ok || day === undefined) return [];
    const value = JSON.parse(readFileSync(day, 'utf8')) as Record<string, unknown>;
    const setup = readSetup({ ...value, period: { from: '2026-09-18', to: '2026-09-22' } }, read.rulebook, years);
    const words = [...new Set(text.match(/\b[a-z][a-z-]{2,40}\b/g) ?? [])];
    return setup.ok ? [{ book: read.rulebook, setup: setup.setup, words }] : [];
  });

const at = (minute: number): string => `${new Date(Date.UTC(2026, 8, 18, 8, minute)).toISOString().slice(0, 19)}+08:00`;
const minute = fc.integer({ min: 0, max: 4000 });

function valueOf(shape: FieldShape, { setup, words, book }: Institution): fc.Arbitrary<unknown> {
  if (shape.list) return fc.array(valueOf({ ...shape, list: false }, { setup, words, book }), { maxLength: 3 });
  const unit = fc.constantFrom(...setup.units.map(u => u.key));
  switch (shape.kind) {
    case 'enum':
      return fc.constantFrom(...(shape.values ?? ['x']));
    case 'key':
    case 'keys':
      return fc.oneof(unit, fc.constantFrom(...words));
    case 'id':
      return fc.integer({ min: 0, max: 30 }).map(n => `e${n}`);
    case 'clause':
      return fc.constantFrom(...book.clauses.map(c => c.id));
    case 'hash':
      return fc.integer({ min: 0, max: 2 }).map(n => `sha256:${String(n).padStart(64, '0')}`);
    case 'instant':
      return minute.map(at);
    case 'date':
      return minute.map(m => at(m).slice(0, 10));
    case 'integer':
    case 'number':
      return fc.integer({ min: 0, max: 4 });
    case 'boolean':
      return fc.boolean();
    case 'form':
      return fc.dictionary(fc.constantFrom(...words), fc.constantFrom('x', null), { maxKeys: 4 });
    case 'slots':
      return fc.constant([{ from: at(0), to: at(600), role: 'head' }]);
    case 'stages':
      return fc.constant([{ on: '2026-09-18', what: 'x' }]);
    case 'asks':
      return fc.constantFrom('send-facts', 'have-post-deleted', 'comment-as').map(act => [{ ask: 'a', act }]);
    case 'spans':
      return fc.constant([]);
    case 'object':
      return fc.constant({});
    case 'event-type':
      return fc.constant('report.made');
    default:
      return fc.constantFrom('x', '日前发生,因为磨损。', '已于9月1日办结');
  }
}

function anyEvent(institution: Institution): fc.Arbitrary<Omit<HuiyinEvent, 'id'>> {
  const { setup, book } = institution;
  const grades = book.rules.filter(r => r.kind === 'grades');
  const graded = grades.map(g =>
    fc.record({
      scale: fc.constant(g.name),
      value: fc.constantFrom(...(g.values.length > 0 ? g.values : ['major'])),
      reason: fc.constant('x'),
    }),
  );
  return fc.constantFrom(...VOCABULARY.values()).chain(shape => {
    const fields = fc.record(Object.fromEntries(shape.fields.map(f => [f.name, valueOf(f, institution)])), {
      requiredKeys: shape.fields.filter(f => !f.optional).map(f => f.name),
    });
    const data = shape.type === 'classification.set' && graded.length > 0 ? fc.oneof(...graded) : fields;
    const office = fc.constantFrom(...setup.roles.map(r => ({ unit: r.unit, role: r.role })));
    const late = fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 600 }) },
    );
    const where = fc.constantFrom('C1', 'C1', 'C2', undefined);
    return fc.record({ m: minute, late, where, by: office, data }).map(e => ({
      ...(e.where === undefined ? {} : { case: e.where }),
      type: shape.type,
      at: at(e.m),
      recordedAt: at(e.m + e.late),
      by: e.by,
      data: e.data as HuiyinEvent['data'],
    }));
  });
}

test('there are rulebooks to try', () => {
  expect(institutions.length).toBeGreaterThanOrEqual(8);
});
test.each(institutions.map(i => [i.book.institution, i] as const))(
  '%s: whatever is entered, every line can be written and explained',
  (_name, institution) => {
    const prepared = prepareBook(institution.book, institution.setup, calendar);
    const log = fc
      .array(anyEvent(institution), { maxLength: 40 })
      .map(events => events.map((e, i): HuiyinEvent => ({ ...e, id: `e${i}` })));
    fc.assert(
      fc.property(
        log,
        fc.integer({ min: 0, max: 6000 }),
        fc.constantFrom(...institution.book.clauses.map(c => c.id)),
        (events, m, clause) => {
          const now = Date.parse(at(m));
          const result = replay(prepared, events, now);
          for (const line of linesOf(result)) {
            expect(JSON.stringify(line)).not.toContain('NaN');
            if (line.line === 'obligation') expect(line.elapsedSeconds).toBeGreaterThanOrEqual(0);
          }
          const wake = nextWake(result);
          if (wake !== undefined) expect(wake).toBeGreaterThan(now);
          expect(why(result, { clause })).toBeDefined();
        },
      ),
      { numRuns: 200 },
    );
  },
);
