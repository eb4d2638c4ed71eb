/** Judges one value of an event against the type its field has in the vocabulary, and says in one sentence what is wrong. */
import { asksForIdentity, identityIn } from './identity.ts';
import { didYouMean } from './nearest.ts';
import { EVENT_FIELDS, TEXT_LENGTHS, WORD_PATTERNS } from './vocabulary.generated.ts';
import type { FieldShape } from './vocabulary.ts';

/** What is wrong, without the place: the caller knows file and line. */
export interface Fault {
  readonly code: 'HY-I2' | 'HY-I3' | 'HY-I4' | 'HY-I5' | 'HY-I7' | 'HY-I8' | 'HY-I9';
  readonly message: string;
  readonly mend?: string;
}

const patterns = new Map(Object.entries(WORD_PATTERNS).map(([name, pattern]) => [name, new RegExp(pattern, 'u')]));
const lengths: Readonly<Record<string, number>> = TEXT_LENGTHS;
const EXPECTED: Readonly<Record<string, string>> = {
  key: 'a key of letters, digits, "-" and "."',
  id: 'an id of letters, digits, "-" and "."',
  clause: 'a clause id such as G-4.3c',
  hash: '"sha256:" and 64 small hex digits',
  url: 'an address that begins with http:// or https://',
  holder: 'a staff code such as H01',
};
const at = (field: string, item: number | undefined): string =>
  item === undefined ? `"${field}"` : `"${field}" item ${item + 1}`;
const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 80) ?? 'nothing';

function civilDate(text: string): boolean {
  const [, y, m, d] = (/^(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? []).map(Number);
  if (y === undefined || m === undefined || d === undefined) return false;
  const date = new Date(Date.UTC(y, m - 1, d));
  return date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d;
}

/** One instant, strictly: seconds and the offset +08:00, and a date and time that exist. */
export function checkInstant(field: string, value: unknown): Fault | undefined {
  const bad = (why: string): Fault => ({ code: 'HY-I5', message: `"${field}" is ${shown(value)}: ${why}` });
  if (typeof value !== 'string') return bad('an instant is a text, as in 2026-09-18T22:30:00+08:00');
  if (!patterns.get('instant')?.test(value)) {
    const parts = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(\.\d{1,3})?(.*)$/.exec(value);
    if (!parts) return bad('this is no instant; write it as in 2026-09-18T22:30:00+08:00');
    const written = `${parts[1]}T${parts[2]}${parts[3] ?? ':00'}+08:00`;
    if (!parts[5]) return bad(`an offset is needed, as in ${written}`);
    if (!parts[3]) return bad(`seconds are needed, as in ${written}`);
    return bad(`the offset must be +08:00, as in 2026-09-18T22:30:00+08:00`);
  }
  const [h = 0, m = 0, s = 0] = value.slice(11, 19).split(':').map(Number);
  if (!civilDate(value)) return bad('there is no such date');
  if (h > 23 || m > 59 || s > 59) return bad('there is no such time of day');
  return undefined;
}

function checkDate(field: string, value: unknown): Fault | undefined {
  if (typeof value === 'string' && patterns.get('date')?.test(value) && civilDate(value)) return undefined;
  return { code: 'HY-I5', message: `"${field}" is ${shown(value)}: a date that exists is needed, as in 2026-09-18` };
}

function checkText(field: string, value: unknown, kind: string): Fault | undefined {
  if (typeof value !== 'string') return { code: 'HY-I3', message: `"${field}" is ${shown(value)}: a text is needed` };
  const most = lengths[kind] ?? Infinity;
  if (value.length > most)
    return { code: 'HY-I3', message: `"${field}" has ${value.length} characters; ${most} are allowed` };
  const found = identityIn(value);
  if (!found) return undefined;
  return {
    code: 'HY-I9',
    message: `"${field}" holds ${found}: the log keeps no private identity`,
    mend: 'Leave it out; the matter is enough.',
  };
}

const isScalar = (v: unknown): boolean => v === null || ['string', 'number', 'boolean'].includes(typeof v);
const isRecord = (v: unknown): v is Readonly<Record<string, unknown>> =>
  typeof v === 'object' && v !== null && !Array.isArray(v);

/** Refuses field names that ask for an identity, at any depth, and identities in their texts. */
function checkNames(field: string, value: unknown, flat: boolean): Fault[] {
  if (!isRecord(value))
    return [{ code: 'HY-I3', message: `"${field}" is ${shown(value)}: an object of field names and values is needed` }];
  return Object.entries(value).flatMap(([name, v]): Fault[] => {
    if (asksForIdentity(name))
      return [
        {
          code: 'HY-I9',
          message: `"${field}.${name}" asks who somebody is: no field may hold a private person's identity`,
          mend: 'Leave the field out.',
        },
      ];
    if (!flat && isRecord(v)) return checkNames(`${field}.${name}`, v, false);
    const items = Array.isArray(v) ? (v as readonly unknown[]) : [v];
    if (flat && !items.every(isScalar))
      return [
        {
          code: 'HY-I3',
          message: `"${field}.${name}" is ${shown(v)}: a text, number, yes/no, nothing, or a list of these is needed`,
        },
      ];
    return items.flatMap(item => {
      const fault = typeof item === 'string' ? checkText(`${field}.${name}`, item, 'own-text') : undefined;
      // An outlet's desk keeps its office telephone (contactPoint); only what is personal is refused.
      return fault ? [fault] : [];
    });
  });
}

/** Lists of small objects: what each may hold. */
const OBJECTS: Readonly<Record<string, readonly FieldShape[]>> = {
  slots: [
    { name: 'from', kind: 'instant', list: false, optional: false },
    { name: 'to', kind: 'instant', list: false, optional: false },
    { name: 'role', kind: 'key', list: false, optional: false },
  ],
  stages: [
    { name: 'on', kind: 'date', list: false, optional: false },
    { name: 'what', kind: 'text', list: false, optional: false },
  ],
  asks: [
    { name: 'ask', kind: 'key', list: false, optional: false },
    { name: 'act', kind: 'key', list: false, optional: false },
    { name: 'text', kind: 'text', list: false, optional: true },
  ],
  spans: [
    { name: 'term', kind: 'text', list: false, optional: false },
    { name: 'from', kind: 'place', list: false, optional: false },
    { name: 'to', kind: 'place', list: false, optional: false },
  ],
};

function checkObjects(field: string, value: unknown, shapes: readonly FieldShape[], least: number): Fault[] {
  if (!Array.isArray(value) || value.length < least)
    return [
      {
        code: 'HY-I3',
        message: `"${field}" is ${shown(value)}: a list of objects with ${shapes.map(s => `"${s.name}"`).join(', ')} is needed`,
      },
    ];
  return (value as readonly unknown[]).flatMap((item, i) => {
    if (!isRecord(item))
      return [{ code: 'HY-I3' as const, message: `"${field}" item ${i + 1} is ${shown(item)}: an object is needed` }];
    return checkFields(item, shapes, name => `${field}[${i + 1}].${name}`);
  });
}

/** All faults of an object whose fields have these shapes: missing, unknown, of the wrong type. */
export function checkFields(
  value: Readonly<Record<string, unknown>>,
  shapes: readonly FieldShape[],
  place: (name: string) => string,
  of = '',
): Fault[] {
  const faults: Fault[] = [];
  for (const shape of shapes) {
    const v = value[shape.name];
    if (v === undefined) {
      if (!shape.optional) faults.push({ code: 'HY-I2', message: `"${place(shape.name)}" is missing${of}` });
    } else if (shape.list) {
      if (!Array.isArray(v))
        faults.push({ code: 'HY-I3', message: `"${place(shape.name)}" is ${shown(v)}: a list is needed` });
      else
        for (const [i, item] of (v as readonly unknown[]).entries())
          faults.push(...checkOne(place(shape.name), item, shape, i));
    } else faults.push(...checkOne(place(shape.name), v, shape, undefined));
  }
  for (const name of Object.keys(value)) {
    if (shapes.some(s => s.name === name)) continue;
    if (asksForIdentity(name)) {
      faults.push({
        code: 'HY-I9',
        message: `"${place(name)}" asks who somebody is: no field may hold a private person's identity`,
        mend: 'Leave the field out.',
      });
      continue;
    }
    const mend = didYouMean(
      name,
      shapes.map(s => s.name),
    );
    faults.push({ code: 'HY-I3', message: `there is no field "${place(name)}"${of}`, ...(mend ? { mend } : {}) });
  }
  return faults;
}

function checkOne(field: string, value: unknown, shape: FieldShape, item: number | undefined): Fault[] {
  const here = item === undefined ? field : `${field}[${item + 1}]`;
  const one = (fault: Fault | undefined): Fault[] => (fault ? [fault] : []);
  const wrong = (expected: string): Fault[] => [
    { code: 'HY-I3', message: `${at(field, item)} is ${shown(value)}: ${expected} is needed` },
  ];
  switch (shape.kind) {
    case 'enum': {
      if (typeof value === 'string' && shape.values?.includes(value)) return [];
      const mend = typeof value === 'string' ? didYouMean(value, shape.values ?? []) : undefined;
      return [
        {
          code: 'HY-I3',
          message: `${at(field, item)} is ${shown(value)}: one of ${(shape.values ?? []).join(', ')} is needed`,
          ...(mend ? { mend } : {}),
        },
      ];
    }
    case 'text':
    case 'own-text':
      return one(checkText(here, value, shape.kind));
    case 'instant':
      return one(checkInstant(here, value));
    case 'date':
      return one(checkDate(here, value));
    case 'integer':
      return Number.isSafeInteger(value) ? [] : wrong('a whole number');
    case 'place':
      return Number.isSafeInteger(value) && (value as number) >= 0 ? [] : wrong('a whole number from 0');
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? [] : wrong('a number');
    case 'boolean':
      return typeof value === 'boolean' ? [] : wrong('true or false');
    case 'scalar':
      return isScalar(value)
        ? typeof value === 'string'
          ? one(checkText(here, value, 'text'))
          : []
        : wrong('a text, number, true, false or null');
    case 'keys': {
      if (!Array.isArray(value)) return checkOne(field, value, { ...shape, kind: 'key' }, item);
      if (value.length === 0) return wrong('one key, or a list of at least one');
      return (value as readonly unknown[]).flatMap((v, i) => checkOne(field, v, { ...shape, kind: 'key' }, i));
    }
    case 'form':
      return checkNames(here, value, true);
    case 'object':
      return checkNames(here, value, false);
    case 'event-type': {
      if (typeof value === 'string' && value in EVENT_FIELDS) return [];
      return wrong('an event type');
    }
  }
  const shapes = OBJECTS[shape.kind];
  if (shapes) return checkObjects(here, value, shapes, shape.kind === 'asks' ? 1 : 0);
  const pattern = patterns.get(shape.kind);
  if (typeof value === 'string' && pattern?.test(value)) return [];
  return wrong(EXPECTED[shape.kind] ?? `a ${shape.kind}`);
}
