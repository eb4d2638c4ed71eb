/** The engine's reason for a miss in the page's language. The engine speaks one language; its sentences have fixed forms. */
import type { Language } from '../words/index.ts';

const FORMS: readonly (readonly [RegExp, (m: readonly string[]) => string])[] = [
  [/^group (\d+) has no hit$/, ([, n = '']) => `第 ${n} 组词一个也没有出现`],
  [
    /^excluded by (.+) at (title|text) (\d+)$/,
    ([, term = '', field, at = '']) =>
      `出现了排除词“${term}”（${field === 'title' ? '标题' : '正文'}第 ${Number(at) + 1} 字）`,
  ],
  [/^excluded by (.+)$/, ([, what = '']) => `被排除条件挡住：${what}`],
  [/^near: no (.+) and (.+) in one field$/, ([, a = '', b = '']) => `“${a}”和“${b}”没有在同一处出现`],
  [/^near: (\d+) apart, (\d+) allowed$/, ([, gap = '', allowed = '']) => `两个词相隔 ${gap} 字，只许 ${allowed} 字`],
  [/^near: (.+) has no hit on both sides$/, ([, what = '']) => `${what} 的两边没有都出现`],
  [/^no sentence holds (.+)$/, ([, what = '']) => `没有一句话同时有：${what}`],
  [
    /^(kind|region):(.+): the item has no (outletKind|region)$/,
    ([, , value = '']) => `要求来源是“${value}”，这段文字没有来源类别`,
  ],
  [/^(kind|region):(.+): the item's is (.+)$/, ([, , value = '', own = '']) => `要求来源是“${value}”，实际是“${own}”`],
  [/^(.+): the item has no publishedAt$/, ([, what = '']) => `要求日期 ${what}，这段文字没有日期`],
  [/^(.+): the item is of (.+)$/, ([, what = '', on = '']) => `要求日期 ${what}，实际是 ${on}`],
  [/^(.+) has no hit$/, ([, what = '']) => `没有出现：${what}`],
];
export function sayMiss(language: Language, because: string): string {
  if (language === 'en') return because;
  for (const [form, say] of FORMS) {
    const match = form.exec(because);
    if (match) return say(match);
  }
  return because;
}
