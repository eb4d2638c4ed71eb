/** Papers of the institution as a whole: forms that belong to no case, and every ledger as one list. */
import type { FormContent } from '#core/obligations';
import type { Paper } from '#core/paper';
import { readDocument } from './brief/kinds.ts';
import { formSheets } from './form-sheets.ts';
import { noticeLetters, reportLetters } from './letters.ts';
import type { CaseMaterial } from './material.ts';
import type { PaperNames } from './names.ts';
import { sayDay, sayShort, sayValue } from './say.ts';
import { textPapers } from './texts.ts';

/** `material` holds what stands outside every case; briefs have pages of their own. */
export function papersOfHouse(material: CaseMaterial, names: PaperNames): readonly Paper[] {
  const events = material.events.filter(
    e => readDocument(String(e.data['document'] ?? e.data['notice'] ?? '')) === undefined,
  );
  const ledgers = new Set(material.rules.flatMap(r => (r.kind === 'ledger' ? [r.name] : [])));
  const own = { ...material, events, forms: material.forms.filter(f => !ledgers.has(f.form)) };
  return [
    ...[...ledgers].map(name => ledgerList(material, names, name)),
    ...formSheets(own, names),
    ...noticeLetters(own, names),
    ...reportLetters(own, names),
    ...textPapers(own, names),
  ];
}

function ledgerList(material: CaseMaterial, names: PaperNames, ledger: string): Paper {
  const rows = material.forms.filter(f => f.form === ledger && f.basis.length > 0);
  const rules = material.rules.filter(r => r.kind === 'ledger' && r.name === ledger);
  const fields = [...new Set(rules.flatMap(r => (r.kind === 'ledger' ? r.fields.map(f => f.name) : [])))];
  const at = (row: FormContent): string => material.events.find(e => e.id === row.basis[0])?.at ?? '';
  const missing = [...new Set(rows.flatMap(r => r.missing))].map(name => names.field(name, ledger));
  return {
    id: `ledger-${ledger}`,
    layout: 'list',
    title: names.form(ledger),
    issuer: names.institution,
    date: sayDay(material.now),
    to: [],
    copies: [],
    blocks:
      rows.length === 0
        ? [{ block: 'text', text: '还没有登记。' }]
        : [
            {
              block: 'table',
              heads: ['序号', '登记', ...fields.map(name => names.field(name, ledger))],
              widths: [1, 3, ...fields.map(() => 3)],
              rows: rows
                .toSorted((a, b) => at(a).localeCompare(at(b)))
                .map((row, i) => [
                  String(i + 1),
                  sayShort(at(row)),
                  ...fields.map(name => sayValue(names, name, row.content[name])),
                ]),
            },
          ],
    missing,
    clause: rules.flatMap(r => r.clauses.map(c => `${names.article(c)}（${c}）`)).join('、'),
    from: rows.flatMap(r => r.basis),
  };
}
