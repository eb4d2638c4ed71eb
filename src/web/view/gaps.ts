/** What the rules ask for and the institution has not put in place yet, as short sentences. */
import { gapsOf, type Hall } from '../state.ts';
import type { Language } from '../words/index.ts';
import type { ClauseName, Naming } from './naming.ts';

const SAID: Readonly<Record<string, { readonly zh: string; readonly en: string; readonly href: string }>> = {
  'vacant-role': { zh: '岗位空缺', en: 'vacant office', href: '/people' },
  'missing-seat': { zh: '缺人', en: 'missing seat', href: '/people' },
  'slot-without-person': { zh: '班次没有人', en: 'shift without a person', href: '/rota' },
  'no-approver': { zh: '没有审定人', en: 'no approver', href: '/people' },
  'no-scale': { zh: '尺度没有定', en: 'no scale', href: '/settings' },
  'outside-rule': { zh: '外部规则没有提供', en: 'outside rule not supplied', href: '/rules' },
  'no-owner': { zh: '没有分管', en: 'nobody answers for it', href: '/people' },
  'unset-local': { zh: '本地参数没有定', en: 'local parameter not set', href: '/settings' },
  'unmapped-outlet': { zh: '媒体没有录入', en: 'outlet not in the directory', href: '/rules' },
};

export interface GapRow {
  readonly text: string;
  readonly clause: ClauseName;
  readonly href: string;
}
export function gapRows(hall: Hall, language: Language, names: Naming): readonly GapRow[] {
  const seen = new Set<string>();
  const gaps = gapsOf(hall);
  return gaps.flatMap(gap => {
    const said = SAID[gap.gap];
    const where =
      gap.unit !== undefined && gap.role !== undefined
        ? names.office({ unit: gap.unit, role: gap.role })
        : gap.unit !== undefined
          ? names.unit(gap.unit)
          : gap.role !== undefined
            ? names.role(gap.role)
            : '';
    const local =
      gap.gap === 'unset-local'
        ? hall.rulebook.rules.find(
            r => r.kind === 'local' && (r.for.includes(gap.clause) || r.clauses.includes(gap.clause)),
          )
        : undefined;
    const outside =
      gap.gap === 'outside-rule'
        ? hall.rulebook.rules.find(r => r.kind === 'outside' && r.clauses.includes(gap.clause))
        : undefined;
    const about =
      local?.kind === 'local' ? names.key(local.name) : outside?.kind === 'outside' ? names.body(outside.owner) : '';
    const text = [where, about, said?.[language] ?? gap.gap].filter(Boolean).join(language === 'zh' ? '：' : ': ');
    const key = `${gap.clause} ${text}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ text, clause: names.clause(gap.clause), href: said?.href ?? `/rules#${gap.clause}` }];
  });
}
