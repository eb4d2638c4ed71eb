/**
 * The stretches that two texts have in common, each as long as it goes (greedy tiling from the left: Wise, "String similarity
 * via greedy string tiling", 1993, without his search for the best tiling), rarest first. A rare name of three characters
 * says more than a long phrase that stands everywhere, and two of them more than one: that is what `likeness.ts` reads here.
 */
export interface Stretch {
  readonly text: string;
  /** How rare its bigrams are in the mean, and longer ones more. */
  readonly weight: number;
}
const MOST = 200;
/** From this weight on a stretch is more than a phrase: the mean rarity of a bigram that stands in one text of some hundred. */
const TELLING = 6;
const HEAD = 30;
const SUMMED = 6;
export const STRETCHES: readonly string[] = [
  'stretch-rarest',
  'stretch-second',
  'stretch-third',
  'stretch-six',
  'stretch-two-long',
  'stretch-three-long',
  'stretches-telling',
  'stretch-early',
  'stretch-shifted',
  'stretch-begins',
  'stretch-length',
  'stretch-known',
];

export function stretchesOf(a: string, b: string, rarity: (gram: string) => number): Stretch[] {
  const [x, y] = [a.slice(0, MOST), b.slice(0, MOST)];
  const found = new Map<string, number>();
  for (let i = 0; i + 2 <= x.length; i++) {
    let n = 2;
    if (!y.includes(x.slice(i, i + n))) continue;
    while (i + n < x.length && y.includes(x.slice(i, i + n + 1))) n++;
    let sum = 0;
    for (let j = i; j + 2 <= i + n; j++) sum += rarity(x.slice(j, j + 2));
    found.set(x.slice(i, i + n), sum / (n - 1) + 2 * Math.log(n));
    // The next may begin with the last character of this one.
    i += n - 2;
  }
  return [...found]
    .map(([text, weight]) => ({ text, weight }))
    .sort((p, q) => q.weight - p.weight || (p.text < q.text ? -1 : 1));
}
/** In the order of STRETCHES. */
export function stretchLikenesses(a: string, b: string, rarity: (gram: string) => number): number[] {
  const stretches = stretchesOf(a, b, rarity);
  const weight = (n: number): number => stretches[n]?.weight ?? 0;
  const [longest = 0, second = 0, third = 0] = stretches.map(s => s.text.length).sort((p, q) => q - p);
  const top = stretches[0]?.text ?? '';
  const at = (text: string): number => (top === '' ? HEAD : text.indexOf(top));
  const share = (text: string): number => at(text) / Math.max(1, text.length);
  return [
    weight(0),
    weight(1),
    weight(2),
    stretches.slice(0, SUMMED).reduce((sum, s) => sum + s.weight, 0),
    longest + second,
    longest + second + third,
    stretches.filter(s => s.weight > TELLING).length,
    Math.min(at(a), HEAD) + Math.min(at(b), HEAD),
    top === '' ? 1 : Math.abs(share(a) - share(b)),
    top === '' ? 0 : rarity(top.slice(0, 2)),
    top.length,
    top === '' ? 0 : rarity(top.slice(0, 4)),
  ];
}
