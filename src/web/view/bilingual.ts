/** Rulebooks say things twice, `中文 / English`: the half that the page speaks. */
import type { Language } from '../words/index.ts';

const CHINESE = /[\u3400-\u9fff]/;

/** A text written in one language only is given as it is. */
export function halfOf(language: Language, text: string): string {
  const cut = /^(.*?)\s+\/\s+(.*)$/s.exec(text);
  if (!cut) return text;
  const [, first = '', second = ''] = cut;
  if (CHINESE.test(first) === CHINESE.test(second)) return text;
  return CHINESE.test(first) === (language === 'zh') ? first : second;
}

const HALF = [',', ';', ':', '?', '!'];
const FULL = ['，', '；', '：', '？', '！'];
/** Punctuation between Chinese characters is full-width on the page, however it was typed in the book. */
export const fullWidth = (text: string): string =>
  text.replaceAll(
    /(?<=[\u3400-\u9fff”）])([,;:?!])(?=\s?[\u3400-\u9fff“（\d]|$)/g,
    mark => FULL[HALF.indexOf(mark)] ?? mark,
  );

/** `第二条 原则 Principles`: the words in the page's language; the article's number stays. */
export function headingText(language: Language, heading: string): string {
  const text = heading.replace(/^#+\s*/, '');
  const cut = /^(.*[\u3400-\u9fff][^A-Za-z]*)\s+([A-Za-z][^\u3400-\u9fff]*)$/.exec(text);
  if (!cut) return text;
  const [, zh = text, en = text] = cut;
  return language === 'zh' ? zh : `${/^\S+/.exec(zh)?.[0] ?? ''} ${en}`;
}
