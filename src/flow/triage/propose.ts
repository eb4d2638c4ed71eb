/** What a person is offered before deciding: the kind of matter and the unit, each with the words it was read from. */
import type { Proposal } from '#core/text';

export interface Proposed {
  readonly value: string;
  readonly because: readonly string[];
}
/** Words by which a matter is recognised, in the order in which they decide. A person sees them and decides. */
const MATTERS: readonly (readonly [string, readonly string[]])[] = [
  ['suggestion', ['建议', '希望能', '能否增设', '可否', '提议']],
  [
    'complaint',
    [
      '投诉',
      '举报',
      '反映',
      '不满',
      '没有到账',
      '没人管',
      '没回复',
      '没有答复',
      '白跑',
      '乱收费',
      '推诿',
      '翻倍',
      '短秤',
      '欠薪',
      '石沉大海',
    ],
  ],
  ['request', ['求助', '请求', '恳请', '急需', '帮忙解决']],
  ['question', ['怎么', '如何', '吗？', '吗?', '询问', '咨询', '想问', '请问', '什么时候', '哪里', '找谁', '多久']],
];
const BECAUSE = 3;

/** The kind of matter, or nothing where no word tells. */
export function proposeMatter(title: string, text: string): Proposed | undefined {
  const whole = `${title}\n${text}`.slice(0, 4000);
  for (const [value, words] of MATTERS) {
    const because = words.filter(word => whole.includes(word)).slice(0, BECAUSE);
    if (because.length > 0) return { value, because };
  }
  return undefined;
}

/** Below this share of the labels a proposal says nothing. */
const LEAST_SHARE = 0.35;
/** The unit: as the institution itself assigned such matters before, else as the rule that hit says. */
export function proposeUnit(
  routed: Proposal | undefined,
  ruleUnits: readonly { readonly unit: string; readonly rule: string }[],
  units: ReadonlySet<string>,
): (Proposed & { readonly from: 'labels' | 'rule' }) | undefined {
  if (routed && routed.score >= LEAST_SHARE && units.has(routed.label) && routed.because.length > 0)
    return { value: routed.label, because: routed.because.slice(0, BECAUSE).map(b => b.term), from: 'labels' };
  const named = ruleUnits.find(r => units.has(r.unit));
  return named && { value: named.unit, because: [named.rule], from: 'rule' };
}

/** One-key reasons for putting something aside, with the sentence that is entered; a person may write another. */
export const DISMISSALS: readonly {
  readonly reason: 'not-ours' | 'duplicate' | 'nothing-to-answer';
  readonly key: string;
}[] = [
  { reason: 'not-ours', key: 'other-body' },
  { reason: 'not-ours', key: 'not-about-us' },
  { reason: 'duplicate', key: 'old-news' },
  { reason: 'duplicate', key: 'answered' },
  { reason: 'nothing-to-answer', key: 'advertisement' },
  { reason: 'nothing-to-answer', key: 'praise' },
];
