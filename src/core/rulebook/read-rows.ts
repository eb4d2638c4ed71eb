/** Blocks whose values are rows with a small language of their own: seats, rounds of a rota, sources of a breach. */
import type { Get } from './block.ts';
import {
  asBool,
  asList,
  asMap,
  asName,
  asText,
  asTexts,
  oneOf,
  readInterval,
  readPattern,
  ValueFault,
} from './read-value.ts';
import { readParty } from './read-party.ts';
import { valueWord } from './keywords.ts';
import type { BreachRule, BreachSource, Round, RuleBase, SeatsRule, Terms } from './types.ts';

export function readSeats(base: RuleBase, get: Get, terms: Terms): SeatsRule | undefined {
  const seats = get('seats', v =>
    Object.fromEntries(
      Object.entries(asMap(v)).map(([role, n]) => {
        const match = /^(\d+)(\+)?$/.exec(asText(n));
        if (!match) throw new ValueFault(`"${String(n)}" is no number of seats`, 'write 1, 2 or 1+');
        return [role, { n: Number(match[1]), orMore: match[2] === '+' }];
      }),
    ),
  );
  const body = get('body', v => readParty(v, terms));
  const each = get('each', v => readParty(v, terms, 'each'));
  const standIn = get('stand-in', v => Object.fromEntries(Object.entries(asMap(v)).map(([a, b]) => [a, asText(b)])));
  const officeOf = get('office-of', asText);
  const responsibleFor = get('responsible-for', v =>
    Object.fromEntries(
      Object.entries(asMap(v)).map(([unit, fields]) => [
        unit,
        fields === 'own-field' ? ('own-field' as const) : asTexts(fields),
      ]),
    ),
  );
  if (!seats) return undefined;
  return {
    kind: 'seats',
    ...base,
    seats,
    ...(body ? { body } : {}),
    ...(each ? { each } : {}),
    ...(standIn ? { standIn } : {}),
    ...(officeOf ? { officeOf } : {}),
    ...(responsibleFor ? { responsibleFor } : {}),
  };
}

/** Keys of a round in both spellings. */
const ROUND_KEYS: Readonly<Record<string, string>> = {
  条款: 'clause',
  日类: 'on',
  应: 'must',
  定点: 'at',
  间隔: 'every',
  时段: 'between',
  每: 'per',
  周几: 'weekday',
  顺延: 'roll',
  容差: 'tolerance',
  完成: 'done',
  注记: 'annotate-with',
};
const local = (text: string): { readonly local: string } | undefined => {
  const name = /^(?:local|本地)\s+([A-Za-z][A-Za-z0-9-]*)$/.exec(text)?.[1];
  return name ? { local: name } : undefined;
};

export function readRounds(value: unknown): Round[] {
  return asList(value).map((row): Round => {
    const m: Record<string, unknown> = {};
    for (const [key, v] of Object.entries(asMap(row))) {
      const known = ROUND_KEYS[key] ?? key;
      if (!Object.values(ROUND_KEYS).includes(known))
        throw new ValueFault(`a round has no key "${key}"`, `write ${Object.values(ROUND_KEYS).join(', ')}`);
      m[known] = v;
    }
    const text = (key: string) => (m[key] === undefined ? undefined : asText(m[key]));
    const between = text('between');
    const literal = between === undefined ? undefined : /^(\d\d:\d\d)\s*-\s*(\d\d:\d\d)$/.exec(between);
    if (between !== undefined && !literal && !local(between))
      throw new ValueFault(`"${between}" is no window`, 'write 08:00-22:00 or local <name>');
    const weekday = text('weekday');
    const roll = text('roll');
    const annotate = text('annotate-with');
    return {
      on: oneOf(m['on'], ['working-days', 'rest-days', 'every-day']),
      must: asText(m['must']),
      ...(m['clause'] === undefined ? {} : { clause: asText(m['clause']) }),
      ...(m['at'] === undefined ? {} : { at: asTexts(m['at']) }),
      ...(m['every'] === undefined ? {} : { every: readInterval(m['every']) }),
      ...(literal
        ? { between: { from: literal[1] ?? '', to: literal[2] ?? '' } }
        : between === undefined
          ? {}
          : { between: local(between) ?? { local: between } }),
      ...(m['per'] === undefined ? {} : { per: oneOf(m['per'], ['day', 'week']) }),
      ...(weekday === undefined ? {} : { weekday: local(weekday) ?? weekday }),
      ...(roll === undefined ? {} : { roll: local(roll) ?? roll }),
      ...(m['tolerance'] === undefined ? {} : { tolerance: readInterval(m['tolerance']) }),
      ...(m['done'] === undefined ? {} : { done: readPattern(m['done']) }),
      ...(annotate === undefined ? {} : { annotateWith: annotate }),
    };
  });
}

const SOURCE_KEYS: Readonly<Record<string, string>> = {
  职责: 'duties',
  状态: 'states',
  认定: 'finding',
  程度: 'gravity',
};
/** `{duties, states}`, `{finding, gravity}`, `{publication.found}`, a list of these, or `{all: [..]}`. */
export function readBreach(base: RuleBase, get: Get): BreachRule | undefined {
  const name = get('breach', asName);
  const from = get('from', value => {
    const all = typeof value === 'object' && value !== null && 'all' in value;
    const rows = asList(all ? (value as { all: unknown }).all : value);
    let same = typeof value === 'object' && value !== null && 'about' in value;
    const sources = rows.map((row): BreachSource => {
      if (row === 'publication.found') return { publicationFound: true };
      const m = asMap(row);
      const source: Record<string, unknown> = {};
      for (const [key, v] of Object.entries(m)) {
        const known = SOURCE_KEYS[key] ?? key;
        if (known === 'publication.found') source['publicationFound'] = true;
        else if (known === 'about') same = true;
        else if (['duties', 'states', 'finding', 'gravity'].includes(known)) source[known] = asTexts(v).map(valueWord);
        else
          throw new ValueFault(
            `a source of a breach has no key "${key}"`,
            'write duties, states, finding, gravity or publication.found',
          );
      }
      return source;
    });
    return { sources, mode: all ? ('all' as const) : ('any' as const), same };
  });
  const to = get('to', v => asList(v).map(asText));
  const by = get('by', v => oneOf(v, ['person']));
  const about = get('about', v => asText(v) === 'same' || asBool(v));
  if (!name || !from || !to) return undefined;
  return {
    kind: 'breach',
    ...base,
    name,
    from: from.sources,
    mode: from.mode,
    aboutSame: from.same || about === true,
    to,
    ...(by ? { by } : {}),
  };
}
