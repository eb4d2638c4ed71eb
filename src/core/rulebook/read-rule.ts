/** One block to one rule, kind by kind. Every value is read by the small readers; what fails becomes a problem at its place. */
import {
  asBool,
  asList,
  asMap,
  asName,
  asNumber,
  asText,
  asTexts,
  oneOf,
  readAnchor,
  readCondition,
  readDischarge,
  readField,
  readInterval,
  readLimit,
  readPattern,
  readPatterns,
  readTestList,
  ValueFault,
} from './read-value.ts';
import { readNeeds, readParties, readParty } from './read-party.ts';
import { readBreach, readRounds, readSeats } from './read-rows.ts';
import { valueWord } from './keywords.ts';
import type * as R from './types.ts';

/** Reads one key of a block: undefined where it is absent or faulty (the fault is told). */
export type Get = <T>(key: string, read: (value: unknown) => T) => T | undefined;

const listOf = (value: unknown): string[] => asTexts(value);
/** Leaves out what is undefined, so that an absent key is absent. */
function given<T extends object>(parts: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
const selector = (value: unknown): R.DocumentSelector =>
  Object.fromEntries(Object.entries(asMap(value)).map(([key, v]) => [key, listOf(v)]));
const step = (value: unknown): R.Step =>
  Array.isArray(value)
    ? value.map(asText)
    : asText(value)
        .split(/\s+or\s+|\s*\|\s*|\s*任一\s*/)
        .map(s => s.replace(/^one of\s+/, '').trim());
const intervals = (value: unknown): Record<string, R.Interval> =>
  Object.fromEntries(Object.entries(asMap(value)).map(([key, v]) => [key, readInterval(v)]));

/** The rule of a block, or undefined where a required part is missing or faulty. `base` holds place and clauses. */
export function readRule(kind: R.RuleKind, base: R.RuleBase, get: Get, terms: R.Terms): R.Rule | undefined {
  const party = (v: unknown) => readParty(v, terms);
  const each = (v: unknown) => readParty(v, terms, 'each');
  const parties = (v: unknown) => readParties(v, terms);
  const needs = (v: unknown) => readNeeds(v, terms);
  switch (kind) {
    case 'duty': {
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
        readings: get('readings', v =>
          Object.fromEntries(Object.entries(asMap(v)).map(([k, a]) => [k, readAnchor(a)])),
        ),
        orClose: get('or-close', v => ({ by: party(asMap(v)['by']), with: asText(asMap(v)['with']) })),
      });
      const from = get('from', readAnchor) ?? { kind: 'trigger' as const };
      const onLower = get('on-lower', v => oneOf(v, ['cancel-not-due', 'keep'])) ?? 'cancel-not-due';
      const afterClose = get('after-close', asBool) ?? false;
      if (!name || !starts || !who || must === undefined || !done || !within) return undefined;
      return { kind, ...base, name, starts, from, who, must, done, within, onLower, afterClose, ...rest };
    }
    case 'seats':
      return readSeats(base, get, terms);
    case 'sources': {
      const kinds = get('kinds', listOf);
      if (get('public-only', asBool) === false)
        get('public-only', () => fail('public-only cannot be false', 'only what is public is read'));
      const rest = given({
        topics: get('topics', listOf),
        reach: get('reach', v => asList(v).map(x => oneOf(x, ['domestic', 'foreign']))),
        methods: get('methods', v => asList(v).map(x => oneOf(x, ['software', 'people']))),
      });
      return (kinds && { kind, ...base, kinds, publicOnly: true, ...rest }) || undefined;
    }
    case 'grades': {
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
        local:
          local ?? get('values', v => (typeof v === 'string' ? /^(?:local|本地)\s+(\S+)/.exec(v)?.[1] : undefined)),
      });
      if (!name || !values) return undefined;
      return {
        kind,
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
    }
    case 'rota': {
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
            Object.entries(asMap(v)).map(([m, x]) => [
              m,
              { every: readInterval(asMap(x)['every'] ?? asMap(x)['间隔']) },
            ]),
          ),
        ),
      });
      return (name && rounds && done && { kind, ...base, name, rounds, done, ...rest }) || undefined;
    }
    case 'approval': {
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
        (name && covers && order && before && { kind, ...base, name, covers, order, before, steps, ...rest }) ||
        undefined
      );
    }
    case 'form': {
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
      return (name && fields && { kind, ...base, name, fields, filledBy, ...rest }) || undefined;
    }
    case 'ledger': {
      const name = get('ledger', asName);
      const row = get('row', asText);
      const fields = get('fields', v => asList(v).map(readField));
      const rest = given({
        countsOnlyIf: get('counts-only-if', readTestList),
        excludes: get('excludes', readTestList),
        completeBefore: get('complete-before', readPatterns),
      });
      return (name && row && fields && { kind, ...base, name, row, fields, ...rest }) || undefined;
    }
    case 'route': {
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
        (name && when && { kind, ...base, name, when, byCategory: get('by-category', asBool) ?? false, ...rest }) ||
        undefined
      );
    }
    case 'quota': {
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
        ? { kind, ...base, name, count, per, atLeast, ...rest }
        : undefined;
    }
    case 'score': {
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
            kind,
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
    }
    case 'gate': {
      const name = get('gate', asName);
      const act = get('act', readPatterns);
      const wants = get('needs', needs);
      const rest = given({
        condition: get('if', readCondition),
        flagInstead: get('flag-instead', asText),
        onRefusal: get('on-refusal', readPattern),
      });
      return (name && act && wants && { kind, ...base, name, act, needs: wants, ...rest }) || undefined;
    }
    case 'stages': {
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
          order && { kind, ...base, name, of, marks, order, ...given({ remind: get('remind', readInterval) }) }) ||
        undefined
      );
    }
    case 'lint': {
      const name = get('lint', asName);
      const on = get('on', selector);
      const rule = get('rule', v =>
        oneOf(v, ['words', 'stale', 'parts', 'cause-before-finding', 'facts', 'checklist']),
      );
      const rest = given({
        words: get('words', listOf),
        olderThan: get('older-than', readLimit),
        asks: get('asks', listOf),
        override: get('override', v => oneOf(v, ['with-reason'])),
      });
      return (
        (name && on && rule && { kind, ...base, name, on, rule, returns: get('returns', asBool) ?? false, ...rest }) ||
        undefined
      );
    }
    case 'breach':
      return readBreach(base, get);
    case 'risk': {
      const name = get('risk', asName);
      const fields = get('fields', listOf);
      const rest = given({
        before: get('before', readPatterns),
        every: get('every', readInterval),
        starts: get('starts', readPattern),
        done: get('done', readPattern),
        flag: get('flag', asText),
      });
      return (name && fields && { kind, ...base, name, fields, ...rest }) || undefined;
    }
    case 'retention': {
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
        (name && items && { kind, ...base, what: bundle ? 'bundle' : 'evaluation', name, items, ...rest }) || undefined
      );
    }
    case 'outside': {
      const name = get('rule', asText);
      const owner = get('owner', asText);
      const status = get('status', v => oneOf(v, ['not-supplied', 'supplied']));
      return (
        (name &&
          owner &&
          status && {
            kind,
            ...base,
            name,
            owner,
            status,
            ...given({ confirmBefore: get('confirm-before', readPatterns) }),
          }) ||
        undefined
      );
    }
    case 'note': {
      const about = get('about', asText);
      const question = get('question', asText);
      const reading = get('reading', asText);
      const decidedBy = get('decided-by', v => valueWord(asText(v)));
      const rest = given({ on: get('on', asText), switch: get('switch', asText) });
      return about && question && reading && decidedBy
        ? {
            kind,
            ...base,
            about,
            question,
            reading,
            decidedBy,
            alternatives: get('alternatives', listOf) ?? [],
            ...rest,
          }
        : undefined;
    }
    case 'local': {
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
            kind,
            ...base,
            name,
            for: forClauses,
            unset: get('unset', v => oneOf(v, ['gap', 'none'])) ?? 'none',
            ...rest,
          }) ||
        undefined
      );
    }
    case 'declined': {
      const orders = get('orders', asText);
      const why = get('why', asText);
      const instead = get('instead', asText);
      return orders && why && instead
        ? { kind, ...base, orders, why, instead, askedActs: get('asked-acts', listOf) ?? [] }
        : undefined;
    }
    case 'human':
      return { kind, ...base, ...given({ why: get('why', asText) }) };
    case 'terms':
      return undefined; // read before all others: read-terms.ts
  }
}

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
function fail(message: string, mend: string): never {
  throw new ValueFault(message, mend);
}
