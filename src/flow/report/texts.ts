/** Our own texts: the newest wording as a letter, and the sheet on which it was approved. */
import type { HuiyinEvent } from '#core/log';
import type { Paper } from '#core/paper';
import { type CaseMaterial, ofType } from './material.ts';
import type { PaperNames } from './names.ts';
import { sayDay, sayMoment, sayHash } from './say.ts';
import { signatureRows } from './signatures.ts';

export function textPapers(material: CaseMaterial, names: PaperNames): readonly Paper[] {
  const documents = new Map<string, HuiyinEvent[]>();
  for (const event of ofType(material, 'draft.written')) {
    const key = String(event.data['document']);
    documents.set(key, [...(documents.get(key) ?? []), event]);
  }
  return [...documents].flatMap(([key, versions]) => {
    const newest = versions.at(-1);
    return newest ? [approvalSheet(material, names, key, versions, newest), ownText(material, names, key, newest)] : [];
  });
}

function approvalSheet(
  material: CaseMaterial,
  names: PaperNames,
  key: string,
  versions: readonly HuiyinEvent[],
  newest: HuiyinEvent,
): Paper {
  const form = String(newest.data['form']);
  const hash = String(newest.data['textHash']);
  const rows = signatureRows(material, names, { document: key, form, hash });
  const confirmations = ofType(material, 'confirmation.given').filter(
    e => e.data['document'] === key && e.data['textHash'] === hash,
  );
  const text = String(newest.data['text'] ?? '');
  return {
    id: `approval-${key}`.replaceAll(/[^\w.-]+/g, '-'),
    layout: 'sheet',
    title: `${names.form(form)}审签单`,
    issuer: names.unit(newest.by.unit),
    date: sayDay(newest.at),
    to: [],
    copies: [],
    blocks: [
      {
        block: 'boxes',
        rows: [
          ...(material.key === '' ? [] : [{ label: '所属案件', value: `${material.number}　${material.title}` }]),
          { label: '文稿', value: `${names.form(form)}，第 ${versions.length} 稿，${sayMoment(newest.at)}` },
          { label: '文稿指纹', value: sayHash(hash) },
          { label: '文稿全文', value: text, lines: 10, ...(text === '' ? { missing: true as const } : {}) },
          ...(confirmations.length > 0
            ? [
                {
                  label: '相关单位确认',
                  value: confirmations
                    .map(e => `${names.body(String(e.data['agency']))}，${sayMoment(e.at)}`)
                    .join('；'),
                },
              ]
            : []),
        ],
      },
      { block: 'signatures', rows: [...rows] },
      { block: 'note', text: '签字只对上述一字不改的文稿有效；文稿改动，重新审签。' },
    ],
    missing: rows
      .filter(r => r.office === '' || r.note.includes('作废') || r.note.startsWith('退回'))
      .map(r => `${r.capacity}签字`),
    from: [...versions.map(e => e.id), ...confirmations.map(e => e.id)],
  };
}

function ownText(material: CaseMaterial, names: PaperNames, key: string, newest: HuiyinEvent): Paper {
  const published = ofType(material, 'publication.made').filter(e => e.data['document'] === key);
  const text = String(newest.data['text'] ?? '');
  const first = text.split('\n').find(l => l.trim() !== '') ?? '';
  const titled = first.length > 0 && first.length <= 40 && text.includes('\n');
  return {
    id: `text-${key}`.replaceAll(/[^\w.-]+/g, '-'),
    layout: 'letter',
    title: titled ? first.trim() : names.form(String(newest.data['form'])),
    issuer: names.institution,
    date: sayDay(published[0]?.at ?? newest.at),
    to: [],
    copies: [],
    blocks: [
      ...(titled ? text.slice(text.indexOf(first) + first.length) : text)
        .split('\n')
        .filter(line => line.trim() !== '')
        .map(line => ({ block: 'text' as const, text: line.trim() })),
      ...(published.length > 0
        ? [
            {
              block: 'note' as const,
              text: `已发布：${published
                .map(
                  e =>
                    `${names.value('channel', String(e.data['channel']))}，${sayMoment(e.at)}，发布人：${names.office({ unit: String(e.data['speakerUnit'] ?? e.by.unit), role: String(e.data['speakerRole'] ?? e.by.role) })}`,
                )
                .join('；')}`,
            },
          ]
        : []),
    ],
    missing: text === '' ? ['文稿全文'] : [],
    from: [newest.id, ...published.map(e => e.id)],
  };
}
