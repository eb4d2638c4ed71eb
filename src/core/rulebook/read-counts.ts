/** Blocks that count and remember: quotas, scores, breaches, keeping, what is outside, open, local, declined, human. */
import {
  asBool,
  asList,
  asMap,
  asName,
  asNumber,
  asText,
  oneOf,
  readAnchor,
  readInterval,
  readLimit,
  readPattern,
  readPatterns,
  readTestList,
} from './read-value.ts';
import { readBreach } from './read-rows.ts';
import { valueWord } from './keywords.ts';
import type * as R from './types.ts';

import { given, listOf, type Reader } from './block.ts';

const quota: Reader = ({ base, get, each }) => {
  const name = get('quota', asName);
  const count = get('count', readPatterns);
  const per = get('per', v => oneOf(v, ['day', 'year']));
  const atLeast = get('at-least', asNumber);
  const rest = given({
    ofWhich: get('of-which', v => Object.fromEntries(Object.entries(asMap(v)).map(([f, n]) => [f, asNumber(n)]))),
    each: get('each', each),
    soft: get('soft', asText),
    gap: get('gap', v => {
      const m = asMap(v);
      return given({
        atMost: readLimit(m['at-most']),
        from: m['from'] === undefined ? undefined : readAnchor(m['from']),
        switch: m['switch'] === undefined ? undefined : asText(m['switch']),
        readings:
          m['readings'] === undefined
            ? undefined
            : Object.fromEntries(Object.entries(asMap(m['readings'])).map(([k, x]) => [k, readLimit(x)])),
      }) as NonNullable<R.QuotaRule['gap']>;
    }),
    excludes: get('excludes', readTestList),
    hits: get('hits', asText),
  });
  return name && count && per && atLeast !== undefined
    ? { kind: 'quota', ...base, name, count, per, atLeast, ...rest }
    : undefined;
};

const score: Reader = ({ base, get, each }) => {
  const name = get('score', asName);
  const eachParty = get('each', each);
  const lines = get('lines', v => asList(v).map(scoreLine));
  const veto = get('veto', v => {
    const m = asMap(v);
    return {
      when: asText(m['when']),
      bars: listOf(m['bars'] ?? []),
      keepsPoints: asBool(m['keeps-points'] ?? false),
    };
  });
  const base0 = get('base', listOf) ?? [];
  return (
    (name &&
      eachParty &&
      lines && {
        kind: 'score',
        ...base,
        name,
        each: eachParty,
        lines,
        base: base0,
        stacking: get('stacking', asBool) ?? false,
        ...given({ veto }),
      }) ||
    undefined
  );
};

const breach: Reader = ({ base, get }) => {
  return readBreach(base, get);
};

const retention: Reader = ({ base, get, parties }) => {
  const bundle = get('bundle', asName);
  const evaluation = get('evaluation', asName);
  const name = bundle ?? evaluation;
  const items = get('kinds', listOf) ?? get('heads', listOf);
  const rest = given({
    by: get('by', parties),
    after: get('after', readPatterns),
    within: get('within', readLimit),
    interval: get('interval', readInterval),
    erase: get('erase', asText),
  });
  return (
    (name && items && { kind: 'retention', ...base, what: bundle ? 'bundle' : 'evaluation', name, items, ...rest }) ||
    undefined
  );
};

const outside: Reader = ({ base, get }) => {
  const name = get('rule', asText);
  const owner = get('owner', asText);
  const status = get('status', v => oneOf(v, ['not-supplied', 'supplied']));
  return (
    (name &&
      owner &&
      status && {
        kind: 'outside',
        ...base,
        name,
        owner,
        status,
        ...given({ confirmBefore: get('confirm-before', readPatterns) }),
      }) ||
    undefined
  );
};

const note: Reader = ({ base, get }) => {
  const about = get('about', asText);
  const question = get('question', asText);
  const reading = get('reading', asText);
  const decidedBy = get('decided-by', v => valueWord(asText(v)));
  const rest = given({ on: get('on', asText), switch: get('switch', asText) });
  return about && question && reading && decidedBy
    ? {
        kind: 'note',
        ...base,
        about,
        question,
        reading,
        decidedBy,
        alternatives: get('alternatives', listOf) ?? [],
        ...rest,
      }
    : undefined;
};

const local: Reader = ({ base, get }) => {
  const name = get('local', asName);
  const forClauses = get('for', listOf);
  const rest = given({
    value: get('value', v => v),
    unit: get('unit', asText),
    min: get('min', v => v),
    max: get('max', v => v),
  });
  return (
    (name &&
      forClauses && {
        kind: 'local',
        ...base,
        name,
        for: forClauses,
        unset: get('unset', v => oneOf(v, ['gap', 'none'])) ?? 'none',
        ...rest,
      }) ||
    undefined
  );
};

const declined: Reader = ({ base, get }) => {
  const orders = get('orders', asText);
  const why = get('why', asText);
  const instead = get('instead', asText);
  return orders && why && instead
    ? { kind: 'declined', ...base, orders, why, instead, askedActs: get('asked-acts', listOf) ?? [] }
    : undefined;
};

const human: Reader = ({ base, get }) => {
  return { kind: 'human', ...base, ...given({ why: get('why', asText) }) };
};

function scoreLine(row: unknown): R.ScoreLine {
  const m = asMap(row);
  const points = m['points'];
  return {
    clause: asText(m['clause']),
    count: readPattern(m['count']),
    points:
      typeof points === 'object' && points !== null
        ? Object.fromEntries(Object.entries(points).map(([k, n]) => [k, asNumber(n)]))
        : asNumber(points),
    needsBase: m['needs-base'] === undefined ? false : asBool(m['needs-base']),
    ...(m['beyond'] === undefined ? {} : { beyond: asNumber(m['beyond']) }),
    ...(m['not-for'] === undefined ? {} : { notFor: listOf(m['not-for']) }),
  };
}

export const COUNT_READERS = { quota, score, breach, retention, outside, note, local, declined, human } as const;
