/**
 * Rule matching beside its peers: node bench/text/match.bench.ts [rules …]. Whole match, literal scan and build for rules as
 * the design measured them, for realistic rules and for hard ones; Hyperscan on the same terms and texts, its passes taken in
 * turn with ours; PostgreSQL's tsquery; then every verdict of 10,000 texts at 10,000 rules against a brute-force judge
 * (`node bench/text/match.bench.ts brute`). Processor time per core, medians of seven passes that alternate.
 */
import { compileRules, fold, type Item, makeHits, makeMatcher, type RuleSource } from '#core/text';
import { designRules, generator, hardRules, literalsOf, realisticRules, say, stitched } from './data.ts';
import { hyperscan, tsquery } from './peers.ts';

const PASSES = 7;
const wanted = process.argv.slice(2);
const counts = wanted.map(Number).filter(n => n > 0);
const items = stitched(20_000);
const bytes = items.reduce((n, i) => n + Buffer.byteLength(i.text), 0);
const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
function seconds(work: () => void): number {
  const started = process.cpuUsage();
  work();
  const used = process.cpuUsage(started);
  return (used.user + used.system) / 1e6;
}

async function measure(name: string, rules: readonly RuleSource[]): Promise<void> {
  const builds = [0, 1, 2].map(() => seconds(() => void compileRules(rules)));
  const compiled = compileRules(rules);
  const matcher = makeMatcher(compiled);
  const peer = await hyperscan(
    compiled.terms,
    items.map(i => i.text),
  );
  const hits = makeHits();
  const times: Record<'whole' | 'scan' | 'peer', number[]> = { whole: [], scan: [], peer: [] };
  let matched = 0;
  let found = 0;
  let peerHits = 0;
  for (let pass = 0; pass <= PASSES; pass++) {
    found = 0;
    const scan = seconds(() => {
      for (const item of items) {
        hits.count = 0;
        compiled.scanner.scan(item.text, hits);
        found += hits.count;
      }
    });
    const theirs = typeof peer === 'string' ? { seconds: Number.NaN, hits: 0 } : await peer.run();
    peerHits = theirs.hits;
    matched = 0;
    const whole = seconds(() => {
      for (const item of items) matched += matcher.match(item).matched.length;
    });
    // The first pass warms up.
    if (pass > 0)
      for (const [key, t] of [
        ['scan', scan],
        ['peer', theirs.seconds],
        ['whole', whole],
      ] as const)
        times[key].push(t);
  }
  const rate = (list: readonly number[]): string => {
    const t = median(list);
    return `${Math.round(items.length / t)} texts/s, ${Math.round(bytes / t / 1e6)} MB/s`;
  };
  const per = (n: number): string => (n / items.length).toFixed(1);
  say(
    `${name}, ${rules.length} rules, ${(literalsOf(rules) / rules.length).toFixed(1)} terms each, ${compiled.terms.length} distinct`,
    `whole ${rate(times.whole)}; scan ${rate(times.scan)}; built in ${Math.round(median(builds) * 1000)} ms; ${per(found)} hits, ${per(matched)} matches a text`,
  );
  if (typeof peer === 'string') return say('Hyperscan', peer);
  peer.end();
  say(
    'Hyperscan on the same terms and texts',
    `${rate(times.peer)}; compiled in ${Math.round(peer.compileSeconds * 1000)} ms; ${per(peerHits)} hits a text; our scan : Hyperscan ${(median(times.peer) / median(times.scan)).toFixed(2)}`,
  );
}

/** The obvious judge: which folded terms stand in the folded text, then each rule as it is written. */
function bruteForce(rules: readonly RuleSource[]) {
  const terms = [...new Set(rules.flatMap(r => [...(r.all ?? []).flat(), ...(r.none ?? [])]))];
  const folded = terms.map(fold);
  const places = (text: string, asked: string): number[] => {
    const term = fold(asked);
    const out: number[] = [];
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) out.push(at);
    return out;
  };
  const near = (text: string, a: string, b: string, within: number): boolean =>
    places(text, a).some(i =>
      places(text, b).some(
        j => !(i === j && a.length === b.length) && Math.max(j - i - a.length, i - j - b.length, 0) <= within,
      ),
    );
  return (given: string): Set<string> => {
    const text = fold(given);
    const inside = new Set(terms.filter((_, i) => text.includes(folded[i] ?? '')));
    return new Set(
      rules
        .filter(
          r =>
            (r.all ?? []).every(group => group.some(t => inside.has(t))) &&
            !(r.none ?? []).some(t => inside.has(t)) &&
            (r.near ?? []).every(p => near(text, p.a, p.b, p.within)),
        )
        .map(r => r.id),
    );
  };
}
function differences(rules: readonly RuleSource[], sample: readonly Item[]): string {
  const matcher = makeMatcher(compileRules(rules));
  const judge = bruteForce(rules);
  let wrong = 0;
  let held = 0;
  for (const item of sample) {
    const got = new Set(matcher.match(item).matched.map(m => m.rule));
    const right = judge(item.text);
    held += right.size;
    for (const id of got) if (!right.has(id)) wrong++;
    for (const id of right) if (!got.has(id)) wrong++;
  }
  return `${wrong} differences in ${sample.length * rules.length} verdicts, ${held} of them matches`;
}
/** Texts made worse: case, width, halves of surrogate pairs, long runs. */
function roughened(list: readonly Item[]): Item[] {
  const random = generator(3);
  return list.map(item => {
    const rough = [...item.text]
      .map(c => (random() < 0.02 ? c.toUpperCase() : random() < 0.01 ? `${c}\ud83d` : c))
      .join('');
    return { ...item, text: random() < 0.1 ? rough.repeat(3) : rough };
  });
}

if (wanted.includes('brute')) {
  const sample = roughened(stitched(10_000));
  say('design rules against brute force', differences(designRules(10_000), sample));
  say('realistic rules against brute force', differences(realisticRules(10_000), sample));
} else {
  for (const count of counts.length > 0 ? counts : [1_000, 10_000, 30_000, 100_000]) {
    await measure('design', designRules(count));
    await measure('realistic', realisticRules(count));
  }
  if (counts.length === 0) {
    await measure('hard', hardRules(10_000, items));
    const few = items.slice(0, 100);
    say(
      'PostgreSQL tsquery, 10,000 design rules without distance',
      `${(await tsquery(designRules(10_000), few)).toFixed(1)} texts/s (wall)`,
    );
  }
}
