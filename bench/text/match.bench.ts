/**
 * Rule matching: node bench/text/match.bench.ts [rules …]. Whole match, literal scan, build, on realistic and on hard rules;
 * then every verdict of 10,000 texts against a brute-force judge. CPU time per core, medians of five.
 */
import { compileRules, fold, type Item, makeHits, makeMatcher, type RuleSource } from '#core/text';
import { cpu, hardRules, literalsOf, realisticRules, say, stitched } from './data.ts';

const counts = process.argv.slice(2).map(Number);
const items = stitched(20_000);
const mean = Math.round(items.reduce((n, i) => n + i.text.length, 0) / items.length);
const bytes = items.reduce((n, i) => n + Buffer.byteLength(i.text), 0);
say('texts', `${items.length}, ${mean} characters and ${Math.round(bytes / items.length)} bytes in the mean`);

function measure(name: string, rules: readonly RuleSource[]): void {
  const builds = Array.from({ length: 3 }, () => {
    const started = performance.now();
    compileRules(rules);
    return performance.now() - started;
  }).sort((a, b) => a - b);
  const compiled = compileRules(rules);
  const matcher = makeMatcher(compiled);
  let matched = 0;
  const whole = cpu(() => {
    matched = 0;
    for (const item of items) matched += matcher.match(item).matched.length;
  });
  const hits = makeHits();
  let found = 0;
  const scan = cpu(() => {
    found = 0;
    for (const item of items) {
      hits.count = 0;
      compiled.scanner.scan(item.text, hits);
      found += hits.count;
    }
  });
  const per = (n: number): string => (n / items.length).toFixed(1);
  say(
    `${name}, ${rules.length} rules, ${(literalsOf(rules) / rules.length).toFixed(1)} terms each, ${compiled.terms.length} distinct`,
    `whole ${Math.round(items.length / whole)} texts/s (${Math.round(bytes / whole / 1e6)} MB/s); scan ${Math.round(items.length / scan)} texts/s (${Math.round(bytes / scan / 1e6)} MB/s); built in ${Math.round(builds[1] ?? 0)} ms; ${per(found)} hits, ${per(matched)} matches a text`,
  );
}

/** The obvious judge: every folded term searched for in every folded text. */
function bruteForce(rule: RuleSource, text: string): boolean {
  const places = (asked: string): number[] => {
    const term = fold(asked);
    const out: number[] = [];
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) out.push(at);
    return out;
  };
  const near = (a: string, b: string, within: number): boolean =>
    places(a).some(i =>
      places(b).some(
        j => !(i === j && a.length === b.length) && Math.max(j - i - a.length, i - j - b.length, 0) <= within,
      ),
    );
  return (
    (rule.all ?? []).every(group => group.some(term => text.includes(fold(term)))) &&
    !(rule.none ?? []).some(term => text.includes(fold(term))) &&
    (rule.near ?? []).every(p => near(p.a, p.b, p.within))
  );
}
function differences(rules: readonly RuleSource[], sample: readonly Item[]): number {
  const matcher = makeMatcher(compileRules(rules));
  let wrong = 0;
  for (const item of sample) {
    const got = new Set(matcher.match(item).matched.map(m => m.rule));
    for (const rule of rules) if (got.has(rule.id) !== bruteForce(rule, item.text)) wrong++;
  }
  return wrong;
}

for (const count of counts.length > 0 ? counts : [1_000, 10_000, 30_000, 100_000])
  measure('realistic', realisticRules(count));
if (counts.length === 0 || counts.includes(10_000)) measure('hard', hardRules(10_000, items));
if (counts.length === 0) {
  const lower = items.slice(0, 10_000).map(i => ({ ...i, text: fold(i.text) }));
  say(
    'against brute force, 10,000 texts',
    `${differences(realisticRules(200), lower)} differences with 200 realistic rules, ${differences(hardRules(200, lower), lower)} with 200 hard ones`,
  );
}
