/**
 * What each step of taking in costs: node bench/text/steps.bench.ts [texts, default 6000] [rules, default 10000].
 * Microseconds of processor a text, each step over all texts by itself, after a first round of a quarter that warms up.
 */
import { compileRules, makeFolder, makeMatcher } from '#core/text';
import { makeStream, readTriageSettings } from '#triage';
import { maskItem } from '#watch';
import { realisticRules, say } from './data.ts';
import { feedsOf, incoming } from './feed-data.ts';

const wanted = Number(process.argv[2] ?? 6000);
const rules = realisticRules(Number(process.argv[3] ?? 10_000));
const feeds = feedsOf(wanted);
function step<T>(name: string, work: () => T): T {
  const used = process.cpuUsage();
  const out = work();
  const { user, system } = process.cpuUsage(used);
  if (name) say(name, `${((user + system) / wanted).toFixed(1)} µs a text`);
  return out;
}
const matcher = makeMatcher(compileRules(rules));
const settings = readTriageSettings(undefined);
for (const isWarm of [false, true]) {
  const name = (text: string): string => (isWarm ? text : '');
  const part = isWarm ? feeds : feeds.slice(0, Math.max(1, feeds.length >> 2));
  const items = step(name('parse'), () => part.flatMap(incoming));
  const masked = step(name('mask'), () => items.map(maskItem)).map((m, i) => ({
    ...m,
    id: `t${i}`,
    publishedAt: new Date(m.publishedAt ?? 0).toISOString(),
  }));
  step(name('match'), () => masked.map(m => matcher.match(m).matched.length));
  const folder = makeFolder(settings.same);
  step(name('fold alone'), () => masked.map(m => folder(m).of));
  const stream = makeStream(settings);
  step(name('fold and stories'), () => masked.map(m => stream.place({ ...m, side: 'public', wanted: true }).story));
}
