import { expect, test } from 'vitest';
import { book, setup } from './fixtures/day.ts';
import { readSetup } from './index.ts';

const RULES = book(`
Local parameters.
\`\`\`local D-1.5c
local: night-tolerance
unit: minutes
min: 5
max: 60
for: [D-1.5c]
\`\`\`
\`\`\`duty B-4d
duty: reported
starts: finding.recorded
who: group
must: report
done: report.made
within: soft "promptly"
local: first-moment
\`\`\`
`);
const YEARS = new Set([2026]);
const faults = (change: object): string[] => {
  const read = readSetup({ ...setup, ...change }, RULES, YEARS);
  return read.ok
    ? []
    : read.faults.map(f => `${f.path.join('.')} ${f.code} ${f.message}${f.mend === undefined ? '' : ` ${f.mend}`}`);
};

test('a good setup is read; one span of office hours may stand without a list', () => {
  expect(faults({})).toEqual([]);
  const read = readSetup({ ...setup, officeHours: { opens: '08:30', closes: '17:30', label: 'local' } }, RULES, YEARS);
  expect(read.ok && read.setup.officeHours).toHaveLength(1);
});
test.each([
  [{ colour: 1 }, 'colour HY-I3 there is no key "colour" in the setup'],
  [
    { institution: 'court' },
    'institution HY-I7 the setup is for "court", the rulebook for "petition". Give the setup of this institution.',
  ],
  [{ timeZone: 'Europe/Paris' }, 'timeZone HY-I3 "timeZone" must be Asia/Shanghai'],
  [{ calendar: 'cn-2031' }, 'calendar HY-I10 there is no holiday table for 2031'],
  [
    { period: { from: '2026-02-30', to: '2026-03-01' } },
    'period.from HY-I5 "from" is "2026-02-30": a date that exists is needed, as in 2026-09-18',
  ],
  [{ period: { from: '2026-03-02', to: '2026-03-01' } }, 'period.to HY-I5 the period ends before it begins'],
  [{ officeHours: [{ opens: '17:00', closes: '08:00' }] }, 'officeHours.0 HY-I5 office hours close before they open'],
  [
    { officeHours: [{ opens: '8.30', closes: '17:00' }] },
    'officeHours.0.opens HY-I5 "opens" is "8.30": a time of day is needed, as in 08:30',
  ],
  [
    {
      units: [
        { key: 'a', kind: 'section' },
        { key: 'a', kind: 'section' },
      ],
      roles: [],
    },
    'units.1.key HY-I6 the unit "a" is listed twice',
  ],
  [
    { roles: [{ unit: 'section-9', role: 'head', holder: 'H01' }] },
    'roles.0.unit HY-I7 "section-9" is no unit of the setup. Did you mean "section-1" or "section-2"?',
  ],
  [
    { roles: [{ unit: 'office', role: 'head', holder: 'a name' }] },
    'roles.0.holder HY-I9 "holder" is "a name": a staff code such as H01, or null, is needed; never a name',
  ],
  [
    { roles: [{ unit: 'office', role: 'head' }] },
    'roles.0 HY-I2 "holder" is missing in "roles" item 1. A vacancy is written null.',
  ],
  [
    { local: { 'night-tolerence': { minutes: 30 } } },
    'local.night-tolerence HY-I7 the rulebook has no local parameter "night-tolerence". Did you mean "night-tolerance"?',
  ],
  [
    { local: { 'night-tolerance': { hours: 2 } } },
    'local.night-tolerance HY-I3 "night-tolerance" is outside what its article allows: 5 to 60 minutes',
  ],
  [
    { local: { 'first-moment': { value: { minutes: 30 } } } },
    'local.first-moment HY-I3 "first-moment" is {"value":{"minutes":30}}: a time is needed, as in {"minutes": 30} or "2 hours"',
  ],
  [
    { local: { 'late-entry-tolerance': { days: 1.5 } } },
    'local.late-entry-tolerance HY-I3 "late-entry-tolerance" is 1.5 days: whole days are needed',
  ],
  [
    { local: { 'late-entry-tolerance': { hours: -1 } } },
    'local.late-entry-tolerance HY-I3 "late-entry-tolerance" is -1 hours: a figure of 0 or more is needed',
  ],
  [
    { switches: { 'H-18.4': 'never' } },
    'switches.H-18.4 HY-I3 "H-18.4" is "never": one of occurrence, incident, grading is needed',
  ],
  [{ switches: { 'H-18.5': 'grading' } }, 'switches.H-18.5 HY-I7 there is no switch "H-18.5". Did you mean "H-18.4"?'],
])('%j', (change, said) => {
  expect(faults(change)).toContain(said);
});
test('all faults at once', () => {
  expect(faults({ colour: 1, timeZone: 'x', calendar: 'cn-2031' })).toHaveLength(3);
});
