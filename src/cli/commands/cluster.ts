/** `huiyin cluster`: which items tell one story. */
import { parseArgs } from 'node:util';
import { type Item, type Join, makeStories, type Placement, STORY_DEFAULTS } from '#core/text';
import { type Command, EXIT, UsageError } from '../command.ts';
import { readItems } from '../items.ts';

export const command: Command = {
  name: 'cluster',
  summary: 'gather items into stories',
  help: `
huiyin cluster [--threshold ${STORY_DEFAULTS.threshold}] [--window-hours H] < items.ndjson

Output per item: {"line":"item","id","story","new","similarity"}; at the end per story
{"line":"story","story","items","first":{"id","outlet","publishedAt"},"outlets","from","to","undated","joined"}.
Story ids derive from their first item (st-<id>) and survive later items. The ${STORY_DEFAULTS.window} newest items stay comparable;
--window-hours narrows that to items published at most H hours apart. "joined" names stories of one item that the second pass added.
Lexical: short texts that share no words are not joined.`,
  async run(args, context) {
    const { values } = parseArgs({
      args: [...args],
      options: { threshold: { type: 'string' }, 'window-hours': { type: 'string' }, json: { type: 'boolean' } },
      strict: true,
    });
    const threshold = number(values.threshold, '--threshold', STORY_DEFAULTS.threshold);
    if (threshold > 1) throw new UsageError('--threshold is at most 1');
    const hours =
      values['window-hours'] === undefined ? undefined : number(values['window-hours'], '--window-hours', 0);
    const items = readItems(await context.stdin(), '-', { uniqueIds: true });
    const stories = makeStories({ threshold, ...(hours === undefined ? {} : { windowHours: hours }) });
    for (const item of items) stories.place(item);
    const { placements, joined } = stories.settle();
    const lines = placements.map(p => ({
      line: 'item',
      id: p.id,
      story: p.story,
      new: p.isNew,
      similarity: p.similarity,
    }));
    await context.out([...lines, ...storyLines(items, placements, joined)].map(l => `${JSON.stringify(l)}\n`).join(''));
    return EXIT.yes;
  },
};

function number(text: string | undefined, flag: string, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!(value > 0)) throw new UsageError(`${flag} is a number above 0, not "${text}"`);
  return value;
}

/** One line a story, in the order in which stories began. */
function storyLines(items: readonly Item[], placements: readonly Placement[], joined: readonly Join[]): object[] {
  const members = new Map<string, Item[]>();
  items.forEach((item, i) => {
    const story = placements[i]?.story ?? '';
    const list = members.get(story);
    if (list) list.push(item);
    else members.set(story, [item]);
  });
  return [...members].map(([story, list]) => {
    const dated = list
      .filter(item => item.publishedAt !== undefined)
      .sort((a, b) => Date.parse(a.publishedAt ?? '') - Date.parse(b.publishedAt ?? ''));
    const first = dated[0] ?? list[0];
    return {
      line: 'story',
      story,
      items: list.map(item => item.id),
      first: { id: first?.id, outlet: first?.outlet ?? null, publishedAt: first?.publishedAt ?? null },
      outlets: new Set(list.flatMap(item => (item.outlet === undefined ? [] : [item.outlet]))).size,
      from: dated[0]?.publishedAt ?? null,
      to: dated.at(-1)?.publishedAt ?? null,
      undated: list.filter(item => item.publishedAt === undefined).map(item => item.id),
      joined: joined.filter(j => j.into === story).map(({ story: id, similarity }) => ({ story: id, similarity })),
    };
  });
}
