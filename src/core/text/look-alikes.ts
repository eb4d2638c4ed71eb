/**
 * Characters that look like another and are written in its place, by an extraction from PDF (⻓, ⻋), a keyboard of another
 * script (Cyrillic о) or to slip past a word list (❺, 口 as ロ): after the confusables of Unicode (UTS 39), but only what
 * stands for one character and cannot weld two ordinary words of Chinese: 己 and 已, 未 and 末 look alike and stay apart.
 * For comparison only. Compatibility forms (①, ㊙, Kangxi radicals) are not listed: NFKC has them.
 */

/** Radicals that are a character of their own, as text out of a PDF has them. */
const RADICALS: readonly [string, string] = [
  '⺁⺒⺝⺟⺠⺩⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳',
  '厂巳月母民王虎西见角贝车长门青页风飞食马鬼鱼鸟麦黄齐齿龙龟',
];
/** Katakana in the shape of a character. */
const KATAKANA: readonly [string, string] = ['エカタトニハロ', '工力夕卜二八口'];
/** Digits in black or sans-serif circles. */
const CIRCLED: readonly [string, string] = [
  '❶❷❸❹❺❻❼❽❾➀➁➂➃➄➅➆➇➈➊➋➌➍➎➏➐➑➒⓿⓵⓶⓷⓸⓹⓺⓻⓼⓽',
  '1234567891234567891234567890123456789',
];
/** Letters of other alphabets whose small and capital forms both look like a Latin letter. */
const LETTERS: readonly [string, string] = [
  'аеорсухіјѕԛԝɑɡıοαϲϳАЕОРСУХІЈЅԚԜΟΑϹͿ',
  'aeopcyxijsqwagioacjAEOPCYXIJSQWOACJ',
];
/** Those of which only the capital does: where case is folded a capital must fold with its small form, not with another letter. */
const CAPITALS: readonly [string, string] = ['ВКМНТΒΕΖΗΙΚΜΝΡΤΥΧ', 'BKMHTBEZHIKMNPTYX'];

const table = (lists: readonly (readonly [string, string])[]): ReadonlyMap<string, string> =>
  new Map(lists.flatMap(([from, to]) => Array.from(from, (ch, i) => [ch, to.charAt(i)] as const)));
/** Where case counts. */
export const LOOK_ALIKES = table([RADICALS, KATAKANA, CIRCLED, LETTERS, CAPITALS]);
/** Where case is folded. */
export const LOOK_ALIKES_FOLDED = table([RADICALS, KATAKANA, CIRCLED, LETTERS]);
