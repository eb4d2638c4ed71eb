/**
 * What Huiyin refuses to build cannot be said in its vocabulary, its tables, its routes or its rulebooks.
 * REFUSALS.md names these tests; each reads the real artefact, not a list kept beside it.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface TypeSchema {
  readonly properties: {
    readonly type: { readonly const: string };
    readonly data: { readonly properties?: Readonly<Record<string, { readonly enum?: readonly string[] }>> };
  };
}
const schema = JSON.parse(read('docs/specs/events.schema.json')) as { oneOf: readonly TypeSchema[] };

/** Acting on somebody's speech, or on who spoke. `publication.withdrawn` and `body.erased` are about our own texts. */
const ACTS_ON_SPEECH =
  /\b(delete|remove|hide|block|filter|mute|report-post|take-?down|ban|suspend|comment-as|persona|identify|profile|trace|refer-speaker|flag-post)\b/;
/** Words that name a private person or lead to one. Whole words; staff appear as office, or as a code in `role.assigned`. */
const IDENTITY =
  /^(author|authors|netizen|poster|uid|account|accounts|handle|complainant|petitioner|caller|address|real_?name|user_?name|nick_?name|id_?card|id_?number|phone|phone_?number|mobile|mobile_?number|weibo_?id|openid|open_?id|sender|sender_?name|contact_?name)$/i;
const kebab = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1_$2');

test('no event type acts on a post, an account or a speaker', () => {
  expect(schema.oneOf.length).toBe(119);
  expect(
    schema.oneOf.map(t => t.properties.type.const).filter(name => ACTS_ON_SPEECH.test(name.replaceAll('.', '-'))),
  ).toEqual([]);
});

test('no event field holds the identity of a private person', () => {
  const fields = schema.oneOf.flatMap(t =>
    Object.keys(t.properties.data.properties ?? {}).map(field => `${t.properties.type.const} ${field}`),
  );
  expect(fields.filter(f => IDENTITY.test(kebab(f.split(' ')[1] ?? '')))).toEqual([]);
});

test('no closed value of any field is an act on speech', () => {
  const values = schema.oneOf.flatMap(t =>
    Object.values(t.properties.data.properties ?? {}).flatMap(p => p.enum ?? []),
  );
  expect(values.length).toBeGreaterThan(50);
  expect(values.filter(v => typeof v === 'string' && ACTS_ON_SPEECH.test(v))).toEqual([]);
});

test('no table has a column for the identity of somebody who spoke', () => {
  const files = globSync('src/io/store/sql/*.sql', { cwd: root });
  expect(files.length).toBeGreaterThan(0);
  const columns = files.flatMap(file =>
    [...read(file).matchAll(/^\s{2,}"?([a-z_]+)"?\s+(?:text|bytea|jsonb|varchar|citext)\b/gim)].map(m => m[1] ?? ''),
  );
  expect(columns.length).toBeGreaterThan(20);
  expect(columns.filter(c => IDENTITY.test(c))).toEqual([]);
});

test('no page or action of the desk acts on speech', () => {
  const files = globSync('src/web/**/*.{ts,tsx}', { cwd: root }).filter(f => !f.includes('.test.'));
  expect(files.length).toBeGreaterThan(5);
  const routes = files.flatMap(f =>
    [...read(f).matchAll(/\.(?:get|post|put|delete|all)\(\s*['"`]([^'"`]+)['"`]/g)].map(m => m[1] ?? ''),
  );
  expect(routes.length).toBeGreaterThan(10);
  expect(routes.filter(r => ACTS_ON_SPEECH.test(r.toLowerCase()))).toEqual([]);
});

test('every clause that orders such things is declined, with a reason and a lawful substitute', () => {
  const table = JSON.parse(read('rulebooks/clauses.json')) as { id: string; institution: string; kind: string }[];
  const declined = table.filter(
    row => row.kind === 'DECLINED' && existsSync(join(root, 'rulebooks', row.institution, 'rulebook.md')),
  );
  expect(declined.length).toBeGreaterThan(0);
  for (const row of declined) {
    const book = read(`rulebooks/${row.institution}/rulebook.md`);
    const blocks = [...book.matchAll(/^```(declined|不执行) ([^\n]+)\n([\s\S]*?)^```/gm)];
    const block = blocks.find(b => (b[2] ?? '').split(/\s+/).includes(row.id));
    expect(block, `${row.id} has no declined block`).toBeDefined();
    expect(block?.[3], row.id).toMatch(/^(why|缘由)\s*[:：]\s*\S/m);
    expect(block?.[3], row.id).toMatch(/^(instead|替代)\s*[:：]\s*\S/m);
  }
});
