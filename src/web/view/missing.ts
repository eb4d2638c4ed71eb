/** What a refused act still lacks, said in the page's language, with the place where it can be mended. */
import type { Hall } from '../state.ts';
import { eventLabel, fieldLabel, type Language, valueLabel } from '../words/index.ts';
import { dutyTitle } from './duties.ts';
import type { Naming } from './naming.ts';

export interface MissingThing {
  readonly text: string;
  readonly href?: string;
}
interface Said {
  readonly zh: (what: string) => string;
  readonly en: (what: string) => string;
}
const SENTENCES: Readonly<Record<string, Said>> = {
  'signature.given': { zh: x => `${x}对这份文本的签字`, en: x => `signature of this text by ${x}` },
  'confirmation.given': { zh: x => `${x}对这份文本的确认`, en: x => `confirmation of this text by ${x}` },
  'confidentiality.checked': { zh: x => `${x}的保密审查`, en: x => `confidentiality check by ${x}` },
  'consent.given': { zh: x => `${x}的同意`, en: x => `consent of ${x}` },
  'authorisation.given': { zh: x => `授权：${x}`, en: x => `authorisation: ${x}` },
  'track.finished': { zh: x => `${x}这一轨还没有办完`, en: x => `the ${x} track is not finished` },
  'outside-rule.confirmed': {
    zh: x => `外部规则“${x}”还没有核对`,
    en: x => `the outside rule “${x}” has not been confirmed`,
  },
  'checklist.completed': { zh: x => `清单“${x}”还没有核对通过`, en: x => `the checklist “${x}” is not clear` },
  speaker: { zh: x => `署名的应当是${x}`, en: x => `the speaker must be of ${x}` },
  by: { zh: x => `只能由${x}办`, en: x => `only ${x} may do this` },
  done: { zh: x => `还没有办：${x}`, en: x => `not done: ${x}` },
};
const RELATIONS_ZH: Readonly<Record<string, string>> = {
  'responsible unit': '责任单位',
  'handling unit': '承办单位',
  'concerned units': '有关单位',
  'notified units': '被通报单位',
};

export function missingThing(
  hall: Hall,
  language: Language,
  names: Naming,
  missing: string,
  caseKey: string | undefined,
): MissingThing {
  const base = caseKey === undefined ? '' : `/cases/${caseKey}`;
  if (missing.startsWith('decision.made'))
    return {
      text:
        language === 'zh' ? '写明理由的决定（为什么不公开答复）' : 'a decision with its reason (why no public answer)',
      href: `${base}/do/decision.made?about=respond`,
    };
  if (missing === 'risk.assessed')
    return { text: eventLabel(language, 'risk.assessed'), href: `${base}/do/risk.assessed` };
  if (missing === 'an approver')
    return {
      text:
        language === 'zh'
          ? '能审定这份文本的人（在“本地参数”里定“文本审签人”）'
          : 'somebody who may approve the text (among the local figures)',
      href: '/registers/locals#l-text-approver',
    };
  const [head = '', ...rest] = missing.split(' ');
  const said = SENTENCES[head];
  if (!said) return { text: fieldLabel(language, missing) };
  const tail = rest.join(' ');
  const what = tail
    .split(' or ')
    .map(word =>
      said === SENTENCES['signature.given'] ? names.capacity(word) : nameOf(hall, language, names, head, word),
    )
    .join(language === 'zh' ? '或' : ' or ');
  return { text: said[language](what), ...hrefFor(base, head, tail, caseKey) };
}

function nameOf(hall: Hall, language: Language, names: Naming, head: string, word: string): string {
  if (head === 'track.finished') return valueLabel(language, 'track', word);
  if (head === 'done') {
    const rule = hall.rulebook.rules.find(r => r.kind === 'duty' && r.name === word);
    return rule
      ? dutyTitle(hall, language, names, { duty: word, clause: rule.clauses[0] ?? '' })
      : word.replaceAll('-', ' ');
  }
  if (language === 'zh' && RELATIONS_ZH[word]) return RELATIONS_ZH[word];
  return word.includes('/') ? names.officeText(word) : names.key(word);
}

function hrefFor(base: string, head: string, tail: string, caseKey: string | undefined): { href?: string } {
  if (caseKey === undefined)
    return head === 'outside-rule.confirmed' ? { href: `/do/outside-rule.confirmed?rule=${tail}` } : {};
  if (
    ['signature.given', 'confirmation.given', 'confidentiality.checked', 'checklist.completed', 'speaker'].includes(
      head,
    )
  )
    return { href: `${base}/reply` };
  if (head === 'track.finished') return { href: `${base}/do/track.finished?track=${tail}` };
  if (head === 'outside-rule.confirmed') return { href: `${base}/do/outside-rule.confirmed?rule=${tail}` };
  if (head === 'consent.given' || head === 'authorisation.given') return { href: `${base}/do/${head}` };
  return {};
}
