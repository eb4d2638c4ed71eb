/** The one way to write an event's body as bytes: JSON canonicalisation (RFC 8785), so that a digest means the same everywhere. */
import type { HuiyinEvent } from './types.ts';

/** Canonical text of a JSON value; throws on what JSON cannot say (undefined members are left out, as JSON does). */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('JSON has no infinite or undefined numbers');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(v => canonicalJson(v === undefined ? null : v)).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value).filter(([, v]) => v !== undefined);
    // RFC 8785 3.2.3: members sorted by the UTF-16 code units of their names, which is how JavaScript compares strings.
    members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${members.map(([key, v]) => `${JSON.stringify(key)}:${canonicalJson(v)}`).join(',')}}`;
  }
  throw new TypeError(`JSON has no ${typeof value}`);
}

/** The body of an event: everything but what the leaf carries itself. */
export function bodyOf(event: HuiyinEvent): string {
  const { by, case: caseId, data, id, lateEntryReason } = event;
  return canonicalJson({ by, case: caseId, data, id, lateEntryReason });
}
