/** Who signed a text, in the order of the chain: the steps of its approvals with what the log holds for its newest wording. */
import type { HuiyinEvent } from '#core/log';
import type { PaperSignature } from '#core/paper';
import type { ApprovalRule } from '#core/rulebook';
import { type CaseMaterial, ofType } from './material.ts';
import type { PaperNames } from './names.ts';
import { sayMoment } from './say.ts';

export function signatureRows(
  material: CaseMaterial,
  names: PaperNames,
  text: { readonly document: string; readonly form: string; readonly hash?: string },
): readonly PaperSignature[] {
  const given = ofType(material, 'signature.given', 'signature.withheld').filter(
    e => e.data['document'] === text.document,
  );
  const wanted = material.rules
    .filter((r): r is ApprovalRule => r.kind === 'approval' && r.covers['form']?.includes(text.form) === true)
    .flatMap(r => [...r.steps, ...(r.byTopic ?? []).flatMap(t => t.steps)].flat());
  const capacities = [...new Set([...wanted, ...given.map(e => String(e.data['as']))])];
  return capacities.map(capacity => {
    const own = given.filter(e => e.data['as'] === capacity);
    const last =
      (text.hash === undefined ? undefined : own.findLast(e => e.data['textHash'] === text.hash)) ?? own.at(-1);
    return {
      capacity: names.capacity(capacity),
      office: last ? names.office(last.by) : '',
      at: last ? sayMoment(last.at) : '',
      note: last ? noteOf(material, last, text.hash) : '',
    };
  });
}

function noteOf(material: CaseMaterial, event: HuiyinEvent, hash: string | undefined): string {
  if (event.type === 'signature.withheld') return `退回：${String(event.data['reason'])}`;
  if (hash !== undefined && event.data['textHash'] !== hash) return '文字已改，此前签字作废';
  const standsIn = event.by.standingInFor === undefined ? '' : '代行';
  if (event.data['oral'] !== true) return standsIn || '同意';
  const confirmed = ofType(material, 'signature.confirmed').some(e => e.data['signature'] === event.id);
  return `${standsIn}口头同意，${confirmed ? '已确认' : '待确认'}`;
}
