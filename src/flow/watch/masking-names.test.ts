/** Names in running text: what is found and missed of a labelled list. The handbook must publish exactly these figures. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { maskText } from './masking.ts';

const labelled = readFileSync(fileURLToPath(new URL('./fixtures/names.txt', import.meta.url)), 'utf8')
  .split('\n')
  .filter(l => l !== '' && !l.startsWith('#'));

function measure(lines: readonly string[]) {
  let names = 0;
  let found = 0;
  let masks = 0;
  const missed: string[] = [];
  const wrong: string[] = [];
  for (const line of lines) {
    const here = [...line.matchAll(/【([^】]+)】/g)].map(m => m[1] ?? '');
    const { text, counts } = maskText(line.replaceAll(/[【】]/g, ''));
    const masked = (counts['name'] ?? 0) + (counts['byline'] ?? 0);
    names += here.length;
    masks += masked;
    const left = here.filter(n => text.includes(n));
    found += here.length - left.length;
    missed.push(...left);
    if (masked > here.length - left.length) wrong.push(text);
  }
  return { lines: lines.length, names, found, masks, missed, wrong };
}

test('the handbook publishes these figures', () => {
  const { lines, names, found, masks } = measure(labelled);
  const page = readFileSync(fileURLToPath(new URL('../../../docs/handbook/data-map.md', import.meta.url)), 'utf8');
  const [recall, precision] = [found / names, found / masks].map(share => Math.round(share * 100));
  expect(page).toContain(`${lines} 句自拟的话、${names} 个姓名`);
  expect(page).toContain(`查全 ${recall} %，查准 ${precision} %`);
});

test('recall and precision are what the handbook publishes', () => {
  const { names, found, masks, missed, wrong } = measure(labelled);
  const percent = (n: number, of: number): string => `${Math.round((n / of) * 100)} %`;
  expect({ names, recall: percent(found, names), precision: percent(found, masks), missed, wrong })
    .toMatchInlineSnapshot(`
    {
      "missed": [
        "钱进",
        "韩梅",
        "萧雨",
        "余海",
        "杜鹃",
        "叶青",
        "阎立本",
        "雷鸣",
        "史进",
        "贺兰",
        "邵阳",
        "万宝路",
        "武松",
        "严宽",
      ],
      "names": 83,
      "precision": "100 %",
      "recall": "83 %",
      "wrong": [],
    }
  `);
});
