/** A duty and an entry, each in one line of a table. */
import type { HuiyinEvent } from '#core/log';
import type { ObligationLine } from '#core/obligations';
import type { CaseMaterial } from './material.ts';
import type { PaperNames } from './names.ts';
import { sayValue } from './say.ts';

/** What a round of a rota is to do, where the rulebook says it by a key. */
const ROUNDS: Readonly<Record<string, string>> = {
  watch: '值守',
  browse: '浏览',
  patrol: '巡查',
  search: '检索',
  'zero-report': '零报告',
  'weekly-report': '收到监测周报',
  brief: '印发简报',
};

/** The Chinese half of what a duty asks; of a chain, a form or a bundle, what it is. */
export function mustOf(
  material: Pick<CaseMaterial, 'rules'>,
  names: PaperNames,
  line: Pick<ObligationLine, 'duty' | 'clause'>,
): string {
  for (const rule of material.rules) {
    if (!rule.clauses.includes(line.clause) || !('name' in rule) || rule.name !== line.duty) continue;
    if (rule.kind === 'duty') return rule.must.split(' / ')[0] ?? rule.must;
    if (rule.kind === 'approval') return '完成审签';
    if (rule.kind === 'form') return `填写《${names.form(rule.name)}》`;
    if (rule.kind === 'retention') return '立卷归档';
    if (rule.kind === 'quota') return '完成规定的数量';
    if (rule.kind === 'rota') {
      const must = rule.rounds.find(r => r.clause === line.clause)?.must ?? rule.rounds[0]?.must;
      return ROUNDS[must ?? ''] ?? must?.split(' / ')[0] ?? '值守';
    }
  }
  return names.form(line.duty);
}

/** What kind of fact, and its own words. */
export function toldOf(names: PaperNames, event: HuiyinEvent): string {
  const { data } = event;
  // Why a gate held an act up is written by the engine; people are told the act and the clause.
  if (event.type === 'act.refused') {
    const clause = String(data['clause']);
    return `${names.event(String(data['type']))}${names.event(event.type)}，${names.article(clause)} ${clause}`;
  }
  const words = ['what', 'step', 'conclusion', 'result', 'reason', 'outcome', 'topic', 'value', 'kind', 'channel']
    .filter(key => data[key] !== undefined)
    .slice(0, 2)
    .map(key => sayValue(names, key, data[key]));
  return [names.event(event.type), ...words.filter(word => word !== names.event(event.type))].join('，');
}
