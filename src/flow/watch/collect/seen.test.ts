import { expect, test } from 'vitest';
import { freshOf } from './seen.ts';

const pad = (text: string): string => text.padEnd(8, '.');
const read = (items: string, before: string) => freshOf(items.split(' ').filter(Boolean), pad, before);

test('only what is new is handed on, each once', () => {
  const first = read('a b c', '');
  expect(first.fresh).toEqual(['a', 'b', 'c']);
  const second = read('d d a b', first.seen);
  expect(second.fresh).toEqual(['d']);
  // c has left the feed and comes back: it is still remembered.
  expect(read('c a', second.seen).fresh).toEqual([]);
});
test('a feed of many items remembers all of them, and the memory does not grow', () => {
  const many = Array.from({ length: 900 }, (_, i) => `i${i}`).join(' ');
  const first = read(many, '');
  expect(read(many, first.seen).fresh).toEqual([]);
  const later = read('x', first.seen);
  expect(later.seen.length).toBe(600 * 8);
});
