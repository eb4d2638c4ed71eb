/**
 * The worked example: an invented institution whose three days are retold so that the third ends now. Instants move by
 * one span, dates by whole days; texts are hashed again because their dates move too.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatInstant } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import type { Setup } from '#core/obligations';
import type { RuleSource } from '#core/text';
import type { BilingualName, Institution } from '../web/ports.ts';
import { digestOf } from './choices.ts';
import { exampleRoster } from './example-rota.ts';

export interface ExamplePerson {
  readonly code: string;
  readonly name: string;
}
export interface Example {
  readonly institution: Institution;
  readonly events: readonly HuiyinEvent[];
  readonly people: readonly ExamplePerson[];
  readonly administrator: { readonly code: string; readonly offices: readonly string[] };
  readonly concerns: readonly ExampleConcern[];
  readonly places: readonly string[];
  /** Items that are in a case of the told days already, by their title. */
  readonly inCase: readonly { readonly title: string; readonly case: string; readonly event: string }[];
  readonly feeds: readonly (ExampleFeed & { readonly xml?: string })[];
  readonly hotline: string;
}
/** A version of a rule of concern; versions of one rule follow each other. `waits`: nobody has tried it or switched it on. */
interface ExampleConcern {
  readonly title: string;
  readonly unit: string;
  readonly note: string;
  readonly waits?: true;
  readonly rule: RuleSource;
}
interface ExampleFeed {
  readonly title: string;
  readonly outlet: string;
  readonly kind: string;
  /** It has not answered for so long, and what came instead. */
  readonly silentMinutes?: number;
  readonly fault?: string;
}
interface InstitutionFile {
  readonly name: BilingualName;
  readonly until: string;
  readonly names: Readonly<Record<string, BilingualName>>;
  readonly people: readonly ExamplePerson[];
  readonly administrator: { readonly code: string; readonly offices: readonly string[] };
  readonly feeds: readonly (ExampleFeed & { readonly file?: string })[];
  readonly hotline: string;
  readonly concerns: readonly ExampleConcern[];
  readonly places: readonly string[];
  readonly inCase: Example['inCase'];
}
const DAY = 86_400_000;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00/g;
const DATE = /\b\d{4}-\d\d-\d\d\b(?!T)( \d\d:\d\d)?/g;

/** Reads the files beside the petition bureau's rulebook and moves them to `now`. */
export function readExample(root: string, now: number): Example {
  const folder = join(root, 'rulebooks/petition/example');
  const file = (name: string): string => readFileSync(join(folder, name), 'utf8');
  // The files are part of the product and checked by its tests.
  const told = JSON.parse(file('institution.json')) as InstitutionFile;
  const setup = JSON.parse(file('setup.json')) as Setup;
  const book = readFileSync(join(root, 'rulebooks/petition/rulebook.md'), 'utf8');
  const shift = Math.floor(now / 60_000) * 60_000 - Date.parse(told.until);
  const moved = (text: string): string => moveTimes(text, shift);
  const digest = digestOf(book);
  const people = new Map(told.administrator.offices.map(o => [o, told.administrator.code]));
  return {
    institution: {
      id: 'example',
      name: told.name,
      example: true,
      rulebook: { folder: 'petition', text: book, digest },
      setup: {
        ...setup,
        period: { from: formatInstant(Date.parse(told.until) + shift - 2 * DAY).slice(0, 10), to: '2099-12-31' },
        // One person may try every office of the example: the administrator holds those that a walk needs.
        roles: setup.roles.map(r => ({ ...r, holder: people.get(`${r.unit}/${r.role}`) ?? r.holder })),
      },
      names: told.names,
    },
    events: withRoster(
      rehash(
        file('events.ndjson')
          .split('\n')
          .filter(line => line !== '')
          .map(line => JSON.parse(moved(line)) as HuiyinEvent)
          .map(e => (e.type === 'rulebook.adopted' ? { ...e, data: { ...e.data, digest } } : e)),
      ),
      now,
    ),
    people: told.people,
    administrator: told.administrator,
    concerns: told.concerns,
    places: told.places,
    inCase: told.inCase,
    feeds: told.feeds.map(({ file: name, ...f }) => (name === undefined ? f : { ...f, xml: moved(file(name)) })),
    hotline: moved(file(told.hotline)),
  };
}

/** Every instant and date of a text, later by one span. */
export function moveTimes(text: string, shift: number): string {
  const days = Math.round(shift / DAY) * DAY;
  return text
    .replaceAll(INSTANT, at => formatInstant(Date.parse(at) + shift))
    .replaceAll(DATE, written => {
      const clock = written.slice(10).trim();
      if (clock === '') return new Date(Date.parse(`${written}T00:00:00Z`) + days).toISOString().slice(0, 10);
      return formatInstant(Date.parse(`${written.slice(0, 10)}T${clock}:00+08:00`) + shift)
        .slice(0, 16)
        .replace('T', ' ');
    });
}

/** The roster keeps clock hours wherever the days are moved to: it is written for the days around `now`. */
function withRoster(events: readonly HuiyinEvent[], now: number): HuiyinEvent[] {
  const [first, ...rest] = events;
  return first ? [first, exampleRoster(first.recordedAt, now), ...rest] : [];
}

/** Texts may have moved with their dates: hashes follow them wherever they are named. */
function rehash(events: readonly HuiyinEvent[]): HuiyinEvent[] {
  const hashes = new Map<string, string>();
  for (const e of events)
    if (e.type === 'draft.written') hashes.set(String(e.data['textHash']), digestOf(String(e.data['text'])));
  return events.map(e => {
    const hash = hashes.get(String(e.data['textHash']));
    return hash === undefined ? e : { ...e, data: { ...e.data, textHash: hash } };
  });
}
