/** `huiyin match`: which rules an item meets, where, and with --why what failed in the others. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { compileRules, makeMatcher, readRules } from '#core/text';
import { type Command, EXIT, InputRefused, UsageError } from '../command.ts';
import { readItems } from '../items.ts';

export const command: Command = {
  name: 'match',
  summary: 'judge items against rules of concern',
  help: `
huiyin match --rules rules.json [--why] [--directory names.txt] < items.ndjson

Item:   {"id","title"?,"text","outlet"?,"outletKind"?,"region"?,"url"?,"publishedAt"?}, one a line
Rules:  {"rules":[{"id","version","all":[["word","synonym"],["other group"]],"none"?,"near"?:[{"a","b","within"}],"in"?:["title","text"],"width"?:"fold|exact"}]}
        or, instead of all, none, near, in: "expr":"SENT(公交 AND (工资 OR 薪酬)) AND NOT 招聘 AND kind:forum"
Output: {"id","matched":[{"rule","version","spans":[{"field","term","from","to"}]}]}; with --why also "not":[{"rule","because"}];
        a text that hits so often that not everything was looked at or listed (1,000 spans a rule) says so: "problem"

"width": fold (the default) takes case, full-width and traditional forms as equal; exact compares to the letter.
Offsets are UTF-16 units of the item as given.
Personal names, identity numbers, phones and accounts are refused as terms; --directory lists names held in the office directory, one a line, that may stand.`,
  async run(args, context) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rules: { type: 'string' },
        why: { type: 'boolean' },
        directory: { type: 'string' },
        json: { type: 'boolean' },
      },
      strict: true,
      allowPositionals: false,
    });
    if (values.rules === undefined) throw new UsageError('--rules rules.json is needed');
    const directory = values.directory === undefined ? '' : await textOf(values.directory);
    const names = directory.split(/\r?\n/).filter(Boolean);
    const rules = await loadRules(values.rules, names);
    const items = readItems(await context.stdin());
    const matcher = makeMatcher(compileRules(rules));
    let out = '';
    for (const item of items) {
      out += `${JSON.stringify({ id: item.id, ...matcher.match(item, { why: values.why === true }) })}\n`;
      if (out.length > 1 << 20) {
        await context.out(out);
        out = '';
      }
    }
    await context.out(out);
    return EXIT.yes;
  },
};

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read`);
  }
}
async function loadRules(file: string, directory: readonly string[]) {
  const text = await textOf(file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputRefused([{ file, line: 1, code: 'HY-I1', message: `not JSON: ${(error as Error).message}` }]);
  }
  const { rules, faults } = readRules(value, directory);
  if (faults.length > 0)
    throw new InputRefused(
      faults.map(f => ({ file, line: lineOf(text, f.place), code: f.code, message: `${f.place}: ${f.message}` })),
    );
  return rules;
}

/** The line on which the n-th rule begins, as far as its place tells: good enough to find it in an editor. */
function lineOf(text: string, place: string): number {
  const n = Number(/^rules\[(\d+)\]/.exec(place)?.[1] ?? -1);
  if (n < 0) return 1;
  let depth = 0;
  let seen = -1;
  let line = 1;
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const ch = text[i];
    if (ch === '\n') line++;
    if (inText) {
      if (ch === '\\') i++;
      else if (ch === '"') inText = false;
    } else if (ch === '"') inText = true;
    else if (ch === '{') {
      if (++depth === 2 && ++seen === n) return line;
    } else if (ch === '}') depth--;
  }
  return 1;
}
