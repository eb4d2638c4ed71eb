import { expect, test } from 'vitest';
import { confidenceOf, type KnownDates } from './dates-of.ts';

const at = (text: string): number => Date.parse(`2026-${text.replace(' ', 'T')}:00+08:00`);
const seen = at('11-02 08:00');
test.each<[string, Omit<KnownDates, 'firstSeenAt'>, string, string | undefined]>([
  [
    'feed and page say the same day',
    { claimedAt: at('11-01 23:01'), extractedAt: at('11-01 00:00') },
    'agreed',
    '11-01 23:01',
  ],
  ['only the feed says', { claimedAt: at('11-01 23:01') }, 'claimed', '11-01 23:01'],
  ['only the page says', { extractedAt: at('10-30 09:00') }, 'extracted', '10-30 09:00'],
  [
    'they differ by months: the earlier, and both shown',
    { claimedAt: at('11-01 23:01'), extractedAt: at('05-09 09:00') },
    'disagree',
    '05-09 09:00',
  ],
  ['the feed claims tomorrow', { claimedAt: at('11-03 09:00') }, 'unknown', undefined],
  ['nobody says, new since an hour ago', { notBefore: at('11-02 07:00') }, 'between', '11-02 08:00'],
  ['nobody says, the reading before was a week ago', { notBefore: at('10-26 07:00') }, 'unknown', undefined],
  ['nobody says, there at the first reading: on no day, not on the day of collection', {}, 'unknown', undefined],
])('%s', (_what, known, confidence, moment) => {
  expect(confidenceOf({ ...known, firstSeenAt: seen })).toEqual({
    confidence,
    ...(moment === undefined ? {} : { at: at(moment) }),
  });
});
