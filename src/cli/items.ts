/** Reads NDJSON items for `match`, `dedupe` and `cluster`: all of standard input is judged before anything is written. */
import type { Item } from '#core/text';
import { InputRefused, type InputProblem } from './command.ts';

const KEYS = ['id', 'title', 'text', 'outlet', 'outletKind', 'region', 'url', 'publishedAt'] as const;
/** Keys that would carry who spoke: named as such, so that nobody looks for a spelling mistake. */
export const IDENTITY =
  /^(author|authors|byline|creator|user|user_?name|nick_?name|netizen|poster|account|handle|uid|sender|caller|phone|mobile|address|real_?name|id_?card|作者|发帖人|姓名|网名|昵称|账号|帐号|电话|手机|住址)$/i;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

export interface NumberedLine {
  readonly line: number;
  readonly text: string;
}

/** The non-empty lines of a UTF-8 input, numbered from 1. */
export function linesOf(bytes: Uint8Array, file: string): NumberedLine[] {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new InputRefused([
      { file, line: 1, code: 'HY-I1', message: 'the input is not UTF-8.', mend: 'Save it as UTF-8.' },
    ]);
  }
  return text
    .split('\n')
    .map((line, i) => ({ line: i + 1, text: line.endsWith('\r') ? line.slice(0, -1) : line }))
    .filter(l => l.text.trim() !== '');
}

/** One JSON object a line, or a problem for every line that is none. */
export function objectsOf(
  bytes: Uint8Array,
  file: string,
  problems: InputProblem[],
): { readonly line: number; readonly value: Record<string, unknown> }[] {
  return linesOf(bytes, file).flatMap(({ line, text }) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      problems.push({ file, line, code: 'HY-I1', message: `not JSON: ${(error as Error).message}.` });
      return [];
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return [{ line, value: value as Record<string, unknown> }];
    problems.push({ file, line, code: 'HY-I1', message: 'a line is one JSON object.' });
    return [];
  });
}

/** The items of an input; throws InputRefused with every fault. */
export function readItems(
  bytes: Uint8Array,
  file = '-',
  options: { readonly uniqueIds: boolean } = { uniqueIds: false },
): Item[] {
  const problems: InputProblem[] = [];
  const seen = new Map<string, number>();
  const items = objectsOf(bytes, file, problems).flatMap(({ line, value }) => {
    const before = problems.length;
    const fault = (code: string, message: string) => void problems.push({ file, line, code, message });
    for (const key of Object.keys(value)) {
      if ((KEYS as readonly string[]).includes(key)) {
        if (typeof value[key] !== 'string' && value[key] !== undefined && value[key] !== null)
          fault('HY-I3', `"${key}" is a text.`);
      } else if (IDENTITY.test(key))
        fault('HY-I9', `"${key}" says who spoke; items carry no private identity. Leave it out.`);
      else fault('HY-I3', `there is no key "${key}"; there are ${KEYS.join(', ')}.`);
    }
    for (const key of ['id', 'text'] as const)
      if (typeof value[key] !== 'string' || (key === 'id' && value[key] === ''))
        if (problems.length === before) fault('HY-I2', `"${key}" is needed, a text.`);
    const at = value['publishedAt'];
    if (typeof at === 'string' && (!INSTANT.test(at) || Number.isNaN(Date.parse(at))))
      fault('HY-I5', `"publishedAt" is "${at}": seconds and an offset are needed, as in 2026-09-18T22:30:00+08:00.`);
    const id = value['id'];
    if (options.uniqueIds && typeof id === 'string') {
      const first = seen.get(id);
      if (first !== undefined) fault('HY-I6', `the id "${id}" stands in line ${first} already.`);
      else seen.set(id, line);
    }
    if (problems.length > before) return [];
    // Every key has been checked above; a key given as null counts as not given.
    return [
      Object.fromEntries(Object.entries(value).filter(([, v]) => v !== null && v !== undefined)) as unknown as Item,
    ];
  });
  if (problems.length > 0) throw new InputRefused(problems);
  return items;
}
