/**
 * What remembering a million firsts takes and whether near copies are still found among them:
 * node bench/text/near-memory.bench.ts [most texts, 1,000,000 where absent]. Needs the shared data (HUIYIN_SHARED).
 *
 * 1,000 real messages go in first, then distinct texts of a chain of characters (chain.ts), every fortieth a near copy of one that
 * went in 2,000 before it; at each size of the curve another hundred real messages go in last. Then edited copies of real ones are asked
 * for, of the oldest (whose texts are no longer kept) and of the newest; what is asked for is not remembered.
 * Memory is told twice: by the folder's own account, and as what the process holds more than before, after a collection.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { appendFolded, comparable, type Item, makeFolded, makeFolder, SAME_DEFAULTS } from '#core/text';
import { makeChain, realTexts } from './chain.ts';
import { generator, messages, say } from './data.ts';
import { makeEdits } from './edits.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const most = Number(process.argv[2] ?? 1_000_000);
const curve = [30_000, 100_000, 300_000, 1_000_000, 3_000_000].filter(n => n < most).concat(most);
const SHORTEST_ASKED = 40;
const EVERY = 40;
const BACK = 2000;

const real = messages().filter(m => comparable(m.title, m.text).length >= 120);
const edits = makeEdits(real.slice(0, 2000).map(m => m.text));
const chain = makeChain(realTexts(), 5);
const random = generator(23);
const replaced = edits['8 % replaced']?.() ?? (t => t);
/** The texts that later ones copy: made before memory is looked at, as the chain is. */
const recent: Item[] = Array.from({ length: BACK }, (_, n) => ({ id: `r${n}`, text: chain(600) }));

const held = (): number => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
};
const before = held();
const judge = makeFolder(SAME_DEFAULTS);
/** A message that is itself a copy stands for its first. */
const own = new Map<string, string>();
const remember = (items: readonly Item[]): void => {
  for (const item of items) own.set(item.id, judge(item).of ?? item.id);
};
const oldest = real.slice(0, 1000);
remember(oldest);

/** Of so many edited copies so many folded into their own first, and so many into another. */
function asked(items: readonly Item[], edit: (text: string) => string): string {
  let [all, right, other] = [0, 0, 0];
  for (const item of items) {
    const folded = makeFolded();
    appendFolded(folded, edit(item.text));
    if (folded.length < SHORTEST_ASKED) continue;
    all++;
    const { of } = judge.find({ id: 'asked', text: item.text }, folded);
    if (of === own.get(item.id)) right++;
    else if (of !== null) other++;
  }
  return `${(right / all).toFixed(3)} / ${(right / (right + other)).toFixed(3)}`;
}

let [firsts, characters, copies, found, made] = [own.size, 0, 0, 0, 0];
let spent = 0;
curve.forEach((size, step) => {
  while (firsts < size) {
    made++;
    const slot = made % BACK;
    const source = recent[slot];
    const isCopy = made > BACK && made % EVERY === 0 && source !== undefined;
    const item: Item = isCopy
      ? { id: `c${made}`, text: replaced(source.text) }
      : { id: `t${made}`, text: chain(238 + Math.floor(random() * 844)) };
    const started = process.cpuUsage();
    const { of } = judge(item);
    const used = process.cpuUsage(started);
    spent += used.user + used.system;
    if (isCopy) {
      copies++;
      if (of === source.id) found++;
    } else recent[slot] = item;
    if (of !== null) continue;
    firsts++;
    characters += comparable(undefined, item.text).length;
  }
  const newest = real.slice(1000 + step * 100, 1100 + step * 100);
  remember(newest);
  const all = held() - before;
  say(
    `${firsts} firsts of ${Math.round(characters / firsts)} compared characters`,
    `${Math.round(all)} MB more in the process, ids and texts included; by its own account ${Math.round(judge.bytes() / 1e6)} MB of tables and ${Math.round((judge.characters() * 2) / 1e6)} MB of texts; ${Math.round((all * 1e6) / firsts)} bytes a first; ${Math.round(spent / made)} µs of processor a text; ${found} of ${copies} near copies made on the way folded into theirs`,
  );
  for (const [name, start] of Object.entries(edits))
    say(
      `at ${firsts}: ${name}, recall / precision`,
      `${asked(oldest.slice(0, 600), start())} of the oldest, ${asked(newest, start())} of the newest`,
    );
});
