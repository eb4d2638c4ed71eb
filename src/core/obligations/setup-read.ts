/** Reads a setup strictly: every key known, every date real, every unit and parameter one the rulebook can use. All faults at once. */
import { clockMinutes, dayNumber } from '#core/calendar';
import { asksForIdentity, didYouMean } from '#core/log';
import type { Rulebook } from '#core/rulebook';
import { checkLocal } from './setup-local.ts';
import type { Setup } from './setup.ts';

/** A fault and the place of the value it is about: keys and indexes from the top of the document. */
export interface SetupFault {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
  readonly mend?: string;
}
export type SetupRead =
  { readonly ok: true; readonly setup: Setup } | { readonly ok: false; readonly faults: readonly SetupFault[] };

type Path = readonly (string | number)[];
type Record_ = Readonly<Record<string, unknown>>;
const isRecord = (v: unknown): v is Record_ => typeof v === 'object' && v !== null && !Array.isArray(v);
const KEYS = [
  'scenario',
  'institution',
  'timeZone',
  'calendar',
  'officeHours',
  'period',
  'units',
  'roles',
  'channels',
  'local',
  'switches',
];
const REQUIRED = [
  'institution',
  'timeZone',
  'calendar',
  'officeHours',
  'period',
  'units',
  'roles',
  'local',
  'switches',
];
/** The switches of the contract and their values, the first being the default. */
const SWITCHES: Readonly<Record<string, readonly string[]>> = {
  'days-on-rest-day': ['stay', 'move'],
  'A-5.Q1c': ['dates', 'rolling-48h'],
  'F-1.2.1g': ['signature', 'transfer'],
  'H-18.4': ['occurrence', 'incident', 'grading'],
};

export function readSetup(value: unknown, rulebook: Rulebook, years: ReadonlySet<number>): SetupRead {
  const faults: SetupFault[] = [];
  const add = (path: Path, code: string, message: string, mend?: string): void => {
    const said = mend === undefined || /[.?!]$/.test(message) ? message : `${message}.`;
    faults.push({ path, code, message: said, ...(mend === undefined ? {} : { mend }) });
  };
  if (!isRecord(value))
    return { ok: false, faults: [{ path: [], code: 'HY-I3', message: 'a setup is one JSON object' }] };
  checkKeys(value, KEYS, REQUIRED, [], 'the setup', add);
  if (typeof value['institution'] === 'string' && value['institution'] !== rulebook.institution)
    add(
      ['institution'],
      'HY-I7',
      `the setup is for "${value['institution']}", the rulebook for "${rulebook.institution}"`,
      'Give the setup of this institution.',
    );
  if (value['timeZone'] !== undefined && value['timeZone'] !== 'Asia/Shanghai')
    add(['timeZone'], 'HY-I3', '"timeZone" must be Asia/Shanghai');
  checkCalendar(value, years, add);
  checkOfficeHours(value['officeHours'], add);
  const units = checkUnits(value['units'], add);
  checkRoles(value['roles'], units, add);
  if (value['channels'] !== undefined) checkList(value['channels'], 'channels', ['key', 'kind'], ['key', 'kind'], add);
  checkLocal(value['local'], rulebook, add);
  checkSwitches(value['switches'], rulebook, add);
  if (faults.length > 0) return { ok: false, faults };
  const hours = value['officeHours'];
  return { ok: true, setup: { ...value, officeHours: Array.isArray(hours) ? hours : [hours] } as unknown as Setup };
}

type Add = (path: Path, code: string, message: string, mend?: string) => void;

function checkKeys(
  value: Record_,
  known: readonly string[],
  required: readonly string[],
  path: Path,
  what: string,
  add: Add,
): void {
  for (const key of required) if (value[key] === undefined) add(path, 'HY-I2', `"${key}" is missing in ${what}`);
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    if (asksForIdentity(key))
      add(
        [...path, key],
        'HY-I9',
        `"${key}" asks who somebody is: a setup knows offices and staff codes only`,
        'Leave it out.',
      );
    else add([...path, key], 'HY-I3', `there is no key "${key}" in ${what}`, didYouMean(key, known));
  }
}

function checkDate(value: unknown, path: Path, add: Add): boolean {
  if (typeof value === 'string' && dayNumber(value) !== undefined) return true;
  add(
    path,
    'HY-I5',
    `"${String(path.at(-1))}" is ${JSON.stringify(value)}: a date that exists is needed, as in 2026-09-18`,
  );
  return false;
}

function checkCalendar(value: Record_, years: ReadonlySet<number>, add: Add): void {
  const key = value['calendar'];
  if (key !== undefined) {
    const year = typeof key === 'string' ? /^cn-(\d{4})$/.exec(key)?.[1] : undefined;
    if (year === undefined)
      add(['calendar'], 'HY-I3', `"calendar" is ${JSON.stringify(key)}: a calendar such as cn-2026 is needed`);
    else if (!years.has(Number(year))) add(['calendar'], 'HY-I10', `there is no holiday table for ${year}`);
  }
  const period = value['period'];
  if (period === undefined) return;
  if (!isRecord(period)) return add(['period'], 'HY-I3', '"period" is an object with "from" and "to"');
  checkKeys(period, ['from', 'to'], ['from', 'to'], ['period'], 'the period', add);
  const dates = ['from', 'to'].filter(k => period[k] !== undefined).map(k => checkDate(period[k], ['period', k], add));
  if (dates.length < 2 || dates.includes(false)) return;
  if (String(period['from']) > String(period['to'])) add(['period', 'to'], 'HY-I5', 'the period ends before it begins');
  for (let year = Number(String(period['from']).slice(0, 4)); year <= Number(String(period['to']).slice(0, 4)); year++)
    if (!years.has(year) && `${year}-01-01` < String(period['to']))
      add(['period'], 'HY-I10', `there is no holiday table for ${year}`);
}

function checkOfficeHours(value: unknown, add: Add): void {
  if (value === undefined) return;
  const spans: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const [i, span] of spans.entries()) {
    const path: Path = Array.isArray(value) ? ['officeHours', i] : ['officeHours'];
    if (!isRecord(span)) {
      add(path, 'HY-I3', 'office hours are an object with "opens" and "closes"');
      continue;
    }
    checkKeys(
      span,
      ['opens', 'closes', 'from', 'to', 'days', 'unit', 'label'],
      ['opens', 'closes'],
      path,
      'office hours',
      add,
    );
    const [opens, closes] = ['opens', 'closes'].map(key => {
      const minutes = typeof span[key] === 'string' ? clockMinutes(span[key]) : undefined;
      if (span[key] !== undefined && minutes === undefined)
        add([...path, key], 'HY-I5', `"${key}" is ${JSON.stringify(span[key])}: a time of day is needed, as in 08:30`);
      return minutes;
    });
    if (opens !== undefined && closes !== undefined && opens >= closes)
      add(path, 'HY-I5', 'office hours close before they open');
    for (const key of ['from', 'to']) if (span[key] !== undefined) checkDate(span[key], [...path, key], add);
  }
}

function checkList(
  value: unknown,
  name: string,
  known: readonly string[],
  required: readonly string[],
  add: Add,
): readonly Record_[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    add([name], 'HY-I3', `"${name}" is a list`);
    return [];
  }
  return (value as readonly unknown[]).flatMap((item, i) => {
    if (!isRecord(item)) {
      add([name, i], 'HY-I3', `"${name}" item ${i + 1} is an object`);
      return [];
    }
    checkKeys(item, known, required, [name, i], `"${name}" item ${i + 1}`, add);
    for (const key of required)
      if (item[key] !== undefined && item[key] !== null && typeof item[key] !== 'string')
        add([name, i, key], 'HY-I3', `"${key}" is ${JSON.stringify(item[key])}: a text is needed`);
    return [item];
  });
}

function checkUnits(value: unknown, add: Add): ReadonlySet<string> {
  const units = checkList(value, 'units', ['key', 'kind', 'parent', 'aliases'], ['key', 'kind'], add);
  const keys = new Set<string>();
  for (const [i, unit] of units.entries()) {
    const key = String(unit['key']);
    if (keys.has(key)) add(['units', i, 'key'], 'HY-I6', `the unit "${key}" is listed twice`);
    keys.add(key);
  }
  for (const [i, unit] of units.entries())
    if (unit['parent'] !== undefined && !keys.has(String(unit['parent'])))
      add(
        ['units', i, 'parent'],
        'HY-I7',
        `the parent "${String(unit['parent'])}" is no unit of the setup`,
        didYouMean(String(unit['parent']), keys),
      );
  return keys;
}

function checkRoles(value: unknown, units: ReadonlySet<string>, add: Add): void {
  if (value !== undefined && !Array.isArray(value)) return add(['roles'], 'HY-I3', '"roles" is a list');
  const roles = checkList(value, 'roles', ['unit', 'role', 'holder', 'from', 'to'], ['unit', 'role'], add);
  for (const [i, role] of roles.entries()) {
    const { unit, holder } = role;
    if (typeof unit === 'string' && !units.has(unit))
      add(['roles', i, 'unit'], 'HY-I7', `"${unit}" is no unit of the setup`, didYouMean(unit, units));
    if (holder === undefined)
      add(['roles', i], 'HY-I2', `"holder" is missing in "roles" item ${i + 1}`, 'A vacancy is written null.');
    else if (holder !== null && (typeof holder !== 'string' || !/^[A-Z]\d{2,6}$/.test(holder)))
      add(
        ['roles', i, 'holder'],
        'HY-I9',
        `"holder" is ${JSON.stringify(holder)}: a staff code such as H01, or null, is needed; never a name`,
      );
    for (const key of ['from', 'to']) if (role[key] !== undefined) checkDate(role[key], ['roles', i, key], add);
  }
}

function checkSwitches(value: unknown, rulebook: Rulebook, add: Add): void {
  if (value === undefined) return;
  if (!isRecord(value)) return add(['switches'], 'HY-I3', '"switches" is an object of switch names and values');
  const known = new Map<string, readonly string[]>(Object.entries(SWITCHES));
  for (const rule of rulebook.rules) {
    if (rule.kind === 'duty' && rule.switch !== undefined && rule.readings)
      known.set(rule.switch, Object.keys(rule.readings));
    if (rule.kind === 'quota' && rule.gap?.switch !== undefined && rule.gap.readings)
      known.set(rule.gap.switch, Object.keys(rule.gap.readings));
  }
  for (const [name, v] of Object.entries(value)) {
    const values = known.get(name);
    if (!values) add(['switches', name], 'HY-I7', `there is no switch "${name}"`, didYouMean(name, known.keys()));
    else if (typeof v !== 'string' || !values.includes(v))
      add(['switches', name], 'HY-I3', `"${name}" is ${JSON.stringify(v)}: one of ${values.join(', ')} is needed`);
  }
}
