/**
 * Names: bylines and senders by the words around them, names in running text by a surname and a word beside it that says a
 * person comes. Officials named by their office stay: they speak in public for it. Best effort; what it finds and misses is
 * measured against a labelled list (masking-names.test.ts) and published in the handbook.
 */
import type { MaskKind } from './masking.ts';
import type { Survey } from './masking-survey.ts';
import { DOUBLE_SURNAMES, NOT_GIVEN, SINGLE_SURNAMES } from './surnames.ts';

const BYLINE_MASK = '[署名已隐去]';
const NAME_MASK = '[姓名已隐去]';
const BYLINE_LABEL =
  '作者|原作者|撰文|撰稿|文字|文案|摄影|摄像|图片?|视频|剪辑|制图|通讯员|特约记者|见习记者|实习记者|实习生|首席记者|全媒体记者|本报记者|本台记者|本网记者|记者|责任编辑|责编|值班编辑|编辑|执行主编|主编|编审|校对|审校|审核|审签|复审|终审|初审|监制|策划|统筹|出品|供稿|投稿|供图|主持人|播音|发稿|发布人|发布者|楼主|发帖人|发件人|寄件人|署名|联系人|填报人|填表人|经办人|受理人|承办人|投诉人|举报人|信访人|来信人|来电人|反映人|诉求人|留言人|申请人|姓名';
const HAN = '[\\u4e00-\\u9fff]';
// Spaces looked back over are bounded, and a look ahead comes first: a text of spaces must not cost their square.
/** A label with a mark behind it: whoever comes is a person, known surname or not. */
const LABELLED = new RegExp(
  `(?=${HAN}{2})(?<=(?:${BYLINE_LABEL}|文|图)\\s{0,40}(?:[:：]\\s{0,40}|[/／丨|]\\s{0,40}))(${HAN}{2,4}(?:·${HAN}{1,8})?(?:(?:[、,，/ \\u3000]| ?[和与] ?)\\s*${HAN}{2,4}(?=[、,，/ \\u3000)）】\\]。;；\\n]|$)){0,5})`,
  'g',
);
/** English bylines at the head of a line. */
const BY_ENGLISH =
  /(?=[A-Z])(?<=(?:^|\n|\(|（)\s{0,40}(?:By|BY|Reported by|Written by|Edited by|Photo(?:s)? by|Author|Reporter|Editor|From|Sender)\s{0,40}:?\s{1,40})[A-Z][\w'’.-]+(?:[ \t]+[A-Z][\w'’.-]*){1,3}(?:(?:,| and| &)[ \t]+[A-Z][\w'’.-]+(?:[ \t]+[A-Z][\w'’.-]*){1,3})*/g;
const ORGANISATION =
  /(?:局|社|报|网|台|部|办|中心|委|院|厅|处|科|室|组|公司|集团|政府|小组|频道|客户端|工作室|编辑部)$/;

/** Who may stand before the name of a private person; longer words first. */
const ROLES =
  '市民|村民|居民代表|业主代表|居民|网友|网民|业主|家长|住户|租户|租客|旅客|乘客|患者|病人|病患|顾客|消费者|客户|司机|车主|驾驶员|骑手|学生|同学|老人|热心人|群众|当事人|投诉人|举报人|反映人|来电人|来信人|诉求人|联系人|申请人|受害人|被害人|嫌疑人|死者|伤者|女子|男子|女孩|男孩|孩子|女童|男童|妻子|丈夫|儿子|女儿|母亲|父亲|妈妈|爸爸|奶奶|爷爷|亲属|家属|邻居|同事|朋友|员工|职工|环卫工人|农民工|民工|工人|农民|店主|老板娘|老板|摊主|商户|房东|房主|户主|退休教师|退役军人|老师|教师|班主任|医生|护士|辅导员|保安|物业经理|中介|志愿者|残疾人|五保户|低保户|贫困户|实习记者|记者|通讯员|编辑|摄影|实习生|法定代表人|法人';
const ROLE = new RegExp(`(?:${ROLES})(?:姓名)?$`);
const CUT_AT_ROLES = new RegExp(`(${ROLES})`);
/** Whoever is named behind these speaks for an office. */
const OFFICIAL =
  /(?:书记|主席|总理|省长|市长|区长|县长|镇长|乡长|部长|厅长|局长|处长|科长|所长|队长|院长|校长|庭长|检察长|主任|委员|常委|代表|发言人|政委|司长|署长|总经理|董事长)$/;
const SELF =
  /(?:住在.{1,8}的|[岁老]的|听|名为|找一下|我叫|我是|本人(?:姓名)?(?:是|叫|为)?|名叫|叫做|名字叫|名字是|自称|化名|姓名[:：]?\s?|姓名(?:是|为))$/;
const HONORIFIC =
  /^(?:先生|女士|小姐|同志|大爷|大妈|大伯|大姐|大哥|阿姨|叔叔|奶奶|爷爷|婆婆|师傅|同学|老师|医生|夫妇|一家|本人|家属)/;
const SPEECH =
  /^(?:说|讲|也说|还说|在留言|和家人|的(?:车|孩子|儿子|女儿|妻子|丈夫|家|房|父亲|母亲|爸|妈|工资)|表示|称|告诉|介绍|反映|认为|回忆|坦言|投诉|举报|抱怨|质疑|强调|补充|写道|留言|发帖|来信|来电|致电|诉说|描述|透露|指出|叹|哭诉|无奈|气愤|报警|维权|讨薪|[（(，,](?:男|女)[，,）)])/;
/** A cheap look that spares most sentences the cutting into words. */
const CUE = new RegExp(
  `${ROLES}|我叫|我是|本人|名叫|叫做|名字|自称|化名|姓名|名为|找一下|听|住在|[岁老]的|先生|女士|小姐|同志|大爷|大妈|大伯|大姐|大哥|阿姨|叔叔|婆婆|师傅|夫妇|说|讲|表示|称|告诉|介绍|反映|认为|回忆|坦言|投诉|举报|抱怨|质疑|强调|补充|写道|留言|发帖|来信|来电|致电|诉说|描述|透露|指出|叹|哭诉|无奈|气愤|报警|维权|讨薪|和家人|的(?:车|孩子|儿子|女儿|妻子|丈夫|家|房|父亲|母亲|爸|妈|工资)|[（(，,](?:男|女)[，,）)]`,
);

/** `held`: what was seen in the text as it stands, full-width letters as half-width ones. */
export function maskNames(text: string, count: (kind: MaskKind) => void, held: Survey): string {
  let out = text;
  if (held.byline)
    out = out.replace(LABELLED, found => {
      const kept: string[] = [];
      // Organisations sign too; they are no person.
      const masked = found.replace(/[\u4e00-\u9fff·]+/g, name => {
        if (ORGANISATION.test(name) || /^(?:和|与)$/.test(name)) return name;
        kept.push(name);
        return BYLINE_MASK;
      });
      for (const _ of kept) count('byline');
      return masked;
    });
  if (held.wordRun >= 2 && /\b(?:By|BY|by|Author|Reporter|Editor|From|Sender)\b/.test(out))
    out = out.replace(BY_ENGLISH, () => {
      count('byline');
      return BYLINE_MASK;
    });
  return maskRunning(out, count);
}
/** Names in running text, sentence by sentence: nearly all hold none, and the text is handed back as it is. */
function maskRunning(text: string, count: (kind: MaskKind) => void): string {
  let out = '';
  let written = 0;
  for (let from = 0; from < text.length;) {
    let to = from;
    while (to < text.length && (BEGINS[text.charCodeAt(to)] as number) !== ENDS) to++;
    if (to - from > 1 && mayHoldName(text, from, to)) {
      const sentence = text.slice(from, to);
      if (CUE.test(sentence)) {
        out += text.slice(written, from) + maskSentence(sentence, count);
        written = to;
      }
    }
    from = to + 1;
  }
  return written === 0 ? text : out + text.slice(written);
}

const cutter = new Intl.Segmenter('zh', { granularity: 'word' });
const isHan = (text: string): boolean => /^[\u4e00-\u9fff]+$/.test(text);

/** Names that stand for any name: the dictionary takes them for words. */
const ANYBODY = new Set(['张三', '李四', '王五', '赵六', '王二', '张三丰', '李雷', '韩梅梅', '小明', '小红', '小刚']);

/** A word that is a surname by itself, then one or two characters of a given name: how many words, or 0. */
function nameAt(words: readonly string[], i: number): number {
  const first = words[i] ?? '';
  const isSurname = SINGLE_SURNAMES.has(first) || DOUBLE_SURNAMES.has(first);
  const given = words[i + 1] ?? '';
  if (ANYBODY.has(first)) return 1;
  if (!isSurname || !isHan(given) || given.length > 2 || [...given].some(c => NOT_GIVEN.has(c))) return 0;
  // 张先生, 李老师: that much is no name yet.
  if (HONORIFIC.test(following(words, i + 1))) return 0;
  if (given.length === 2) return 2;
  const more = words[i + 2] ?? '';
  return more.length === 1 && isHan(more) && !NOT_GIVEN.has(more) && !SPEECH.test(following(words, i + 2)) ? 3 : 2;
}

/** As much of what follows as the patterns look at: the whole rest of a long sentence at every word would cost its square. */
const following = (words: readonly string[], from: number): string => words.slice(from, from + 8).join('');
/**
 * Whether somewhere in the sentence a surname with a character that a given name can hold (or a name that stands for any)
 * stands where `maskSentence` would take it for a person: behind a word that introduces one, or before one that says a person
 * comes. One pass over the characters: cutting a sentence into words costs more than all else here, and nearly all are spared.
 * The first name of a sentence has only text as it came before it, so nothing is lost by looking here first.
 */
export function mayHoldName(text: string, from = 0, to = text.length): boolean {
  for (let i = from; i + 1 < to; i++) {
    const mark = BEGINS[text.charCodeAt(i)] as number;
    if (mark === 0) continue;
    if ((mark & SINGLE) !== 0 && isNamedHere(text, from, i, i + 1)) return true;
    if ((mark & DOUBLE) !== 0 && DOUBLE_SURNAMES.has(text.slice(i, i + 2)) && isNamedHere(text, from, i, i + 2))
      return true;
    if ((mark & ANY) === 0) continue;
    for (const name of ANYBODY)
      if (text.startsWith(name, i) && (isSpokenOf(text, from, i, i + name.length) || isLedTo(text, from, i)))
        return true;
  }
  return false;
}
/** A surname from `at` to `given`, with one or two characters of a given name behind it; the sentence begins at `from`. */
function isNamedHere(text: string, from: number, at: number, given: number): boolean {
  if (!canBeGiven(text, given)) return false;
  // 张先生, 李老师: that much is no name yet.
  if ((WITHIN[text.charCodeAt(given)] as number) & HONOURS && standsAt(HONORIFIC_HERE, text, given)) return false;
  return (
    isSpokenOf(text, from, at, given + 1) ||
    (canBeGiven(text, given + 1) && isSpokenOf(text, from, at, given + 2)) ||
    isLedTo(text, from, at)
  );
}
const canBeGiven = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit >= 0x4e00 && unit <= 0x9fff && ((WITHIN[unit] as number) & NEVER_GIVEN) === 0;
};
/** Behind a name that begins at `at` and ends at `end` stands what says that a person was meant. */
function isSpokenOf(text: string, from: number, at: number, end: number): boolean {
  if (end >= text.length) return false;
  const follows = WITHIN[text.charCodeAt(end)] as number;
  if ((follows & (HONOURS | SPEAKS)) === 0) return false;
  return (
    ((follows & HONOURS) !== 0 && standsAt(HONORIFIC_HERE, text, end)) ||
    ((follows & SPEAKS) !== 0 &&
      standsAt(SPEECH_HERE, text, end) &&
      isStart(text.slice(Math.max(from, at - FARTHEST), at)))
  );
}
/** Before it stands a word that introduces a person; marks between a role and its name are passed over. */
function isLedTo(text: string, from: number, at: number): boolean {
  if (at === from) return false;
  const last = WITHIN[text.charCodeAt(at - 1)] as number;
  if (
    (last & INTRODUCES) !== 0 &&
    mayIntroduce(text, from, at) &&
    SELF.test(text.slice(Math.max(from, at - FARTHEST), at))
  )
    return true;
  let end = at;
  if ((last & BESIDE) !== 0) while (end > from && (WITHIN[text.charCodeAt(end - 1)] as number) & BESIDE) end--;
  return (
    end - from >= 2 &&
    ((WITHIN[text.charCodeAt(end - 1)] as number) & LEADS) !== 0 &&
    ROLE_ENDS.has(text.slice(end - 2, end)) &&
    ROLE.test(text.slice(Math.max(from, end - FARTHEST), end))
  );
}
/** The last two characters are those of a word that introduces a person: spares most places the pattern. */
const mayIntroduce = (text: string, from: number, at: number): boolean =>
  // 听, a space and a mark stand alone; 的 ends a stretch that begins with 住在 or a word of age.
  !((WITHIN[text.charCodeAt(at - 1)] as number) & PAIRED) ||
  INTRODUCING.has(text.slice(Math.max(from, at - 2), at)) ||
  (text[at - 1] === '的' && text.slice(Math.max(from, at - FARTHEST), at).includes('住在'));
function standsAt(pattern: RegExp, sentence: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(sentence);
}
/** From the end backwards: a pattern that ends in `$` would be tried at every character of a long text. */
function withoutMarks(text: string): string {
  let end = text.length;
  while (end > 0 && (WITHIN[text.charCodeAt(end - 1)] as number) & BESIDE) end--;
  return text.slice(0, end);
}
/** As far back as the patterns look (家住 with twelve characters between it and 的). */
const FARTHEST = 16;
/** Beyond so many spaces and marks between a role and a name neither belongs to the other. */
const LONGEST_TAIL = 256;
const [SINGLE, DOUBLE, ANY, ENDS] = [1, 2, 4, 8];
/** By code unit: what can begin a name, and what ends a sentence. */
const BEGINS = marked([
  [SINGLE, [...SINGLE_SURNAMES]],
  [DOUBLE, [...DOUBLE_SURNAMES]],
  [ANY, [...ANYBODY]],
  [ENDS, [...'\n。！？!?；;']],
]);
const HONORIFIC_HERE = new RegExp(HONORIFIC.source.slice(1), 'y');
const SPEECH_HERE = new RegExp(SPEECH.source.slice(1), 'y');
const WHITE =
  '\t\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';
/** The last two characters of what introduces a person, where nothing variable stands before it. */
const INTRODUCING = new Set(
  '岁的 老的 名为 一下 我叫 我是 本人 人是 人叫 人为 名叫 叫做 字叫 字是 自称 化名 姓名 名是'.split(' '),
);
const ROLE_ENDS = new Set([...ROLES.split('|'), '姓名'].map(role => role.slice(-2)));
/** Of a pattern that begins with `^(?:` what its alternatives begin with, and what those of groups inside them do: more than can. */
const firstsOf = (pattern: RegExp): string[] =>
  pattern.source
    .slice(4, -1)
    .split('|')
    .flatMap(part => (part.startsWith('[') ? part.slice(1, part.indexOf(']')).split('') : [part]));
const [HONOURS, SPEAKS, INTRODUCES, PAIRED, LEADS, BESIDE, NEVER_GIVEN] = [1, 2, 4, 8, 16, 32, 64];
/** By code unit: what can begin a word behind a name, what can end one before it, what no given name holds. */
const WITHIN = marked([
  [HONOURS, firstsOf(HONORIFIC)],
  [SPEAKS, firstsOf(SPEECH)],
  [INTRODUCES, ['的', '听', '为', '下', '叫', '是', '人', '做', '称', '名', ':', '：', ...WHITE]],
  [PAIRED, ['的', '为', '下', '叫', '是', '人', '做', '称', '名']],
  [LEADS, ['名', ...ROLES.split('|').map(role => role.slice(-1))]],
  [BESIDE, [...':：（(“"', ...WHITE, '\n']],
  [NEVER_GIVEN, [...NOT_GIVEN]],
]);

function marked(words: readonly (readonly [number, readonly string[]])[]): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const [mark, of] of words)
    for (const word of of) table[word.charCodeAt(0)] = (table[word.charCodeAt(0)] as number) | mark;
  return table;
}
export function maskSentence(sentence: string, count: (kind: MaskKind) => void): string {
  // A word for a person is cut out first: 摊主任志刚 is no 主任.
  const words = sentence
    .split(CUT_AT_ROLES)
    .flatMap(piece => (ROLE.test(piece) ? [piece] : [...cutter.segment(piece)].map(s => s.segment)));
  let out = '';
  /** The end of what was written: patterns that end in `$` on all of it would cost the square of a long sentence. */
  let tail = '';
  const write = (piece: string): void => {
    out += piece;
    tail = (tail + piece).slice(-LONGEST_TAIL);
  };
  /** Whether the words just written were a name: another one behind a mark goes with it. */
  let inList = false;
  for (let i = 0; i < words.length;) {
    const word = words[i] ?? '';
    const length = nameAt(words, i);
    if (length > 0) {
      const before = withoutMarks(tail);
      const after = following(words, i + length);
      const isNamed =
        !OFFICIAL.test(before) &&
        (ROLE.test(before) ||
          SELF.test(tail) ||
          inList ||
          HONORIFIC.test(after) ||
          (SPEECH.test(after) && isStart(tail)));
      if (isNamed) {
        count('name');
        write(NAME_MASK);
        i += length;
        inList = /^(?:、|和|与|及|，)$/.test(words[i] ?? '') && nameAt(words, i + 1) > 0 && (words[i] ?? '') !== '，';
        if (inList) write(words[i++] ?? '');
        continue;
      }
    }
    inList = false;
    write(word);
    i++;
  }
  return out;
}
/** A speaker stands at the head of a sentence or clause, or behind a word that leads to one. */
const isStart = (before: string): boolean =>
  before === '' ||
  /[，,。；;：:、“”"（(\s]$|(?:据|对此|随后|其中|今年|当天|昨日|昨天|今天|近日|目前|家住.{1,12}的|来自.{1,12}的)$/.test(
    before,
  );
