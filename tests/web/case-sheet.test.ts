/** The environment bureau's handling sheet, step by step as its text has it; books without such a sheet have no such page. */
import { join } from 'node:path';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRulebook } from '#core/rulebook';
import { sheetsOf } from '../../src/web/view/sheets.ts';
import { ROOT } from './house.ts';
import { bare, openStage, type Staged } from './staged.ts';

let stage: Staged;
let path = '';
beforeAll(async () => {
  stage = await openStage({
    rulebook: 'environment',
    day: join(ROOT, 'rulebooks/environment/days/calls-and-orders'),
    name: { zh: '清江市示例生态环境局', en: 'Example environment bureau' },
    at: '2026-07-06 09:00',
    from: '2026-07-01',
  });
});
afterAll(() => stage.close());

const books = readdirSync(join(ROOT, 'rulebooks')).filter(n => statSync(join(ROOT, 'rulebooks', n)).isDirectory());
test('which texts have a sheet, and its steps in the order of their clauses', () => {
  const found = books.flatMap(name => {
    const text = readFileSync(join(ROOT, 'rulebooks', name, 'rulebook.md'), 'utf8');
    const read = readRulebook({ file: 'rulebook.md', text, digest: 'x' });
    if (!read.ok) throw new Error(name);
    return sheetsOf(read.rulebook).map(s => [
      `${name} ${s.form}`,
      s.steps.map(x => `${x.step} ${'rule' in x ? (x.rule.clauses[0] ?? '') : x.clause}`).join(', '),
    ]);
  });
  expect(Object.fromEntries(found)).toMatchObject({
    'environment handling-sheet': 'part F-1.2.1a, signed F-1.2.1b, passed F-1.2.1c, part F-1.2.1f, returned F-1.2.1g',
  });
});

test('a part is filled with its number, the second time only what is missing is asked; nothing half-filled is stored', async () => {
  const section = await stage.as('publicity-section/head');
  const opened = await section.post(
    '/cases/new',
    { how: 'finding', subject: '河水有异味', concerns: ['water-section'], origin: 'own-watch', matter: 'complaint' },
    { tokenFrom: '/desk' },
  );
  path = (opened.headers.get('location') ?? '').split('?')[0] ?? '';
  const sheet = `${path}/sheet/handling-sheet`;
  expect(await section.text(path)).toContain(`href="${sheet}"`);
  const before = (await stage.log()).length;
  const half = await section.post(
    sheet,
    { part: '1', 'field.item': '河水有异味', number: '1' },
    { tokenFrom: '/desk' },
  );
  expect([half.status, (await stage.log()).length]).toEqual([422, before]);
  expect(await half.text()).toContain('河水有异味');
  const full = { part: '1', 'field.item': '河水有异味', 'field.proposed-action': '转水科核查', number: '1' };
  expect((await section.post(sheet, full, { tokenFrom: '/desk' })).headers.get('location')).toContain(sheet);
  expect((await stage.log()).at(-1)).toMatchObject({
    type: 'form.filled',
    data: {
      form: 'handling-sheet',
      number: '1',
      fields: { item: '河水有异味', 'proposed-action': '转水科核查' },
    },
  });
  const page = await section.text(sheet);
  expect(bare(page)).toContain('转水科核查');
  expect(page).not.toContain('name="field.item"');
  expect(page).toContain('name="field.assessment"');
  // The same press again stores nothing.
  expect((await section.post(sheet, full, { tokenFrom: '/desk' })).status).toBe(422);
  expect((await section.get(`${path}/sheet/nothing`)).status).toBe(404);
  expect(stage.faults).toEqual([]);
});
