/** Up the ladder that each regulation gives: every step is an office of the institution, each once, who owes it never again. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeCalendar } from '#core/calendar';
import { readRulebook } from '#core/rulebook';
import { describe, expect, test } from 'vitest';
import { prepareBook } from './book.ts';
import { escalationChain, officesOf } from './escalation.ts';
import type { Setup } from './setup.ts';

const ROOT = fileURLToPath(new URL('../../../rulebooks/', import.meta.url));
function bookOf(folder: string) {
  const days = `${ROOT}${folder}/days`;
  const [first = ''] = readdirSync(days);
  const setup = JSON.parse(readFileSync(`${days}/${first}/setup.json`, 'utf8')) as Setup;
  const read = readRulebook({
    file: 'rulebook.md',
    text: readFileSync(`${ROOT}${folder}/rulebook.md`, 'utf8'),
    digest: 'sha256:0',
  });
  if (!read.ok) throw new Error(folder);
  return prepareBook(read.rulebook, setup, makeCalendar([], setup.officeHours));
}
const text = (steps: readonly (readonly { unit: string; role: string }[])[]): string[] =>
  steps.map(step => step.map(o => `${o.unit}/${o.role}`).join('+'));

describe('the chain', () => {
  test.each(readdirSync(ROOT).filter(f => !f.includes('.') && f !== 'blank' && f !== 'national-response'))(
    '%s: every duty climbs over offices that exist, each once',
    folder => {
      const book = bookOf(folder);
      for (const duty of book.of('duty')) {
        const [who] = duty.who;
        const role =
          who?.party === 'office'
            ? `${who.unit}/${who.role}`
            : who?.party === 'role'
              ? who.role
              : who?.party === 'unit'
                ? who.unit
                : undefined;
        if (role === undefined) continue;
        const owed = { clause: duty.clauses[0] ?? '', role };
        const first = text([officesOf(book, owed)]).join();
        const all = text(escalationChain(book, owed)).flatMap(s => s.split('+'));
        expect(new Set(all).size, duty.name).toBe(all.length);
        expect(
          all.filter(o => first.split('+').includes(o)),
          duty.name,
        ).toEqual([]);
        for (const office of all)
          expect(
            book.setup.roles.map(r => `${r.unit}/${r.role}`),
            duty.name,
          ).toContain(office);
      }
    },
  );

  test('the court: the publicist, the head of the office, then who signs, step by step', () => {
    const book = bookOf('court');
    expect(text(escalationChain(book, { clause: 'A-4.H3c', role: 'research-office/publicist' })))
      .toMatchInlineSnapshot(`
        [
          "research-office/head",
          "court/in-charge-leader",
          "court/top-leader",
        ]
      `);
  });
});
