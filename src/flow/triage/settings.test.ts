import { expect, test } from 'vitest';
import { faultsOfSettings, readTriageSettings, type SettingsFault, TRIAGE_DEFAULTS } from './settings.ts';

test('what the product comes with is in order', () => {
  expect(faultsOfSettings(TRIAGE_DEFAULTS)).toEqual([]);
  expect(readTriageSettings(undefined)).toEqual(TRIAGE_DEFAULTS);
});

test.each<[string, object, readonly SettingsFault[], string]>([
  // setting, value, faults, why
  ['keepPassedDays', { keepPassedDays: 60 }, [], 'two months of what went by'],
  ['keepPassedDays', { keepPassedDays: 61 }, ['keep'], 'longer than two months'],
  ['keepTextDays', { keepTextDays: 366 }, [], 'a year can be held against the one before it'],
  ['keepTextDays', { keepTextDays: 365 }, ['keepTexts'], 'a leap year would be cut short'],
  ['keepTextDays', { keepTextDays: 3653 }, [], 'as long as files of a case are kept'],
  ['keepTextDays', { keepTextDays: 3654 }, ['keepTexts'], 'longer than files of a case'],
  ['keepTextDays', { keepTextDays: 1096.5 }, ['keepTexts'], 'not whole days'],
  ['keepTextDays', { keepTextDays: Number.NaN }, ['keepTexts'], 'not a number'],
  ['drill', { drill: 9 }, ['drill'], 'too few to say anything'],
  ['sameMatter', { sameMatter: 0.2, drill: 9 }, ['matter', 'drill'], 'every fault at once'],
])('%s: %j is refused as %j (%s)', (_setting, value, faults) => {
  expect(faultsOfSettings({ ...TRIAGE_DEFAULTS, ...value })).toEqual(faults);
});

test.each<[object, number, string]>([
  // stored, days, why
  [{ keepTextDays: 400 }, 400, 'as somebody entered it'],
  [{ keepPassedDays: 5 }, 1096, 'kept before there was the setting'],
  [{ keepTextDays: 0 }, 1096, 'would delete everything'],
  [{ keepTextDays: -1 }, 1096, 'would delete what is yet to come'],
  [{ keepTextDays: '400' }, 1096, 'not a number'],
  [{ keepTextDays: null }, 1096, 'nothing'],
])('stored %j keeps words for %i days: %s', (stored, days) => {
  expect(readTriageSettings(stored).keepTextDays).toBe(days);
});
