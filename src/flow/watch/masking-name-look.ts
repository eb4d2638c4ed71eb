/**
 * The look that spares nearly every sentence the cutting into words: from one place of a text, by tables over characters,
 * whether a name that would be masked could stand there. It only ever rules out.
 */
import { ANYBODY, HONORIFIC, isStart, ROLE, ROLES, SELF, SPEECH } from './masking-name-words.ts';
import { DOUBLE_SURNAMES, NOT_GIVEN, SINGLE_SURNAMES } from './surnames.ts';

/**
 * Whether somewhere from `first` to `last` a surname with a character that a given name can hold (or a name that stands for
 * any) stands where `maskSentence` would take it for a person: behind a word that introduces one, or before one that says a
 * person comes. One pass over the characters: cutting into words costs more than all else here, and nearly all are spared.
 * What was masked before it in the sentence leads to no more than what stood there as it came.
 */
export function mayHoldName(text: string, first = 0, last = text.length): boolean {
  for (let at = first; at < last; at++) {
    const mark = BEGINS[text.charCodeAt(at)] as number;
    if (mark !== 0 && holdsNameAt(text, 0, at, mark)) return true;
  }
  return false;
}
/** The same of one place with the mark of its character; the sentence begins at `from`. */
export function holdsNameAt(text: string, from: number, at: number, mark: number): boolean {
  if ((mark & SINGLE) !== 0 && isNamedHere(text, from, at, at + 1)) return true;
  if ((mark & DOUBLE) !== 0 && DOUBLE_SURNAMES.has(text.slice(at, at + 2)) && isNamedHere(text, from, at, at + 2))
    return true;
  if ((mark & ANY) === 0) return false;
  for (const name of ANYBODY)
    if (text.startsWith(name, at) && (isSpokenOf(text, from, at, at + name.length) || isLedTo(text, from, at)))
      return true;
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
export function withoutMarks(text: string): string {
  let end = text.length;
  while (end > 0 && (WITHIN[text.charCodeAt(end - 1)] as number) & BESIDE) end--;
  return text.slice(0, end);
}
/** As far back as the patterns look (家住 with twelve characters between it and 的). */
const FARTHEST = 16;
export const [SINGLE, DOUBLE, ANY, ENDS] = [1, 2, 4, 8];
/** By code unit: what can begin a name, and what ends a sentence. */
export const BEGINS = marked([
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
