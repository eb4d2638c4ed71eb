/** What `similar` and `route` share: NDJSON rows in with every fault told, a readable model out, written whole or not at all. */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { InputRefused, type InputProblem, UsageError } from './command.ts';
import { IDENTITY, objectsOf } from './items.ts';

export type RowShape = Readonly<Record<string, 'text' | 'text?' | 'label' | 'yes or no'>>;
/** How people write yes and no in a table of pairs. Anything else is refused: read as "no" it would teach the opposite. */
const YES = /^(1|true|yes|same)$/i;
const NO = /^(0|false|no|different)$/i;
/** Rows with exactly these keys; a `label` may be a text, number or truth value, a `yes or no` comes back as those words. */
export function readRows(bytes: Uint8Array, shape: RowShape): Record<string, string>[] {
  const problems: InputProblem[] = [];
  const rows = objectsOf(bytes, '-', problems).map(({ line, value }) => {
    const fault = (code: string, message: string): void => void problems.push({ file: '-', line, code, message });
    for (const key of Object.keys(value))
      if (!Object.hasOwn(shape, key) && IDENTITY.test(key))
        fault('HY-I9', `"${key}" says who spoke; rows carry no private identity. Leave it out.`);
      else if (!Object.hasOwn(shape, key))
        fault('HY-I3', `there is no key "${key}"; there are ${Object.keys(shape).join(', ')}.`);
    const row: Record<string, string> = {};
    for (const [key, kind] of Object.entries(shape)) {
      const v = value[key];
      if (v === undefined || v === null) {
        if (kind !== 'text?') fault('HY-I2', `"${key}" is needed.`);
      } else if (
        kind === 'text' || kind === 'text?'
          ? typeof v !== 'string'
          : !['string', 'number', 'boolean'].includes(typeof v)
      )
        fault('HY-I3', `"${key}" is a text.`);
      else if (kind !== 'yes or no') row[key] = String(v);
      else if (YES.test(String(v))) row[key] = 'yes';
      else if (NO.test(String(v))) row[key] = 'no';
      else fault('HY-I3', `"${key}" is 1 or 0 (true, false, yes, no, same, different), not "${String(v)}".`);
    }
    return row;
  });
  if (problems.length > 0) throw new InputRefused(problems);
  return rows;
}
export function writeModel(file: string, model: object): string {
  const text = `${JSON.stringify(model)}\n`;
  try {
    writeFileSync(`${file}.part`, text);
    renameSync(`${file}.part`, file);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${(error as Error).message}`);
  }
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
/** A model of the wanted format. */
export function readModel<T extends { readonly format: string }>(file: string | undefined, format: T['format']): T {
  if (file === undefined) throw new UsageError('--model M is needed');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read`);
  }
  try {
    const value = JSON.parse(text) as T;
    if (value.format === format) return value;
  } catch {
    // told below
  }
  throw new InputRefused([
    { file, line: 1, code: 'HY-I3', message: `this is no model of the format ${format}.`, mend: 'Train one first.' },
  ]);
}
