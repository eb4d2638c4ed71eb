/**
 * Names: bylines and senders by the words around them, names in running text by a surname and a word beside it that says a
 * person comes. Officials named by their office stay: they speak in public for it. Best effort; what it finds and misses is
 * measured against a labelled list (masking-names.test.ts) and published in the handbook.
 */
import type { MaskKind } from './masking.ts';
import type { Survey } from './masking-survey.ts';
import { BEGINS, ENDS, holdsNameAt, mayHoldName, withoutMarks } from './masking-name-look.ts';
import { ANYBODY, CUE, HAN, HONORIFIC, isStart, OFFICIAL, ROLE, ROLES, SELF, SPEECH } from './masking-name-words.ts';
import { DOUBLE_SURNAMES, NOT_GIVEN, SINGLE_SURNAMES } from './surnames.ts';

const BYLINE_MASK = '[署名已隐去]';
const NAME_MASK = '[姓名已隐去]';
const BYLINE_LABEL =
  '作者|原作者|撰文|撰稿|文字|文案|摄影|摄像|图片?|视频|剪辑|制图|通讯员|特约记者|见习记者|实习记者|实习生|首席记者|全媒体记者|本报记者|本台记者|本网记者|记者|责任编辑|责编|值班编辑|编辑|执行主编|主编|编审|校对|审校|审核|审签|复审|终审|初审|监制|策划|统筹|出品|供稿|投稿|供图|主持人|播音|发稿|发布人|发布者|楼主|发帖人|发件人|寄件人|署名|联系人|填报人|填表人|经办人|受理人|承办人|投诉人|举报人|信访人|来信人|来电人|反映人|诉求人|留言人|申请人|姓名';
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

const CUT_AT_ROLES = new RegExp(`(${ROLES})`);
const CUT_AT_COMMAS = new RegExp(`(?<=${HAN})(，)(?=${HAN})`);

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
  for (let from = 0, at = 0; at <= text.length; at++) {
    const mark = at < text.length ? (BEGINS[text.charCodeAt(at)] as number) : ENDS;
    if (mark === 0) continue;
    if (mark === ENDS) from = at + 1;
    else if (holdsNameAt(text, from, at, mark)) {
      while (at < text.length && BEGINS[text.charCodeAt(at)] !== ENDS) at++;
      const sentence = text.slice(from, at);
      if (CUE.test(sentence)) {
        out += text.slice(written, from) + maskSentence(sentence, count);
        written = at;
      }
      from = at + 1;
    }
  }
  return written === 0 ? text : out + text.slice(written);
}

const cutter = new Intl.Segmenter('zh', { granularity: 'word' });
const isHan = (text: string): boolean => /^[\u4e00-\u9fff]+$/.test(text);

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
/** Beyond so many spaces and marks between a role and a name neither belongs to the other. */
const LONGEST_TAIL = 256;
/**
 * A sentence in words where a name may stand, in clauses where none does. The cutter finds the same words in a clause as in
 * the whole: between two Han characters a comma ends what it looks at.
 */
function wordsOf(sentence: string, holds: typeof mayHoldName): string[] {
  const words: string[] = [];
  let at = 0;
  // A word for a person is cut out first: 摊主任志刚 is no 主任.
  for (const piece of sentence.split(CUT_AT_ROLES)) {
    if (ROLE.test(piece)) {
      words.push(piece);
      at += piece.length;
    } else
      for (const clause of piece.split(CUT_AT_COMMAS)) {
        if (holds(sentence, at, at + clause.length))
          for (const { segment } of cutter.segment(clause)) words.push(segment);
        else if (clause !== '') words.push(clause);
        at += clause.length;
      }
  }
  return words;
}
/** `holds` spares the cutting into words and changes no answer. */
export function maskSentence(sentence: string, count: (kind: MaskKind) => void, holds = mayHoldName): string {
  const words = wordsOf(sentence, holds);
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
