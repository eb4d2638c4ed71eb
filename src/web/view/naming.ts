/** What keys are called on a page: units, offices, clauses, values of scales, bodies, channels, documents. */
import type { Office } from '#core/log';
import type { Clause, TermEntry } from '#core/rulebook';
import { fullWidth, headingText } from './bilingual.ts';
import type { Hall } from '../state.ts';
import { type Language, valueLabel } from '../words/index.ts';

export interface ClauseName {
  readonly id: string;
  /** 第四条 · Art. 4 */
  readonly article: string;
  readonly href: string;
}
export interface Naming {
  readonly language: Language;
  readonly unit: (key: string) => string;
  readonly role: (key: string) => string;
  readonly office: (office: Office | { readonly unit?: string; readonly role: string }) => string;
  /** As obligations name who owes: `unit/role`, `role`, or a unit. */
  readonly officeText: (text: string) => string;
  readonly clause: (id: string) => ClauseName;
  readonly capacity: (key: string) => string;
  readonly body: (key: string) => string;
  readonly form: (key: string) => string;
  readonly channel: (key: string) => string;
  readonly scale: (key: string) => string;
  /** A value of a scale: by the rulebook's words where it has any. */
  readonly value: (scale: string, value: string) => string;
  /** A key about which nothing more is known: tried as unit, body, role, form, channel. */
  readonly key: (key: string) => string;
  /** The lines of a paraphrase in the page's language. */
  readonly prose: (text: string) => string;
}

const DIGITS = '零一二三四五六七八九';
/** Article numbers as regulations print them, up to 99. */
export function chineseNumber(n: number): string {
  if (n < 10) return DIGITS[n] ?? String(n);
  if (n > 99) return String(n);
  const tens = Math.floor(n / 10);
  return `${tens === 1 ? '' : DIGITS[tens]}十${n % 10 === 0 ? '' : DIGITS[n % 10]}`;
}
const CHINESE = /[\u3400-\u9fff]/;
const VALUES_ZH: Readonly<Record<string, string>> = {
  ordinary: '一般',
  larger: '较大',
  major: '重大',
  'particularly-major': '特别重大',
  general: '一般',
  sensitive: '敏感',
  important: '重要',
  negative: '负面',
  'major-emergency': '重大紧急',
  'important-sensitive-negative': '重要敏感负面',
  'political-or-mass': '涉政治或群体',
  'national-security': '涉国家安全',
  'centre-image': '涉中心形象',
  'web-media': '网络媒体',
  supervised: '督办',
  'reporter-call': '记者来电',
  urgent: '紧急',
  'policy-misread': '误读政策',
  'vital-interests': '涉切身利益',
  'social-morals': '涉公序良俗',
  'superior-asks': '上级要求',
  'in-doubt': '存疑',
  'school-wide-major': '全校重大事项',
  'main-leaders': '涉主要领导',
  'teacher-hiring': '教师招聘',
  otherwise: '其他',
  'teaching-and-staff': '教学和队伍',
  'events-at-the-school': '校内事件',
  'school-work': '学校工作',
  leadership: '领导班子',
  'city-owned-enterprise': '市属企业',
  'inaccurate-report': '报道失实',
  'bad-remark': '不良言论',
  'wrong-information': '错误信息',
  'unlawful-picture': '违规图片',
  respond: '是否回应',
  answer: '答复',
  'no-answer': '不答复',
  'answer-where': '在哪里答复',
  'non-publication': '不公开',
  'grade-doubt': '级别存疑',
  speaker: '发言人',
  'not-respond': '不回应',
};

export function naming(hall: Hall, language: Language): Naming {
  const { terms } = hall.rulebook;
  const { names, setup } = hall.institution;
  const kindOf = new Map(setup.units.map(u => [u.key, u.kind]));
  const own = (key: string): string | undefined => names[key]?.[language];
  const said = (entry: TermEntry | undefined): string | undefined => (language === 'zh' ? entry?.zh : entry?.en);
  const readable = (key: string): string => key.replaceAll('-', ' ');
  const unit = (key: string): string =>
    own(key) ??
    said(terms.units[key]) ??
    said(terms.bodies[key]) ??
    said(terms.units[kindOf.get(key) ?? '']) ??
    readable(key);
  const role = (key: string): string => own(key) ?? said(terms.roles[key]) ?? readable(key);
  const office: Naming['office'] = o => {
    if (o.role === 'system') return language === 'zh' ? '系统' : 'system';
    return o.unit === undefined ? role(o.role) : `${unit(o.unit)}${language === 'zh' ? '' : ' '}${role(o.role)}`;
  };
  const clauses = new Map<string, Clause>(hall.rulebook.clauses.map(c => [c.id, c]));
  const known = [terms.units, terms.bodies, terms.roles, terms.forms, terms.channels, terms.documents, terms.scales];
  const body = (key: string): string => said(terms.bodies[key]) ?? own(key) ?? unit(key);
  return {
    language,
    unit,
    role,
    office,
    officeText: text => {
      const [first = '', second] = text.split('/');
      if (second !== undefined) return office({ unit: first, role: second });
      return kindOf.has(first) ? unit(first) : role(first);
    },
    clause: id => {
      const clause = clauses.get(id);
      const n = clause?.articleNumber ?? '';
      const number = /^\d+$/.test(n) ? Number(n) : undefined;
      // Where articles have no number of their own, the heading's words stand for it, short enough for a chip.
      const words = headingText(language, clause?.article ?? '')
        .replace(/^[A-Z]-[\w.]+\s*/, '')
        .slice(0, 12)
        .trim();
      const zh = number === undefined ? words : `第${chineseNumber(number)}条`;
      const en = number === undefined ? words : `Art. ${n}`;
      return { id, article: language === 'zh' ? zh : en, href: `/rules#${id}` };
    },
    capacity: key => {
      const entry = terms.capacities[key];
      return (
        (language === 'zh' ? entry?.zh : undefined) ??
        own(key) ??
        said(terms.roles[key]) ??
        said(terms.units[key]) ??
        readable(key)
      );
    },
    body,
    form: key => said(terms.forms[key]) ?? said(terms.documents[key]) ?? valueLabel(language, 'form', key),
    channel: key => said(terms.channels[key]) ?? own(key) ?? readable(key),
    scale: key => said(terms.scales[key]) ?? readable(key),
    value: (_scale, value) =>
      (language === 'zh' ? (terms.words[value] ?? VALUES_ZH[value]) : undefined) ??
      own(value) ??
      valueLabel(language, 'value', value),
    key: key =>
      own(key) ??
      known.map(table => said(table[key])).find(n => n !== undefined) ??
      (kindOf.has(key) ? unit(key) : readable(key)),
    prose: text => {
      const lines = text
        .split('\n')
        .map(l => l.trim())
        .filter(l => l !== '');
      const zh = lines.filter(l => CHINESE.test(l));
      const en = lines.filter(l => !CHINESE.test(l));
      const chosen = language === 'zh' ? zh : en;
      const said = (chosen.length > 0 ? chosen : lines).join(language === 'zh' ? '' : ' ');
      return language === 'zh' ? fullWidth(said) : said;
    },
  };
}
