/** Makes the closed list of event types of core/log from docs/specs/events.schema.json, one line a field, as the event table writes it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Shape {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: Shape;
}
interface Variant {
  readonly properties: {
    readonly type: { readonly const: string };
    readonly data: { readonly properties?: Readonly<Record<string, Shape>>; readonly required?: readonly string[] };
  };
}
interface Definition {
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly propertyNames?: { readonly pattern: string };
}
interface Schema {
  readonly oneOf: readonly Variant[];
  readonly $defs: Readonly<Record<string, Definition>>;
}

/** "key", "key[]", "enum a | b", "integer": the field's type in one word or list. */
function written(shape: Shape): string {
  if (shape.$ref) return shape.$ref.replace('#/$defs/', '');
  if (shape.enum) return `enum ${shape.enum.join(' | ')}`;
  if (shape.type === 'array' && shape.items) {
    const of = written(shape.items);
    return of.startsWith('enum ') ? `enum[] ${of.slice('enum '.length)}` : `${of}[]`;
  }
  if (shape.type) return shape.type;
  throw new Error(`a field of the event vocabulary has a shape this generator does not know: ${JSON.stringify(shape)}`);
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const key = (name: string): string => (/^[a-zA-Z]\w*$/.test(name) ? name : quoted(name));

/** Path in the repository → content. */
export async function generate(root: string): Promise<Map<string, string>> {
  const schema = JSON.parse(readFileSync(join(root, 'docs/specs/events.schema.json'), 'utf8')) as Schema;
  const types = schema.oneOf.map(({ properties }) => {
    const required = new Set(properties.data.required ?? []);
    const fields = Object.entries(properties.data.properties ?? {}).map(
      ([name, shape]) => `    ${key(required.has(name) ? name : `${name}?`)}: ${quoted(written(shape))},\n`,
    );
    return `  ${quoted(properties.type.const)}: {\n${fields.join('')}  },\n`;
  });
  const texts = Object.entries(schema.$defs).flatMap(([name, d]) =>
    d.pattern ? [`  ${key(name)}: ${quoted(d.pattern)},\n`] : [],
  );
  const lengths = Object.entries(schema.$defs).flatMap(([name, d]) =>
    d.maxLength ? [`  ${key(name)}: ${d.maxLength},\n`] : [],
  );
  const form = schema.$defs['form']?.propertyNames?.pattern;
  if (!form) throw new Error('the event vocabulary has lost its pattern for the field names of forms');
  const text = `// Made by: node scripts/generate.ts (scripts/generate/vocabulary.ts) from docs/specs/events.schema.json. Do not edit.
// prettier-ignore
/** Event type → its fields and their types as written; a name ending in ? is optional. */
export const EVENT_FIELDS = {
${types.join('')}} as const;
// prettier-ignore
/** The pattern each kind of word must meet. */
export const WORD_PATTERNS = {
${texts.join('')}} as const;
/** The most characters a free text may have. */
export const TEXT_LENGTHS = {
${lengths.join('')}} as const;
// prettier-ignore
/** Field names a form may have: any, save those that ask who somebody is. */
export const FORM_FIELD_NAME = ${quoted(form)};
`;
  return new Map([['src/core/log/vocabulary.generated.ts', text]]);
}
