/** A duty and an entry, each in one line of a table. */
import type { HuiyinEvent } from '#core/log';
import type { ObligationLine } from '#core/obligations';
import type { CaseMaterial } from './material.ts';
import type { PaperNames } from './names.ts';
import { sayValue } from './say.ts';

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
  }
  return names.form(line.duty);
}

/** What kind of fact, and its own words. */
export function toldOf(names: PaperNames, event: HuiyinEvent): string {
  const { data } = event;
  const words = ['what', 'step', 'conclusion', 'result', 'reason', 'outcome', 'topic', 'value', 'kind', 'channel']
    .filter(key => data[key] !== undefined)
    .slice(0, 2)
    .map(key => sayValue(names, key, data[key]));
  return [names.event(event.type), ...words.filter(word => word !== names.event(event.type))].join('，');
}
