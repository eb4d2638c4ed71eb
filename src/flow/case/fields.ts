/** What a form sent, read into the fields of an event type: texts become numbers, lists, maps; empty means left out. */
import { VOCABULARY, type FieldShape } from '#core/log';

export interface FieldFault {
  readonly field: string;
  readonly fault: 'missing' | 'wrong';
}
export type FieldRead =
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };
/** The values of a form by name; a name may stand several times. */
export type Sent = ReadonlyMap<string, readonly string[]>;

const split = (text: string): string[] =>
  text
    .split(/[、,，;；\n]/)
    .map(t => t.trim())
    .filter(t => t !== '');
/** `name: content`, one a line. */
function readMap(values: readonly string[]): Record<string, unknown> | undefined {
  const map: Record<string, unknown> = {};
  for (const line of values
    .flatMap(v => v.split('\n'))
    .map(l => l.trim())
    .filter(l => l !== '')) {
    const cut = /^([^:：]+)[:：](.*)$/.exec(line);
    if (!cut) return undefined;
    map[(cut[1] ?? '').trim()] = (cut[2] ?? '').trim();
  }
  return map;
}
/** Date and time of an input, in the institution's zone. */
const instant = (text: string): string | undefined => {
  const cut = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)?$/.exec(text);
  return cut ? `${cut[1]}T${cut[2]}${cut[3] ?? ':00'}+08:00` : undefined;
};

/** Data of an event of this type; shapes too rich for a form (rosters, spans) are not offered by one. */
export function readFields(type: string, sent: Sent): FieldRead {
  const shape = VOCABULARY.get(type);
  if (!shape) return { ok: false, faults: [{ field: 'type', fault: 'wrong' }] };
  const data: Record<string, unknown> = {};
  const faults: FieldFault[] = [];
  for (const field of shape.fields) {
    const value = readField(field, sent);
    if (value === 'wrong') faults.push({ field: field.name, fault: 'wrong' });
    else if (value !== undefined) data[field.name] = value;
    else if (!field.optional) faults.push({ field: field.name, fault: 'missing' });
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, data };
}

function readField(field: FieldShape, sent: Sent): unknown {
  const given = (sent.get(field.name) ?? []).map(v => v.trim()).filter(v => v !== '');
  if (field.kind === 'form') return readForm(field, given, sent);
  if (field.kind === 'asks') return readAsks(given);
  if (field.kind === 'boolean')
    return given.length > 0 ? given[0] === 'true' || given[0] === 'on' : field.optional ? undefined : false;
  if (field.list) {
    const list =
      field.kind === 'text' || field.kind === 'key' || field.kind === 'clause' ? given.flatMap(split) : given;
    return list.length > 0 ? [...new Set(list)] : field.optional ? undefined : field.kind === 'id' ? [] : undefined;
  }
  const [one] = given;
  if (one === undefined) return undefined;
  switch (field.kind) {
    case 'integer':
      return /^\d{1,9}$/.test(one) ? Number(one) : 'wrong';
    case 'number':
      return Number.isFinite(Number(one)) ? Number(one) : 'wrong';
    case 'instant':
      return instant(one) ?? (one.endsWith('+08:00') ? one : 'wrong');
    case 'keys':
      return given.length > 1 ? given : one;
    case 'scalar':
      return one === 'true' ? true : one === 'false' ? false : /^-?\d+(\.\d+)?$/.test(one) ? Number(one) : one;
    default:
      return one;
  }
}

/** A flat map: fields named `factors.content` by the page, or lines of "name: content". */
function readForm(field: FieldShape, given: readonly string[], sent: Sent): unknown {
  const map: Record<string, unknown> = {};
  for (const [name, values] of sent) {
    if (!name.startsWith(`${field.name}.`)) continue;
    const text = values.map(v => v.trim()).find(v => v !== '');
    if (text !== undefined) map[name.slice(field.name.length + 1)] = text;
  }
  const lines = readMap(given);
  if (lines === undefined) return 'wrong';
  const all = { ...map, ...lines };
  return Object.keys(all).length > 0 ? all : undefined;
}
/** One asked thing a line: `key act text`. */
function readAsks(given: readonly string[]): unknown {
  const asks = given
    .flatMap(v => v.split('\n'))
    .map(l => /^(\S+)\s+(\S+)(?:\s+(.*))?$/.exec(l.trim()))
    .filter(m => m !== null)
    .map(m => ({ ask: m[1], act: m[2], ...(m[3] ? { text: m[3] } : {}) }));
  return asks.length > 0 ? asks : undefined;
}
