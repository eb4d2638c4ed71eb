/**
 * The text engine on real Chinese text: node bench/text/text.bench.ts [section …]
 * Sections: same, story, route, similar (trains ten models, some minutes; with topic or event only five). Needs the shared data
 * (HUIYIN_SHARED). CPU time per core; medians of five. With --misses=FILE every wrong answer of similar and route is written there by
 * its row, for whoever reads them one by one.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  comparable,
  type Item,
  makeFolder,
  makeRouter,
  makeSimilar,
  makeStories,
  SAME_DEFAULTS,
  trainRoute,
  trainSimilar,
} from '#core/text';
import { makeEdits } from './edits.ts';

const shared = process.env['HUIYIN_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const rows = <T>(file: string): T[] =>
  readFileSync(join(shared, 'data', file), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(l => JSON.parse(l) as T);
const say = (what: string, figure: string): void => void process.stdout.write(`| ${what} | ${figure} |\n`);
/** Seconds of CPU, the median of five runs after one that does not count. */
function cpu(work: () => void): number {
  const times: number[] = [];
  for (let i = 0; i < 6; i++) {
    const started = process.cpuUsage();
    work();
    const used = process.cpuUsage(started);
    if (i > 0) times.push((used.user + used.system) / 1e6);
  }
  return times.sort((a, b) => a - b)[2] ?? 0;
}
const messages = () =>
  rows<{ id: number; title: string; text: string }>('taidi2020c/annex3_messages.jsonl').map((r): Item => ({
    id: String(r.id),
    title: r.title,
    text: r.text,
  }));

const missesFile = process.argv.find(a => a.startsWith('--misses='))?.slice('--misses='.length);
/** A wrong answer, by its row in the data: texts are not written. */
const missed = (what: object): void => {
  if (missesFile !== undefined) appendFileSync(missesFile, `${JSON.stringify(what)}\n`);
};
const sections: Record<string, () => void> = {
  same() {
    const base = messages()
      .filter(m => comparable(m.title, m.text).length >= 120)
      .slice(0, 2000);
    const edits = makeEdits(base.map(b => b.text));
    const ways = [
      ['', SAME_DEFAULTS],
      [' (judged by bit maps alone)', { ...SAME_DEFAULTS, texts: 0 }],
    ] as const;
    for (const [name, start, way, options] of Object.entries(edits).flatMap(([n, e]) =>
      ways.map(([way, options]) => [n, e, way, options] as const),
    )) {
      // Both ways see the same edits.
      const edit = start();
      const judge = makeFolder(options);
      // A text of the base may itself be a copy: then its first is the right answer.
      const own = new Map(base.map(b => [b.id, judge(b).of ?? b.id]));
      let right = 0;
      let other = 0;
      let asked = 0;
      for (const b of base.slice(0, 600)) {
        const text = edit(b.text);
        if (comparable('', text).length < 40) continue;
        asked++;
        const { of } = judge({ id: `e-${b.id}`, text });
        if (of === own.get(b.id)) right++;
        else if (of !== null) other++;
      }
      say(
        `near copies, ${name}${way}`,
        `recall ${(right / asked).toFixed(3)}, precision ${(right / (right + other)).toFixed(3)} of ${asked}`,
      );
    }
    const items = messages();
    const seconds = cpu(() => {
      const judge = makeFolder();
      for (const i of items) judge(i);
    });
    say('fold 4,326 messages', `${Math.round(items.length / seconds)} texts/s`);
  },
  story() {
    const items = messages();
    const gold = readFileSync(join(shared, 'data/taidi2020c/annex3_event_weakgold.csv'), 'utf8')
      .split('\n')
      .slice(1)
      .filter(Boolean)
      .map(l => l.split(','));
    let stories = makeStories();
    const seconds = cpu(() => {
      stories = makeStories();
      for (const i of items) stories.place(i);
    });
    const { placements } = stories.settle();
    const of = new Map(placements.map(p => [p.id, p.story]));
    const members = new Map<string, string[]>();
    for (const p of placements) members.set(p.story, [...(members.get(p.story) ?? []), p.id]);
    const scores = [...new Set(gold.map(g => g[0] ?? ''))].map(event => {
      const core = new Set(gold.filter(g => g[0] === event && g[2] === 'core').map(g => g[1] ?? ''));
      const maybe = new Set(gold.filter(g => g[0] === event && g[2] === 'maybe').map(g => g[1] ?? ''));
      return Math.max(
        0,
        ...[...core].map(id => {
          const inside = (members.get(of.get(id) ?? '') ?? []).filter(m => !maybe.has(m));
          const hit = inside.filter(m => core.has(m)).length;
          return (2 * hit) / (inside.length + core.size);
        }),
      );
    });
    say(
      'stories, best-cluster F1 on the given events',
      `${(scores.reduce((a, b) => a + b, 0) / scores.length).toFixed(3)} (${scores.map(s => s.toFixed(3)).join(', ')}); ${Math.round(items.length / seconds)} texts/s, folding included`,
    );
    const exact = new Map<string, Set<string>>();
    for (const i of items) {
      const key = comparable(i.title, i.text);
      exact.set(key, (exact.get(key) ?? new Set()).add(of.get(i.id) ?? ''));
    }
    say('exact copies in one story', `${[...exact.values()].filter(s => s.size > 1).length} groups split`);
  },
  route() {
    const data = rows<{ title: string | null; text: string; label: string }>('taidi2020c/annex2_labelled.jsonl').map(
      r => ({ title: r.title ?? '', text: r.text ?? '', label: r.label }),
    );
    let right = 0;
    const labels = [...new Set(data.map(d => d.label))].sort();
    const confusion = labels.map(() => labels.map(() => 0));
    for (let fold = 0; fold < 5; fold++) {
      const judge = makeRouter(trainRoute(data.filter((_, i) => i % 5 !== fold)));
      data.forEach((d, i) => {
        if (i % 5 !== fold) return;
        const said = judge(d).label;
        if (said === d.label) right++;
        else missed({ task: 'route', row: i, label: d.label, said });
        const row = confusion[labels.indexOf(d.label)] ?? [];
        row[labels.indexOf(said)] = (row[labels.indexOf(said)] ?? 0) + 1;
      });
    }
    const p = right / data.length;
    say('route, five-fold accuracy', `${p.toFixed(4)} ± ${(1.96 * Math.sqrt((p * (1 - p)) / data.length)).toFixed(4)}`);
    labels.forEach((label, l) =>
      say(`route, ${label} proposed as ${labels.join(', ')}`, (confusion[l] ?? []).join(', ')),
    );
  },
  similar() {
    const tasks = ['topic', 'event'].filter(task => process.argv.includes(task));
    for (const [file, task] of [
      ['A', 'topic'],
      ['B', 'event'],
    ] as const) {
      if (tasks.length > 0 && !tasks.includes(task)) continue;
      const pairs = rows<{ a: string; b: string; label: number }>(`sohu2021/${file}-ss.train.jsonl`).map(r => ({
        a: r.a,
        b: r.b,
        label: r.label === 1,
      }));
      // Every fifth once: the figure of one fifth alone moves by a hundredth with the fifth that is taken.
      const sum = { tp: 0, fp: 0, fn: 0 };
      const f1 = ({ tp, fp, fn }: typeof sum): number => (2 * tp) / (2 * tp + fp + fn || 1);
      const each = [0, 1, 2, 3, 4].map(fold => {
        const judge = makeSimilar(
          trainSimilar(
            task,
            pairs.filter((_, i) => i % 5 !== fold),
          ),
        );
        const own = { tp: 0, fp: 0, fn: 0 };
        pairs.forEach((p, i) => {
          if (i % 5 !== fold) return;
          const { same, score } = judge(p);
          if (same !== p.label) missed({ task, row: i, label: p.label, score });
          if (same || p.label) own[same ? (p.label ? 'tp' : 'fp') : 'fn']++;
        });
        for (const k of ['tp', 'fp', 'fn'] as const) sum[k] += own[k];
        return f1(own);
      });
      say(
        `similar, ${task}, F1`,
        `${(each[0] ?? 0).toFixed(3)} on the first fifth, ${f1(sum).toFixed(3)} over all five (${each.map(f => f.toFixed(3)).join(', ')})`,
      );
    }
  },
};
const wanted = process.argv.slice(2).filter(name => name in sections);
for (const [name, run] of Object.entries(sections)) if (wanted.length === 0 || wanted.includes(name)) run();
