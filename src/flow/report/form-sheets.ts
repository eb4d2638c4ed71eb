/** The regulation's own forms: every field in its box with what the log holds, what is wanting marked, signatures below. */
import type { Paper, PaperBlock, PaperBox } from '#core/paper';
import type { FormContent } from '#core/obligations';
import type { FormField } from '#core/rulebook';
import { type CaseMaterial, ofType } from './material.ts';
import type { PaperNames } from './names.ts';
import { sayDay, sayValue } from './say.ts';
import { signatureRows } from './signatures.ts';

/** One sheet for each number of a form; blocks of one form under several clauses fill one sheet together. */
export function formSheets(material: CaseMaterial, names: PaperNames): readonly Paper[] {
  const sheets = new Map<string, FormContent[]>();
  for (const form of material.forms) {
    const key = `${form.form} ${form.number ?? (form.basis[0] === undefined ? '' : (form.basis.at(-1) ?? ''))}`;
    sheets.set(key, [...(sheets.get(key) ?? []), form]);
  }
  return [...sheets.values()].map(parts => sheet(material, names, parts));
}

function sheet(material: CaseMaterial, names: PaperNames, parts: readonly FormContent[]): Paper {
  const [first] = parts as readonly [FormContent];
  const content = Object.assign({}, ...parts.map(p => p.content)) as Readonly<Record<string, unknown>>;
  const missing = [...new Set(parts.flatMap(p => p.missing))];
  const fields = distinct(parts.flatMap(p => p.fields));
  const rows: PaperBox[] = [
    ...(material.key === '' ? [] : [{ label: '所属案件', value: `${material.number}　${material.title}` }]),
    ...fields.map(field => box(names, first.form, field, content, missing)),
    ...parts
      .flatMap(p => p.parts)
      .map((part): PaperBox => ({
        label: names.value('parts', part),
        value: listed(content['parts']).includes(part) ? '已附' : '',
        ...(missing.includes(part) ? { missing: true as const } : {}),
      })),
  ];
  const last = material.events.findLast(e => parts.some(p => p.basis.includes(e.id)));
  const signed = signedSheet(material, names, first, content);
  const blocks: PaperBlock[] = [{ block: 'boxes', rows }];
  if (signed.length > 0) blocks.push({ block: 'signatures', rows: signed });
  return {
    id: `form-${first.form}-${first.number ?? first.basis[0] ?? 'wanted'}`.replaceAll(/[^\w.-]+/g, '-'),
    layout: 'sheet',
    title: first.print ?? names.form(first.form),
    ...(first.number === undefined ? {} : { number: first.number }),
    issuer: last ? names.unit(last.by.unit) : names.institution,
    date: sayDay(last?.at ?? material.now),
    to: [],
    copies: [],
    blocks,
    missing: missing.map(name => (name === 'number' ? '编号' : names.field(name, first.form))),
    clause: parts.map(p => `${names.article(p.clause)}（${p.clause}）`).join('、'),
    from: [...new Set(parts.flatMap(p => p.basis))],
  };
}

/** Through these somebody outside can be reached: the copy for a handling unit leaves them out. */
const CONTACT: ReadonlySet<string> = new Set(['contactPoint', 'contact', 'phone']);

const listed = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const distinct = (fields: readonly FormField[]): readonly FormField[] =>
  fields.filter((f, i) => fields.findIndex(g => g.name === f.name) === i);

function box(
  names: PaperNames,
  form: string,
  field: FormField,
  content: Readonly<Record<string, unknown>>,
  missing: readonly string[],
): PaperBox {
  return {
    label: names.field(field.name, form),
    value: sayValue(names, field.name, content[field.name]),
    ...(field.type === 'text' ? { lines: 3 } : {}),
    ...(CONTACT.has(field.name) ? { contact: true as const } : {}),
    ...(missing.includes(field.name) ? { missing: true as const } : {}),
  };
}

/**
 * Signatures of this sheet: those of its own text or number; else those of the chain that covers forms of its name, given
 * for a paper that was never drafted as a text.
 */
function signedSheet(
  material: CaseMaterial,
  names: PaperNames,
  form: FormContent,
  content: Readonly<Record<string, unknown>>,
): ReturnType<typeof signatureRows> {
  const drafted = new Set(ofType(material, 'draft.written').map(e => e.data['document']));
  const capacities = new Set(
    material.rules.flatMap(r =>
      r.kind === 'approval' && r.covers['form']?.includes(form.form) === true ? r.steps.flat() : [],
    ),
  );
  const document = content['document'] ?? content['notice'];
  const signed = ofType(material, 'signature.given');
  const own = signed.filter(
    e => e.data['document'] === document || (form.number !== undefined && e.data['number'] === form.number),
  );
  const last =
    own.at(-1) ?? signed.findLast(e => !drafted.has(e.data['document']) && capacities.has(String(e.data['as'])));
  return signatureRows(material, names, {
    document: String(last?.data['document'] ?? document ?? ''),
    form: form.form,
    // A sheet grows between its signatures; only a text that was drafted as one is bound to its exact wording.
    ...(last && drafted.has(last.data['document']) ? { hash: String(last.data['textHash']) } : {}),
  });
}
