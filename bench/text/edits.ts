/** How texts are changed on their way from outlet to outlet, for the measurements of near copies. Drawn by a fixed generator. */
import { SIMPLIFIED, TRADITIONAL } from '../../src/core/text/characters.generated.ts';
import { generator } from './data.ts';

type Edit = (text: string) => string;
/** Each edit made anew draws the same characters again; `texts` are what replaced characters are drawn from. */
export function makeEdits(texts: readonly string[]): Readonly<Record<string, () => Edit>> {
  const letters = [...texts.join('')].filter(c => c > '\u4e00');
  const traditional = new Map([...SIMPLIFIED].map((c, i) => [c, TRADITIONAL[i] ?? c]));
  return {
    'header and footer': () => t =>
      `【网友来信摘录】来自城市论坛民生版块。${t}以上内容不代表本站观点,如有疑问请与编辑联系。`,
    'cut to 60 %': () => t => t.slice(0, Math.floor(t.length * 0.6)),
    'cut to 35 %': () => t => t.slice(0, Math.floor(t.length * 0.35)),
    'three adverts': () => t =>
      [t.slice(0, t.length / 3), t.slice(t.length / 3, (2 * t.length) / 3), t.slice((2 * t.length) / 3)].join(
        '扫码领取优惠券关注公众号了解更多',
      ),
    'traditional characters': () => t => [...t].map(c => traditional.get(c) ?? c).join(''),
    '8 % replaced': () => {
      const random = generator(11);
      return t =>
        [...t].map(c => (random() < 0.08 ? (letters[Math.floor(random() * letters.length)] ?? c) : c)).join('');
    },
  };
}
