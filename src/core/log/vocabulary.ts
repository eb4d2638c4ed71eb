/**
 * What can happen: the closed list of event types with the type of every field, and what a field refers to.
 * Types and fields are generated from docs/specs/events.schema.json; only what the schema cannot say stands here.
 */
import { EVENT_FIELDS, WORD_PATTERNS } from './vocabulary.generated.ts';

export type EventType = keyof typeof EVENT_FIELDS;
export type Word = keyof typeof WORD_PATTERNS;
/** One field: the kind of its value, whether it is a list, whether it may be left out. */
export interface FieldShape {
  readonly name: string;
  readonly kind: string;
  readonly list: boolean;
  readonly optional: boolean;
  /** The words of a closed list. */
  readonly values?: readonly string[];
}
export interface EventShape {
  readonly type: EventType;
  readonly act: boolean;
  readonly fields: readonly FieldShape[];
  readonly byName: ReadonlyMap<string, FieldShape>;
}

/** Facts that pass the rulebook's gates when they are tried (reading rule 2). Everything else is never refused. */
export const ACTS: ReadonlySet<string> = new Set<EventType>([
  'assignment.made',
  'transfer.made',
  'notice.sent',
  'decision.carried-out',
  'report.made',
  'publication.made',
  'correction.asked',
  'press-event.held',
  'media.answered',
  'filing.made',
  'case.closed',
]);

function readShape(name: string, written: string): FieldShape {
  const base = { name: name.replace(/\?$/, ''), optional: name.endsWith('?') };
  const closed = /^enum(\[\])? (.*)$/.exec(written);
  if (closed) return { ...base, kind: 'enum', list: closed[1] !== undefined, values: (closed[2] ?? '').split(' | ') };
  return { ...base, kind: written.replace(/\[\]$/, ''), list: written.endsWith('[]') };
}

/** Event type → its shape. */
export const VOCABULARY: ReadonlyMap<string, EventShape> = new Map(
  (Object.keys(EVENT_FIELDS) as EventType[]).map(type => {
    const fields = Object.entries(EVENT_FIELDS[type]).map(([name, written]) => readShape(name, written));
    return [type, { type, act: ACTS.has(type), fields, byName: new Map(fields.map(f => [f.name, f])) }] as const;
  }),
);
export const EVENT_TYPES: readonly string[] = [...VOCABULARY.keys()];
export const isAct = (type: string): boolean => ACTS.has(type);

/** Fields that name units of the institution wherever they stand; the event table types them `unit`. */
const UNIT_FIELDS: ReadonlySet<string> = new Set([
  'unit',
  'concerns',
  'forUnit',
  'speakerUnit',
  'units',
  'participants',
]);
/** Fields of that kind whose name means something else in other types. */
const UNIT_FIELDS_OF: Readonly<Record<string, readonly string[]>> = {
  'channel.registered': ['owner'],
  'training.planned': ['for'],
  'lead.passed': ['to'],
  'facts.verified': ['with'],
  'assignment.made': ['to'],
  'transfer.made': ['to'],
  'notice.sent': ['to'],
  'meeting.held': ['designates'],
  'form.returned': ['to', 'from'],
};
/** Fields that name an entry of the same log. Stories and matched items have ids of their own and are not among them. */
const ENTRY_FIELDS_OF: Readonly<Record<string, readonly string[]>> = {
  'item.folded': ['item', 'into'],
  'finding.dismissed': ['finding'],
  'case.opened': ['from'],
  'assignment.accepted': ['assignment'],
  'assignment.returned': ['assignment'],
  'transfer.received': ['transfer'],
  'track.finished': ['evidence'],
  'report.received': ['report'],
  'signature.confirmed': ['signature'],
  'publication.withdrawn': ['publication'],
  'score.settled': ['dispute'],
  'fault.found': ['evidence'],
  'referral.filed': ['about'],
  'entry.corrected': ['entry', 'replacement'],
  'body.erased': ['entry'],
};

/** Names of the fields of a type that speak of units, of other entries, of clauses. */
export interface References {
  readonly units: readonly string[];
  readonly entries: readonly string[];
  readonly clauses: readonly string[];
}
/** `watch.done.concerns` is a clause although the same word names units elsewhere: the field's own type decides. */
export const REFERENCES: ReadonlyMap<string, References> = new Map(
  [...VOCABULARY.values()].map(({ type, fields }) => {
    const clauses = fields.filter(f => f.kind === 'clause').map(f => f.name);
    const units = fields.filter(f => UNIT_FIELDS.has(f.name) && f.kind === 'key').map(f => f.name);
    return [
      type,
      { units: [...units, ...(UNIT_FIELDS_OF[type] ?? [])], entries: ENTRY_FIELDS_OF[type] ?? [], clauses },
    ];
  }),
);
