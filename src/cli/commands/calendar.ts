/** `huiyin calendar`: questions about days and limits, one answer each in the same order. */
import { parseArgs } from 'node:util';
import {
  addLimit,
  type Calendar,
  CalendarTooShort,
  clockMinutes,
  dayNumber,
  dayOf,
  formatInstant,
  MINUTE,
  parseInstant,
  readOfficeHours,
  slotsOf,
  type TimeUnit,
  unitsBetween,
} from '#core/calendar';
import { readCalendar } from '../calendar-files.ts';
import { type Command, EXIT, InputRefused, type InputProblem, UsageError } from '../command.ts';
import { objectsOf } from '../items.ts';

const UNITS: readonly TimeUnit[] = ['minutes', 'hours', 'same day', 'days', 'working days', 'working hours'];
const CLASSES = ['working-days', 'rest-days', 'every-day'] as const;
const KEYS: Readonly<Record<string, readonly string[]>> = {
  day: ['date'],
  add: ['from', 'n', 'unit', 'roll'],
  between: ['from', 'to', 'unit'],
  slots: ['date', 'every', 'window', 'points', 'on'],
};

export const command: Command = {
  name: 'calendar',
  summary: 'ask about days, limits and watch slots',
  help: `
huiyin calendar [--calendar cn-2026] [--office 08:30-12:00,14:00-17:30] < questions.ndjson

{"id","op":"day","date"}                                           → {"id","date","working","why","name"?,"notice"}
{"id","op":"add","from","n","unit","roll"?:"stay|move"}            → {"id","dueAt","dueOn"?,"dueKind","steps","provisional"}
{"id","op":"between","from","to","unit"}                           → {"id","n"}
{"id","op":"slots","date","every"?,"window"?,"points"?,"on"}       → {"id","slots":[{"from","to"}]}

Units: ${UNITS.join(', ')}. Office hours default to 08:30-17:30. Neighbouring years are loaded as needed.
Minutes, hours and days run on in any year; whatever needs working days is refused (HY-I10) beyond the last announced year.`,
  async run(args, context) {
    const { values } = parseArgs({
      args: [...args],
      options: { calendar: { type: 'string' }, office: { type: 'string' }, json: { type: 'boolean' } },
      strict: true,
    });
    const officeHours = readOfficeHours(values.office ?? '08:30-17:30');
    if ('problem' in officeHours) throw new UsageError(`--office: ${officeHours.problem}`);
    const calendar = readCalendar(context.root, { officeHours });
    const year = /^cn-(\d{4})$/.exec(values.calendar ?? 'cn-2026')?.[1];
    if (!year || !calendar.tables.has(Number(year)))
      throw new UsageError(
        `there is no calendar "${values.calendar}"; calendars/ has cn-${[...calendar.tables.keys()].join(', cn-')}`,
      );

    const problems: InputProblem[] = [];
    const answers = objectsOf(await context.stdin(), '-', problems).map(({ line, value }) =>
      answer(calendar, value, (code, message) => void problems.push({ file: '-', line, code, message })),
    );
    if (problems.length > 0) throw new InputRefused(problems.sort((a, b) => a.line - b.line));
    await context.out(answers.map(a => `${JSON.stringify(a)}\n`).join(''));
    return EXIT.yes;
  },
};

type Fault = (code: string, message: string) => void;

/** The answer to one question; every fault of the question is told, and then the answer is of no use. */
function answer(calendar: Calendar, q: Record<string, unknown>, tell: Fault): object {
  let faults = 0;
  const fault: Fault = (code, message) => {
    faults++;
    tell(code, message);
  };
  const op = q['op'];
  if (q['id'] === undefined) fault('HY-I2', '"id" is needed.');
  const keys = typeof op === 'string' ? KEYS[op] : undefined;
  if (!keys) {
    fault(
      op === undefined ? 'HY-I2' : 'HY-I3',
      `"op" is one of ${Object.keys(KEYS).join(', ')}${op === undefined ? '' : `, not ${JSON.stringify(op)}`}.`,
    );
    return {};
  }
  for (const key of Object.keys(q))
    if (key !== 'id' && key !== 'op' && !keys.includes(key))
      fault('HY-I3', `"${key}" is no key of ${String(op)}; there are ${keys.join(', ')}.`);
  const day = keys.includes('date') ? dateOf(q, fault) : undefined;
  const from = keys.includes('from') ? instant(q, 'from', fault) : 0;
  const to = keys.includes('to') ? instant(q, 'to', fault) : 0;
  const unit = keys.includes('unit') ? unitOf(q, fault) : 'days';
  const n = q['n'];
  if (op === 'add') {
    if (n === undefined) {
      if (unit !== 'same day') fault('HY-I2', '"n" is needed.');
    } else if (!Number.isInteger(n) || (n as number) < 0 || (n as number) > 100_000)
      fault('HY-I3', `"n" is a whole number of units (0 to 100000), not ${JSON.stringify(n)}.`);
  }
  const roll = q['roll'];
  if (roll !== undefined && roll !== 'stay' && roll !== 'move')
    fault('HY-I3', `"roll" is stay or move, not ${JSON.stringify(roll)}.`);
  const slots = op === 'slots' ? slotQuestion(q, fault) : undefined;
  if (faults > 0) return {};
  try {
    const id = q['id'];
    switch (op) {
      case 'day':
        return { id, ...dayOf(calendar, String(q['date'])) };
      case 'add': {
        const due = addLimit(calendar, from, Number(n ?? 0), unit, { roll: roll === 'move' ? 'move' : 'stay' });
        const on = due.dueOn === undefined ? {} : { dueOn: due.dueOn };
        return {
          id,
          dueAt: formatInstant(due.dueAt),
          ...on,
          dueKind: due.dueKind,
          steps: due.steps,
          provisional: due.provisional,
        };
      }
      case 'between':
        return { id, n: unitsBetween(calendar, from, to, unit) };
      default:
        return {
          id,
          slots: slotsOf(calendar, day ?? 0, slots ?? { on: 'every-day' }).map(s => ({
            from: formatInstant(s.from),
            to: formatInstant(s.to),
          })),
        };
    }
  } catch (error) {
    if (!(error instanceof CalendarTooShort)) throw error;
    fault('HY-I10', `${error.message}.`);
    return {};
  }
}

function dateOf(q: Record<string, unknown>, fault: Fault): number | undefined {
  const date = q['date'];
  if (date === undefined) fault('HY-I2', '"date" is needed.');
  const day = typeof date === 'string' ? dayNumber(date) : undefined;
  if (date !== undefined && day === undefined)
    fault('HY-I5', `"date" is ${JSON.stringify(date)}: there is no such date; a date is written 2026-09-18.`);
  return day;
}
function instant(q: Record<string, unknown>, key: string, fault: Fault): number {
  const text = q[key];
  if (text === undefined) fault('HY-I2', `"${key}" is needed.`);
  else if (typeof text !== 'string') fault('HY-I3', `"${key}" is an instant, as in 2026-09-18T22:30:00+08:00.`);
  else {
    const at = parseInstant(text);
    if (typeof at === 'number') return at;
    fault('HY-I5', `"${key}" is "${text}": ${at.reason}.`);
  }
  return 0;
}
function unitOf(q: Record<string, unknown>, fault: Fault): TimeUnit {
  const unit = q['unit'];
  const known = UNITS.find(u => u === unit);
  if (known) return known;
  if (unit === undefined) fault('HY-I2', `"unit" is needed: ${UNITS.join(', ')}.`);
  else {
    const near = UNITS.find(
      u =>
        u.replace(/s$/, '') === String(unit) ||
        u.replace(/s$/, '').replace(' ', '-') === String(unit).replace(/s$/, ''),
    );
    fault(
      'HY-I3',
      `"unit" is ${JSON.stringify(unit)}; there are ${UNITS.join(', ')}.${near ? ` Did you mean "${near}"?` : ''}`,
    );
  }
  return 'days';
}
function slotQuestion(q: Record<string, unknown>, fault: Fault) {
  const on = CLASSES.find(c => c === q['on']);
  if (!on) fault(q['on'] === undefined ? 'HY-I2' : 'HY-I3', `"on" is one of ${CLASSES.join(', ')}.`);
  const every = q['every'];
  const span = typeof every === 'string' ? /^(\d+) (minutes?|hours?)$/.exec(every) : undefined;
  const milliseconds = span ? Number(span[1]) * (span[2]?.startsWith('h') ? 60 : 1) * MINUTE : undefined;
  if (every !== undefined && !milliseconds)
    fault('HY-I3', `"every" is written as 2 hours or 30 minutes, not ${JSON.stringify(every)}.`);
  const window = q['window'];
  const [opens = '', closes = '', more] = typeof window === 'string' ? window.split('-') : [];
  const hasWindow = clockMinutes(opens) !== undefined && clockMinutes(closes) !== undefined && more === undefined;
  if (window !== undefined && !hasWindow)
    fault('HY-I3', `"window" is written as 08:00-22:00, not ${JSON.stringify(window)}.`);
  const points = q['points'];
  const goodPoints =
    Array.isArray(points) &&
    points.length > 0 &&
    points.every(p => typeof p === 'string' && clockMinutes(p) !== undefined);
  if (points !== undefined && !goodPoints) fault('HY-I3', `"points" lists times of day, as in ["00:00","05:00"].`);
  return {
    on: on ?? 'every-day',
    ...(milliseconds ? { every: milliseconds } : {}),
    ...(hasWindow ? { window: { from: opens, to: closes } } : {}),
    ...(goodPoints ? { points: points as string[] } : {}),
  };
}
