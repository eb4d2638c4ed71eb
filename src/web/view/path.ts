/** The steps on the way to meeting a duty: what of it has happened, what comes next. For an answer, its signatures too. */
import type { Pattern } from '#core/rulebook';
import { safePath } from '#core/obligations';
import { type Hall, keptOf } from '../state.ts';
import type { Language } from '../words/index.ts';
import { type DutyRow, patternPhrase, patternsOf, ruleOf } from './duties.ts';
import type { Naming } from './naming.ts';
import { documentsOf, documentState } from './texts.ts';

export interface PathStep {
  readonly text: string;
  readonly state: 'done' | 'next' | 'ahead';
  readonly at?: number;
  /** Not done yet: the last moment at which it may begin. */
  readonly by?: number;
}

export function stepsLeft(hall: Hall, language: Language, names: Naming, row: DutyRow): readonly PathStep[] {
  const { line } = row;
  const events = line.case === undefined ? [] : (hall.byCase.get(line.case) ?? []);
  const since = Date.parse(line.startedAt);
  const find = (p: Pattern): number | undefined => {
    if (p.on !== 'event') return undefined;
    const e = events.find(
      e =>
        e.type === p.type &&
        Date.parse(e.at) >= since &&
        p.tests.every(t => t.op === 'not' || [e.data[t.field[0] ?? '']].flat().some(v => t.values.includes(String(v)))),
    );
    return e && Date.parse(e.at);
  };
  const view = line.case === undefined ? undefined : keptOf(hall).live.viewOf(line.case);
  const safe = view && row.row ? safePath(view, row.row) : undefined;
  const byOf = (key: string | undefined): number | undefined =>
    key === undefined ? undefined : safe?.steps.find(s => s.step === key)?.startBy;
  const steps: { text: string; at?: number; key?: string }[] = [];
  for (const pattern of patternsOf(ruleOf(hall, line), line)) {
    if (pattern.on !== 'event') continue;
    if (pattern.type === 'publication.made') steps.push(...answerSteps(hall, language, names, line.case));
    const at = find(pattern);
    steps.push({
      text: patternPhrase(language, names, pattern),
      ...(at === undefined || line.unit !== undefined ? {} : { at }),
    });
  }
  let next = false;
  return steps.map(s => {
    if (s.at !== undefined) return { ...s, state: 'done' as const };
    const state = next ? ('ahead' as const) : ('next' as const);
    next = true;
    const by = byOf(s.key);
    return { ...s, state, ...(by === undefined ? {} : { by }) };
  });
}

/** Draft, signatures and confirmations of the newest text of the case, with when they were given. */
function answerSteps(
  hall: Hall,
  language: Language,
  names: Naming,
  caseKey: string | undefined,
): { text: string; at?: number; key?: string }[] {
  if (caseKey === undefined) return [];
  const document = documentsOf(hall, caseKey)
    .filter(d => d.form === 'reply')
    .at(-1);
  const zh = language === 'zh';
  if (!document)
    return [{ text: zh ? '起草答复' : 'draft the answer', key: 'draft' }, { text: zh ? '会签' : 'signatures' }];
  const state = documentState(hall, document);
  const version = document.versions.at(-1);
  return [
    {
      key: 'draft',
      text: zh ? `起草（第 ${document.versions.length} 稿）` : `draft ${document.versions.length}`,
      ...(version ? { at: Date.parse(version.event.at) } : {}),
    },
    ...state.chains.flatMap(chain =>
      chain.steps.map(s => ({
        key: s.capacities.join(' or '),
        text: `${s.capacities.map(c => names.capacity(c)).join(zh ? '或' : ' or ')}${zh ? '签字' : ' signs'}`,
        ...(s.signature ? { at: Date.parse(s.signature.at) } : {}),
      })),
    ),
    ...state.confirmations.map(c => ({
      text: zh ? `${names.body(c.body)}确认` : `${names.body(c.body)} confirms`,
      ...(c.event ? { at: Date.parse(c.event.at) } : {}),
    })),
  ];
}
