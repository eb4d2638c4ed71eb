/**
 * The border of the log: lines of text become events, or a list of everything that is wrong with them, by line.
 * Nothing inside checks an event again.
 */
import { checkFields, checkInstant, type Fault } from './check-value.ts';
import { asksForIdentity } from './identity.ts';
import { didYouMean } from './nearest.ts';
import type { HuiyinEvent } from './types.ts';
import { EVENT_TYPES, REFERENCES, VOCABULARY, type FieldShape } from './vocabulary.ts';

/** One thing wrong with the log, and where; the same shape as every input problem of the command line. */
export interface LogProblem {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  readonly code: string;
  readonly message: string;
  readonly mend?: string;
}
/** What events may refer to. What is left out is not looked up. */
export interface KnownNames {
  readonly units?: ReadonlySet<string>;
  /** `unit/role` of every office. */
  readonly offices?: ReadonlySet<string>;
  readonly clauses?: ReadonlySet<string>;
}
export type LogRead =
  | { readonly ok: true; readonly events: readonly HuiyinEvent[] }
  | { readonly ok: false; readonly problems: readonly LogProblem[] };

const ENVELOPE: readonly FieldShape[] = [
  { name: 'id', kind: 'id', list: false, optional: false },
  { name: 'case', kind: 'id', list: false, optional: true },
  { name: 'type', kind: 'any', list: false, optional: false },
  { name: 'at', kind: 'instant', list: false, optional: false },
  { name: 'recordedAt', kind: 'instant', list: false, optional: false },
  { name: 'lateEntryReason', kind: 'text', list: false, optional: true },
  { name: 'by', kind: 'any', list: false, optional: false },
  { name: 'data', kind: 'any', list: false, optional: false },
];
const PLAIN = ENVELOPE.filter(f => f.kind !== 'any');
const OFFICE: readonly FieldShape[] = [
  { name: 'unit', kind: 'key', list: false, optional: false },
  { name: 'role', kind: 'key', list: false, optional: false },
  { name: 'standingInFor', kind: 'key', list: false, optional: true },
];
const isRecord = (v: unknown): v is Readonly<Record<string, unknown>> =>
  typeof v === 'object' && v !== null && !Array.isArray(v);

/** Everything wrong with one event by itself: shape, types, times, identity. Also used where events are entered one by one. */
export function checkEvent(value: unknown): Fault[] {
  if (!isRecord(value))
    return [{ code: 'HY-I3', message: 'an event is an object with id, type, at, recordedAt, by and data' }];
  const faults = checkFields(Object.fromEntries(PLAIN.map(f => [f.name, value[f.name]])), PLAIN, name => name);
  for (const name of Object.keys(value)) {
    if (ENVELOPE.some(f => f.name === name)) continue;
    if (asksForIdentity(name))
      faults.push({
        code: 'HY-I9',
        message: `"${name}" asks who somebody is: no field may hold a private person's identity`,
        mend: 'Leave the field out.',
      });
    else {
      const mend = didYouMean(
        name,
        ENVELOPE.map(f => f.name),
      );
      faults.push({ code: 'HY-I3', message: `there is no field "${name}" in an event`, ...(mend ? { mend } : {}) });
    }
  }
  faults.push(...checkOffice(value['by']), ...checkData(value['type'], value['data']), ...checkOrder(value));
  return faults;
}

function checkOffice(by: unknown): Fault[] {
  if (by === undefined) return [{ code: 'HY-I2', message: '"by" is missing: which office acted or entered it' }];
  if (!isRecord(by))
    return [{ code: 'HY-I3', message: '"by" is an office, as in {"unit":"general-office","role":"head"}' }];
  return checkFields(by, OFFICE, name => `by.${name}`);
}

function checkData(type: unknown, data: unknown): Fault[] {
  if (type === undefined) return [{ code: 'HY-I2', message: '"type" is missing' }];
  const shape = typeof type === 'string' ? VOCABULARY.get(type) : undefined;
  if (!shape) {
    const mend = didYouMean(String(type), EVENT_TYPES);
    return [{ code: 'HY-I4', message: `there is no event type ${JSON.stringify(type)}.`, ...(mend ? { mend } : {}) }];
  }
  if (data === undefined) return [{ code: 'HY-I2', message: `"data" is missing in ${shape.type}` }];
  if (!isRecord(data)) return [{ code: 'HY-I3', message: `"data" of ${shape.type} is an object` }];
  return checkFields(data, shape.fields, name => `data.${name}`, ` in ${shape.type}`);
}

function checkOrder(value: Readonly<Record<string, unknown>>): Fault[] {
  const { at, recordedAt } = value;
  if (checkInstant('at', at) || checkInstant('recordedAt', recordedAt)) return [];
  if (Date.parse(String(recordedAt)) >= Date.parse(String(at))) return [];
  return [
    {
      code: 'HY-I8',
      message: `"recordedAt" ${String(recordedAt)} is before "at" ${String(at)}: nothing is entered before it happens`,
    },
  ];
}

interface Line {
  readonly n: number;
  readonly text: string;
}

/** Reads a whole log (NDJSON, empty lines skipped) and judges all of it: every fault is listed, or the events come back in file order. */
export function validateEvents(text: string, file: string, known: KnownNames = {}): LogRead {
  const problems: LogProblem[] = [];
  const add = (n: number, fault: { code: string; message: string; mend?: string; column?: number }): void => {
    problems.push({
      file,
      line: n,
      ...fault,
      message: fault.mend === undefined ? fault.message : sentence(fault.message),
    });
  };
  const read: { n: number; event: HuiyinEvent }[] = [];
  const lineOf = new Map<string, number>();
  for (const { n, text: source } of linesOf(text)) {
    const value = parse(source);
    if ('fault' in value) {
      add(n, {
        code: 'HY-I1',
        message: `this line is not JSON: ${value.fault}`,
        ...(value.column === undefined ? {} : { column: value.column }),
      });
      continue;
    }
    const faults = checkEvent(value.json);
    for (const fault of faults) add(n, fault);
    const id = isRecord(value.json) ? value.json['id'] : undefined;
    if (typeof id === 'string') {
      const first = lineOf.get(id);
      if (first === undefined) lineOf.set(id, n);
      else
        add(n, {
          code: 'HY-I6',
          message: `the id "${id}" was used before, in line ${first}`,
          mend: 'Give every event its own id.',
        });
    }
    if (faults.length === 0) read.push({ n, event: value.json as HuiyinEvent });
  }
  const named = namedOffices(read.map(r => r.event));
  for (const { n, event } of read) for (const fault of checkReferences(event, known, named, lineOf)) add(n, fault);
  if (problems.length > 0) return { ok: false, problems: problems.toSorted((a, b) => a.line - b.line) };
  return { ok: true, events: read.map(r => r.event) };
}

/** Something to do follows: the sentence before it is closed. */
const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

function linesOf(text: string): Line[] {
  const lines = (text.startsWith('\uFEFF') ? text.slice(1) : text).split('\n');
  return lines.map((line, i) => ({ n: i + 1, text: line.trim() })).filter(({ text: line }) => line !== '');
}

function parse(source: string): { readonly json: unknown } | { readonly fault: string; readonly column?: number } {
  try {
    return { json: JSON.parse(source) as unknown };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const place = /position (\d+)/.exec(said)?.[1];
    return {
      fault: said.replace(/ in JSON at position.*$/, ''),
      ...(place === undefined ? {} : { column: Number(place) + 1 }),
    };
  }
}

/** Offices that the log itself fills later are known as well. */
function namedOffices(events: readonly HuiyinEvent[]): ReadonlySet<string> {
  const named = new Set<string>(['institution/system']);
  for (const { type, data } of events) {
    if (type === 'role.assigned') named.add(`${String(data['unit'])}/${String(data['role'])}`);
    if (type === 'stand-in.named') named.add(`${String(data['unit'])}/${String(data['standIn'])}`);
  }
  return named;
}

const listed = (value: unknown): readonly string[] =>
  value === undefined || value === null ? [] : (Array.isArray(value) ? value : [value]).map(String);

function checkReferences(
  event: HuiyinEvent,
  known: KnownNames,
  named: ReadonlySet<string>,
  entries: ReadonlyMap<string, number>,
): Fault[] {
  const faults: Fault[] = [];
  const nothing = (what: string, name: string, names: Iterable<string>): void => {
    const mend = didYouMean(name, names);
    faults.push({ code: 'HY-I7', message: `${what} "${name}" is not known`, ...(mend ? { mend } : {}) });
  };
  const { by } = event;
  const system = by.unit === 'institution' && by.role === 'system';
  if (!system && known.units && !known.units.has(by.unit)) nothing('"by.unit"', by.unit, known.units);
  else if (!system && known.offices) {
    const office = `${by.unit}/${by.role}`;
    if (!known.offices.has(office) && !named.has(office)) {
      const roles = [...known.offices].filter(o => o.startsWith(`${by.unit}/`)).map(o => o.slice(by.unit.length + 1));
      nothing(`in "by", the role of ${by.unit}:`, by.role, roles);
    }
  }
  const refer = REFERENCES.get(event.type);
  if (!refer) return faults;
  for (const field of known.units ? refer.units : [])
    for (const unit of listed(event.data[field]))
      if (!known.units?.has(unit) && unit !== 'institution')
        nothing(`the unit in "data.${field}"`, unit, known.units ?? []);
  for (const field of refer.entries)
    for (const id of listed(event.data[field]))
      if (!entries.has(id)) nothing(`the event in "data.${field}"`, id, entries.keys());
  for (const field of known.clauses ? refer.clauses : [])
    for (const clause of listed(event.data[field]))
      if (!known.clauses?.has(clause)) nothing(`the clause in "data.${field}"`, clause, known.clauses ?? []);
  return faults;
}
