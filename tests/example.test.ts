/** The worked example, wherever it is moved to in time: valid entries, nothing refused, texts that hash, a duty with time left. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { checkEvent, identityIn, validateEvents } from '#core/log';
import { type FlagLine, type ObligationLine, obligations, type RefusedLine } from '#core/obligations';
import { readRulebook } from '#core/rulebook';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCalendar } from '../src/cli/calendar-files.ts';
import { moveTimes, readExample } from '../src/start/example.ts';
import { readSource } from '../src/start/sources.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test.each([
  ['2026-11-24T10:00:00+08:00', 'a Tuesday morning'],
  ['2026-10-04T23:59:00+08:00', 'a holiday night'],
  ['2026-12-31T23:50:00+08:00', 'across a month end, at the end of the year'],
  ['2027-02-01T00:05:00+08:00', 'in a year whose holidays have not been announced'],
  ['2028-02-29T12:00:00+08:00', 'on a leap day'],
])('told as of %s (%s)', at => {
  const now = Date.parse(at);
  const example = readExample(root, now);
  expect(example.events.flatMap(e => checkEvent(e))).toEqual([]);
  expect(example.events.every(e => Date.parse(e.recordedAt) <= now)).toBe(true);
  const read = readRulebook({
    file: 'rulebook.md',
    text: example.institution.rulebook.text,
    digest: example.institution.rulebook.digest,
  });
  if (!read.ok) throw new Error('the petition book cannot be read');
  const { setup } = example.institution;
  const lines = obligations(
    read.rulebook,
    setup,
    example.events,
    readCalendar(root, { officeHours: setup.officeHours }),
    now,
  );
  expect(lines.filter((l): l is RefusedLine => l.line === 'refused')).toEqual([]);
  expect(lines.filter((l): l is FlagLine => l.line === 'flag').map(f => f.flag)).toEqual(['partial-watch']);
  const next = lines.filter(
    (l): l is ObligationLine =>
      l.line === 'obligation' && l.state === 'open' && l.dueAt !== null && l.clause === 'G-4.3c',
  );
  expect(next.map(l => Math.round((Date.parse(l.dueAt ?? '') - now) / 60_000))).toContain(22);
  for (const e of example.events)
    if (e.type === 'draft.written')
      expect(e.data['textHash']).toBe(`sha256:${createHash('sha256').update(String(e.data['text'])).digest('hex')}`);
});

test('as it stands in the repository it is a log that replay takes', () => {
  const text = readFileSync(join(root, 'rulebooks/petition/example/events.ndjson'), 'utf8');
  expect(validateEvents(text, 'events.ndjson').ok).toBe(true);
});

test('its feeds and hotline rows can be read and name nobody', () => {
  const example = readExample(root, Date.parse('2026-11-24T10:00:00+08:00'));
  const items = example.feeds.flatMap(f => {
    const read = readSource(
      'rss',
      {},
      {
        body: new TextEncoder().encode(f.xml),
        url: 'http://forum.qingjiang.example/',
        contentType: 'application/xml',
      },
    );
    return read.ok ? read.items : [];
  });
  expect(items.length).toBeGreaterThan(20);
  for (const item of items) expect([identityIn(item.title), identityIn(item.text)]).toEqual([undefined, undefined]);
  expect(identityIn(example.hotline)).toBeUndefined();
});

test('moving keeps every distance', () => {
  const moved = moveTimes('{"at":"2026-09-16T08:50:00+08:00","from":"2026-09-16"} 2026-09-16 11:20', 36 * 3_600_000);
  expect(moved).toBe('{"at":"2026-09-17T20:50:00+08:00","from":"2026-09-18"} 2026-09-17 23:20');
});
