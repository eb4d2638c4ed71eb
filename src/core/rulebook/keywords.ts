/**
 * The one table of rule words: every key of every kind of block with its Chinese spelling, its type and its default.
 * The reader refuses a key that is not here; the cheat sheet, the specification and the editors' schema are printed from it.
 */
import type { RuleKind } from './types.ts';

export interface KeyWord {
  readonly key: string;
  readonly zh: string;
  /** How the value is written; one of the readers in `read-value.ts`, or words for the reader of the page. */
  readonly type: string;
  readonly required?: true;
  readonly otherwise?: string;
}
const k = (key: string, zh: string, type: string, more: { required?: true; otherwise?: string } = {}): KeyWord => ({
  key,
  zh,
  type,
  ...more,
});
const must = { required: true } as const;

export const KIND_ZH: Readonly<Record<RuleKind, string>> = {
  terms: '术语',
  seats: '岗位',
  sources: '信源',
  duty: '职责',
  grades: '分级',
  rota: '值守',
  approval: '审批',
  form: '表单',
  ledger: '台账',
  route: '报送',
  quota: '定额',
  score: '考核',
  gate: '门槛',
  stages: '环节',
  lint: '文稿检查',
  breach: '追责',
  risk: '风险',
  retention: '归档',
  outside: '外部规则',
  note: '解读',
  local: '本地',
  declined: '不执行',
  human: '仅供人读',
};
export const KINDS = Object.keys(KIND_ZH) as readonly RuleKind[];
/** Kinds that execute nothing: they say something about the text. */
export const ABOUT_THE_TEXT: ReadonlySet<RuleKind> = new Set(['terms', 'note', 'local', 'declined', 'human']);
/** Kinds that may stand without a clause id in the fence. */
export const MAY_LACK_CLAUSE: ReadonlySet<RuleKind> = new Set(['terms', 'note', 'local']);

export const KEYWORDS: Readonly<Record<RuleKind, readonly KeyWord[]>> = {
  terms: [
    k('units', '单位表', 'map of entries'),
    k('roles', '角色表', 'map of entries'),
    k('scales', '尺度表', 'map of entries'),
    k('channels', '渠道表', 'map of entries'),
    k('forms', '表单表', 'map of entries'),
    k('documents', '文件表', 'map of entries'),
    k('bodies', '机构表', 'map of entries'),
    k('words', '用语表', 'map of words'),
    k('capacities', '身份表', 'map of {zh, held-by}'),
  ],
  seats: [
    k('body', '组织', 'party'),
    k('each', '各', 'party'),
    k('seats', '岗位', 'map of role to n or n+', must),
    k('stand-in', '代行', 'map of role to role'),
    k('office-of', '办公室属', 'unit'),
    k('responsible-for', '分管', 'map of unit to fields'),
  ],
  sources: [
    k('kinds', '种类', 'list of keys', must),
    k('topics', '主题', 'list of words'),
    k('reach', '范围', 'domestic, foreign'),
    k('methods', '方法', 'software, people'),
    k('public-only', '仅公开', 'true', { otherwise: 'true' }),
  ],
  duty: [
    k('duty', '职责', 'name', must),
    k('starts', '起于', 'pattern or list', must),
    k('if', '适用', 'condition'),
    k('if-unit-kind', '限单位类', 'unit kind'),
    k('from', '起算', 'anchor', { otherwise: 'trigger' }),
    k('each', '各', 'party'),
    k('per', '每', 'case, trigger, standing'),
    k('every', '间隔', 'limit or local name'),
    k('who', '由', 'party or list', must),
    k('met-by', '可由', 'party'),
    k('must', '应', 'words', must),
    k('done', '完成', 'pattern, {all} or {any}', must),
    k('to', '送', 'list of keys'),
    k('with', '附', 'list of keys'),
    k('within', '限', 'limit', must),
    k('until', '至', 'pattern'),
    k('on-raise', '升级', 'from decision, from since, keep'),
    k('on-lower', '降级', 'cancel-not-due, keep', { otherwise: 'cancel-not-due' }),
    k('group', '同组', 'name'),
    k('late', '逾期', 'name of a breach or duty'),
    k('gap-fills', '补缺', 'condition and label'),
    k('local', '本地', 'name'),
    k('signed-by', '签署人', 'capacity'),
    k('switch', '选项', 'name'),
    k('readings', '读法', 'map of value to anchor'),
    k('or-close', '或结', '{by, with}'),
    k('after-close', '结后仍办', 'true or false', { otherwise: 'false' }),
  ],
  grades: [
    k('grades', '分级', 'name', must),
    k('values', '取值', 'list of keys, slowest to fastest', must),
    k('unordered', '不分先后', 'true or false', { otherwise: 'false' }),
    k('many', '可多选', 'true or false', { otherwise: 'false' }),
    k('factors', '因素', 'list of keys'),
    k('criteria', '标准', 'rows {value, when or judged, clause, reason}'),
    k('hit', '命中', 'unique, first, highest, any', { otherwise: 'unique' }),
    k('decides', '决定者', 'party'),
    k('with', '会同', 'parties'),
    k('since', '起始时点', 'required-on-raise, default'),
    k('picks', '选定', 'workflow, addressee'),
    k('uncertain', '存疑', 'tighter'),
    k('local', '本地', 'name of the local parameter that gives the values'),
  ],
  rota: [
    k('rota', '值守', 'name', must),
    k('who', '由', 'party or list'),
    k('each', '各', 'party'),
    k('rounds', '轮次', 'rows', must),
    k('cover', '覆盖', '24h, working-hours'),
    k('covers', '信源', 'list of source kinds, or sources of a clause'),
    k('mode', '模式', 'map of mode to {every}'),
    k('done', '完成', 'pattern', must),
  ],
  approval: [
    k('approval', '审批', 'name', must),
    k('covers', '文本', 'document map', must),
    k('steps', '步骤', 'capacities'),
    k('by-topic', '按主题', 'rows {topic, steps, order, clause}'),
    k('order', '顺序', 'listed, any', must),
    k('before', '之前', 'act pattern or list', must),
    k('if', '适用', 'condition'),
    k('inside', '内含', '{limit-of, each, ends-with}'),
    k('same-holder', '同一人', 'words'),
    k('stand-in', '代行', 'words'),
    k('reject', '退回', 'back-to-draft'),
    k('allow', '预留', 'map of step to limit or local name'),
  ],
  form: [
    k('form', '表单', 'name', must),
    k('fields', '字段', 'list of "name: type"', must),
    k('filled-by', '填自', 'pattern', { otherwise: 'form.filled' }),
    k('number', '编号', 'words'),
    k('complete-before', '须齐于', 'pattern or list'),
    k('after', '之后', 'pattern'),
    k('parts', '部分', 'list of keys'),
    k('print', '印制', 'words'),
  ],
  ledger: [
    k('ledger', '台账', 'name', must),
    k('row', '行', 'event type', must),
    k('fields', '字段', 'list of "name: type"', must),
    k('counts-only-if', '计入条件', 'tests'),
    k('excludes', '不计', 'tests'),
    k('complete-before', '须齐于', 'pattern or list'),
  ],
  route: [
    k('route', '报送', 'name', must),
    k('when', '当', 'pattern or list', must),
    k('to', '送', 'party or list'),
    k('if', '适用', 'condition'),
    k('only-by', '仅由', 'parties'),
    k('needs', '须', 'list of needs'),
    k('by-category', '按类', 'true or false', { otherwise: 'false' }),
    k('within', '限', 'limit'),
    k('down-to', '下转', 'party'),
    k('feedback', '反馈', 'pattern'),
    k('series', '序列', 'list of keys'),
  ],
  quota: [
    k('quota', '定额', 'name', must),
    k('count', '计数', 'pattern or list', must),
    k('per', '每', 'day, year', must),
    k('at-least', '不少于', 'number', must),
    k('of-which', '其中', 'map of field to number'),
    k('each', '各', 'party'),
    k('soft', '尽快', 'word'),
    k('gap', '间断', '{at-most, from, switch, readings}'),
    k('excludes', '不计', 'tests'),
    k('hits', '触发', 'clause'),
  ],
  score: [
    k('score', '考核', 'name', must),
    k('each', '各', 'party', must),
    k('base', '基本任务', 'list of clauses'),
    k('lines', '计分', 'rows {clause, count, points, beyond, needs-base, not-for}', must),
    k('stacking', '累加', 'true or false', { otherwise: 'false' }),
    k('veto', '一票否决', '{when, bars, keeps-points}'),
  ],
  gate: [
    k('gate', '门槛', 'name', must),
    k('act', '行为', 'act pattern or list', must),
    k('if', '适用', 'condition'),
    k('needs', '须', 'list of needs', must),
    k('flag-instead', '仅标记', 'flag name'),
    k('on-refusal', '拒后', 'pattern'),
  ],
  stages: [
    k('stages', '环节', 'name', must),
    k('of', '对象', 'case, standing', must),
    k('marks', '标志', 'rows {mark, by}', must),
    k('order', '顺序', 'strict-unless-reason, free', must),
    k('remind', '提醒', 'limit or local name'),
  ],
  lint: [
    k('lint', '文稿检查', 'name', must),
    k('on', '针对', 'document map', must),
    k('rule', '规则', 'words, stale, parts, cause-before-finding, facts, checklist', must),
    k('words', '词', 'list of words'),
    k('older-than', '早于', 'limit'),
    k('asks', '要件', 'list of words'),
    k('override', '可越', 'with-reason'),
    k('returns', '退改', 'true or false', { otherwise: 'false' }),
  ],
  breach: [
    k('breach', '追责', 'name', must),
    k('from', '来源', '{duties, states}, {finding, gravity}, {publication.found}, list, {all}', must),
    k('to', '后果', 'list: referral, veto-mark, count, explanation', must),
    k('by', '由谁定', 'person'),
    k('about', '关于', 'same'),
  ],
  risk: [
    k('risk', '风险', 'name', must),
    k('before', '之前', 'act pattern or list'),
    k('every', '间隔', 'limit or local name'),
    k('fields', '字段', 'list of keys', must),
    k('starts', '起于', 'pattern'),
    k('done', '完成', 'pattern'),
    k('flag', '标记', 'flag name'),
  ],
  retention: [
    k('bundle', '归卷', 'name'),
    k('evaluation', '评估', 'name'),
    k('kinds', '种类', 'list of keys'),
    k('heads', '项目', 'list of keys'),
    k('by', '承办', 'party or list'),
    k('after', '之后', 'pattern or list'),
    k('within', '限', 'limit'),
    k('interval', '周期', 'limit or local name'),
    k('erase', '销毁', 'words'),
  ],
  outside: [
    k('rule', '规则', 'key', must),
    k('owner', '归口', 'body', must),
    k('status', '状态', 'not-supplied, supplied', must),
    k('confirm-before', '确认于', 'act pattern or list'),
  ],
  note: [
    k('about', '关于', 'name', must),
    k('question', '疑问', 'words', must),
    k('reading', '读法', 'words', must),
    k('alternatives', '他解', 'list of words'),
    k('decided-by', '决定者', 'office or open', must),
    k('on', '日期', 'date'),
    k('switch', '选项', 'name'),
  ],
  local: [
    k('local', '本地', 'name', must),
    k('value', '数值', 'value'),
    k('unit', '计量', 'unit'),
    k('min', '下限', 'value'),
    k('max', '上限', 'value'),
    k('for', '用于', 'list of clauses', must),
    k('unset', '未设', 'gap, none', { otherwise: 'none' }),
  ],
  declined: [
    k('orders', '所令', 'words', must),
    k('why', '缘由', 'words', must),
    k('instead', '替代', 'words', must),
    k('asked-acts', '所求行为', 'list of keys'),
  ],
  human: [k('why', '缘由', 'words')],
};

/** Value words: Chinese spelling → English. Longer ones first where one begins another. */
export const VALUE_WORDS: readonly (readonly [string, string])[] = [
  ['责任单位', 'responsible unit'],
  ['承办单位', 'handling unit'],
  ['有关单位', 'concerned units'],
  ['被通报单位', 'notified units'],
  ['触发单位', 'unit of trigger'],
  ['接收方', 'recipients'],
  ['首个公开信息', 'first-public-item'],
  ['舆情发生', 'occurrence'],
  ['发现', 'discovery'],
  ['事发', 'incident'],
  ['知悉', 'awareness'],
  ['接到', 'receipt'],
  ['定级', 'grading'],
  ['办结', 'completion'],
  ['待定', 'open'],
  ['依次', 'listed'],
  ['不限', 'any'],
  ['任一', 'one of'],
  ['当日', 'same day'],
  ['无期限', 'none'],
  ['未写明', 'not stated'],
  ['之前', 'before'],
  ['是', 'true'],
  ['否', 'false'],
];
/** Units of a limit, Chinese → English; the longer spellings first. */
export const UNIT_WORDS: readonly (readonly [string, string])[] = [
  ['个工作小时', 'working hours'],
  ['工作小时', 'working hours'],
  ['个工作日', 'working days'],
  ['工作日', 'working days'],
  ['个小时', 'hours'],
  ['小时', 'hours'],
  ['分钟', 'minutes'],
  ['日', 'days'],
  ['天', 'days'],
];
/** Kept free for version 1.1: a rulebook that uses one is told so, not "unknown". */
export const RESERVED: readonly string[] = [
  'extension',
  '延期',
  'pause',
  '中止',
  'half working days',
  '半个工作日',
  'return-ruling',
  '退回裁定',
  'n-of-m',
  'applicant.told',
  '告知申请人',
];

const byEither = new Map(
  KINDS.map(kind => [
    kind,
    new Map(
      KEYWORDS[kind].flatMap(
        w =>
          [
            [w.key, w],
            [w.zh, w],
          ] as const,
      ),
    ),
  ]),
);
/** The key of a kind by either spelling. */
export function keyWord(kind: RuleKind, written: string): KeyWord | undefined {
  return byEither.get(kind)?.get(written);
}
const kinds = new Map<string, RuleKind>(
  KINDS.flatMap(
    kind =>
      [
        [kind, kind],
        [KIND_ZH[kind], kind],
      ] as const,
  ),
);
export function kindOf(written: string): RuleKind | undefined {
  return kinds.get(written);
}
const words = new Map(VALUE_WORDS);
/** A value word in English, whichever way it is written. */
export function valueWord(written: string): string {
  return words.get(written.trim()) ?? written.trim();
}
