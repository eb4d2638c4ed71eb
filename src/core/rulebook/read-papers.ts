/** Blocks about texts and acts: approvals, forms, ledgers, routes, gates, stages, checks of wording, risk. */
import {
  asBool,
  asList,
  asMap,
  asName,
  asText,
  oneOf,
  readCondition,
  readField,
  readInterval,
  readLimit,
  readPattern,
  readPatterns,
  readTestList,
} from './read-value.ts';

import { given, intervals, listOf, type Reader, selector, step } from './block.ts';

const approval: Reader = ({ base, get, each }) => {
  const name = get('approval', asName);
  const covers = get('covers', selector);
  const order = get('order', v => oneOf(v, ['listed', 'any'])) ?? 'listed';
  const before = get('before', readPatterns);
  const rest = given({
    byTopic: get('by-topic', v =>
      asList(v).map(row => {
        const { topic, steps, order: own, clause } = asMap(row);
        return {
          topic: listOf(topic),
          steps: asList(steps).map(step),
          order: oneOf(own ?? order ?? 'listed', ['listed', 'any']),
          ...(clause === undefined ? {} : { clause: asText(clause) }),
        };
      }),
    ),
    condition: get('if', readCondition),
    inside: get('inside', v => {
      const m = asMap(v);
      return {
        limitOf: listOf(m['limit-of']),
        ...(m['each'] === undefined ? {} : { each: each(m['each']) }),
        ...(m['ends-with'] === undefined ? {} : { endsWith: readPattern(m['ends-with']) }),
      };
    }),
    sameHolder: get('same-holder', asText),
    standIn: get('stand-in', asText),
    reject: get('reject', v => oneOf(v, ['back-to-draft'])),
    allow: get('allow', intervals),
  });
  const steps = get('steps', v => asList(v).map(step)) ?? [];
  return (
    (name && covers && order && before && { kind: 'approval', ...base, name, covers, order, before, steps, ...rest }) ||
    undefined
  );
};

const form: Reader = ({ base, get }) => {
  const name = get('form', asName);
  const fields = get('fields', v => asList(v).map(readField));
  const filledBy = get('filled-by', readPattern) ?? { on: 'event' as const, type: 'form.filled', tests: [] };
  const rest = given({
    number: get('number', asText),
    completeBefore: get('complete-before', readPatterns),
    after: get('after', readPattern),
    parts: get('parts', listOf),
    print: get('print', asText),
  });
  return (name && fields && { kind: 'form', ...base, name, fields, filledBy, ...rest }) || undefined;
};

const ledger: Reader = ({ base, get }) => {
  const name = get('ledger', asName);
  const row = get('row', asText);
  const fields = get('fields', v => asList(v).map(readField));
  const rest = given({
    countsOnlyIf: get('counts-only-if', readTestList),
    excludes: get('excludes', readTestList),
    completeBefore: get('complete-before', readPatterns),
  });
  return (name && row && fields && { kind: 'ledger', ...base, name, row, fields, ...rest }) || undefined;
};

const route: Reader = ({ base, get, each, parties, needs }) => {
  const name = get('route', asName);
  const when = get('when', readPatterns);
  const rest = given({
    to: get('to', parties),
    condition: get('if', readCondition),
    onlyBy: get('only-by', parties),
    needs: get('needs', needs),
    within: get('within', readLimit),
    downTo: get('down-to', each),
    feedback: get('feedback', readPattern),
    series: get('series', listOf),
  });
  return (
    (name &&
      when && { kind: 'route', ...base, name, when, byCategory: get('by-category', asBool) ?? false, ...rest }) ||
    undefined
  );
};

const gate: Reader = ({ base, get, needs }) => {
  const name = get('gate', asName);
  const act = get('act', readPatterns);
  const wants = get('needs', needs);
  const rest = given({
    condition: get('if', readCondition),
    flagInstead: get('flag-instead', asText),
    onRefusal: get('on-refusal', readPattern),
  });
  return (name && act && wants && { kind: 'gate', ...base, name, act, needs: wants, ...rest }) || undefined;
};

const stages: Reader = ({ base, get }) => {
  const name = get('stages', asName);
  const of = get('of', v => oneOf(v, ['case', 'standing']));
  const marks = get('marks', v =>
    asList(v).map(row => ({ mark: asText(asMap(row)['mark']), by: readPatterns(asMap(row)['by']) })),
  );
  const order = get('order', v => oneOf(v, ['strict-unless-reason', 'free']));
  return (
    (name &&
      of &&
      marks &&
      order && {
        kind: 'stages',
        ...base,
        name,
        of,
        marks,
        order,
        ...given({ remind: get('remind', readInterval) }),
      }) ||
    undefined
  );
};

const lint: Reader = ({ base, get }) => {
  const name = get('lint', asName);
  const on = get('on', selector);
  const rule = get('rule', v => oneOf(v, ['words', 'stale', 'parts', 'cause-before-finding', 'facts', 'checklist']));
  const rest = given({
    words: get('words', listOf),
    olderThan: get('older-than', readLimit),
    asks: get('asks', listOf),
    override: get('override', v => oneOf(v, ['with-reason'])),
  });
  return (
    (name &&
      on &&
      rule && { kind: 'lint', ...base, name, on, rule, returns: get('returns', asBool) ?? false, ...rest }) ||
    undefined
  );
};

const risk: Reader = ({ base, get }) => {
  const name = get('risk', asName);
  const fields = get('fields', listOf);
  const rest = given({
    before: get('before', readPatterns),
    every: get('every', readInterval),
    starts: get('starts', readPattern),
    done: get('done', readPattern),
    flag: get('flag', asText),
  });
  return (name && fields && { kind: 'risk', ...base, name, fields, ...rest }) || undefined;
};

export const PAPER_READERS = { approval, form, ledger, route, gate, stages, lint, risk } as const;
