/** Blocks that say who must do what by when: duties, seats, sources, grades, rotas. */
import {
  asBool,
  asList,
  asMap,
  asName,
  asText,
  oneOf,
  readAnchor,
  readCondition,
  readDischarge,
  readInterval,
  readLimit,
  readPattern,
  readPatterns,
} from './read-value.ts';
import { readRounds, readSeats } from './read-rows.ts';
import type * as R from './types.ts';

import { fail, given, listOf, type Reader } from './block.ts';

const duty: Reader = ({ base, get, party, each, parties }) => {
  const name = get('duty', asName);
  const starts = get('starts', readPatterns);
  const who = get('who', parties);
  const must = get('must', asText);
  const done = get('done', readDischarge);
  const within = get('within', readLimit);
  const rest = given({
    condition: get('if', readCondition),
    ifUnitKind: get('if-unit-kind', asText),
    each: get('each', each),
    per: get('per', v => oneOf(v, ['case', 'trigger', 'standing'])),
    every: get('every', readInterval),
    metBy: get('met-by', party),
    to: get('to', listOf),
    with: get('with', listOf),
    until: get('until', readPattern),
    onRaise: get('on-raise', v => oneOf(v, ['from decision', 'from since', 'keep'])),
    group: get('group', asName),
    late: get('late', asName),
    gapFills: get('gap-fills', v => {
      const { label, ...when } = asMap(v);
      return { when: readCondition(when), label: asText(label ?? 'gap-filled') };
    }),
    local: get('local', asName),
    signedBy: get('signed-by', asText),
    switch: get('switch', asText),
    readings: get('readings', v => Object.fromEntries(Object.entries(asMap(v)).map(([k, a]) => [k, readAnchor(a)]))),
    orClose: get('or-close', v => ({ by: party(asMap(v)['by']), with: asText(asMap(v)['with']) })),
  });
  const from = get('from', readAnchor) ?? { kind: 'trigger' as const };
  const onLower = get('on-lower', v => oneOf(v, ['cancel-not-due', 'keep'])) ?? 'cancel-not-due';
  const afterClose = get('after-close', asBool) ?? false;
  if (!name || !starts || !who || must === undefined || !done || !within) return undefined;
  return { kind: 'duty', ...base, name, starts, from, who, must, done, within, onLower, afterClose, ...rest };
};

const seats: Reader = ({ base, get, terms }) => {
  return readSeats(base, get, terms);
};

const sources: Reader = ({ base, get }) => {
  const kinds = get('kinds', listOf);
  if (get('public-only', asBool) === false)
    get('public-only', () => fail('public-only cannot be false', 'only what is public is read'));
  const rest = given({
    topics: get('topics', listOf),
    reach: get('reach', v => asList(v).map(x => oneOf(x, ['domestic', 'foreign']))),
    methods: get('methods', v => asList(v).map(x => oneOf(x, ['software', 'people']))),
  });
  return (kinds && { kind: 'sources', ...base, kinds, publicOnly: true, ...rest }) || undefined;
};

const grades: Reader = ({ base, get, party, parties }) => {
  const name = get('grades', asName);
  const local = get('local', asName);
  const values = get('values', v => (typeof v === 'string' && /^(local|本地)\s/.test(v) ? [] : listOf(v)));
  const criteria = get('criteria', v => asList(v).map(criterion)) ?? [];
  const rest = given({
    decides: get('decides', party),
    with: get('with', parties),
    since: get('since', v => oneOf(v, ['required-on-raise', 'default'])),
    picks: get('picks', v => oneOf(v, ['workflow', 'addressee'])),
    uncertain: get('uncertain', v => oneOf(v, ['tighter'])),
    local: local ?? get('values', v => (typeof v === 'string' ? /^(?:local|本地)\s+(\S+)/.exec(v)?.[1] : undefined)),
  });
  if (!name || !values) return undefined;
  return {
    kind: 'grades',
    ...base,
    name,
    values,
    criteria,
    unordered: get('unordered', asBool) ?? false,
    many: get('many', asBool) ?? false,
    factors: get('factors', listOf) ?? [],
    hit: get('hit', v => oneOf(v, ['unique', 'first', 'highest', 'any'])) ?? 'unique',
    ...rest,
  };
};

const rota: Reader = ({ base, get, each, parties }) => {
  const name = get('rota', asName);
  const rounds = get('rounds', readRounds);
  const done = get('done', readPattern);
  const rest = given({
    who: get('who', parties),
    each: get('each', each),
    cover: get('cover', v => oneOf(v, ['24h', 'working-hours'])),
    covers: get('covers', v => {
      const clause = typeof v === 'string' ? /^(?:sources of|信源)\s+(\S+)$/.exec(v)?.[1] : undefined;
      return clause ? { sourcesOf: clause } : { kinds: listOf(v) };
    }),
    mode: get('mode', v =>
      Object.fromEntries(
        Object.entries(asMap(v)).map(([m, x]) => [m, { every: readInterval(asMap(x)['every'] ?? asMap(x)['间隔']) }]),
      ),
    ),
  });
  return (name && rounds && done && { kind: 'rota', ...base, name, rounds, done, ...rest }) || undefined;
};

function criterion(row: unknown): R.Criterion {
  const { value, when, judged, clause, reason } = asMap(row);
  return {
    value: asText(value),
    judged: judged === undefined ? when === undefined : asBool(judged),
    reasonRequired: reason !== undefined && asText(reason) === 'required',
    ...(clause === undefined ? {} : { clause: asText(clause) }),
    ...(when === undefined ? {} : { when: asMap(when) }),
  };
}

export const DUTY_READERS = { duty, seats, sources, grades, rota } as const;
