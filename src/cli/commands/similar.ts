/** `huiyin similar`: do two texts speak of the same event or topic. */
import { parseArgs } from 'node:util';
import { makeSimilar, type SimilarModel, type SimilarTask, trainSimilar } from '#core/text';
import { type Command, EXIT, UsageError } from '../command.ts';
import { readModel, readRows, writeModel } from '../train.ts';

export const command: Command = {
  name: 'similar',
  summary: 'same event or topic',
  help: `
huiyin similar train --task event|topic --out M < pairs.ndjson     {"a","b","label"}
huiyin similar --task event|topic --model M < pairs.ndjson         {"id","a","b"} → {"id","score","same"}

The model is readable JSON: small trees over named likenesses, and a vote with a weight for each pair of characters. The same input gives the same bytes.`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        task: { type: 'string' },
        out: { type: 'string' },
        model: { type: 'string' },
        json: { type: 'boolean' },
      },
      strict: true,
      allowPositionals: true,
    });
    const task = values.task as SimilarTask;
    if (task !== 'event' && task !== 'topic') throw new UsageError('--task is event or topic');
    if (positionals.length > 1 || (positionals.length === 1 && positionals[0] !== 'train'))
      throw new UsageError(`"${positionals.join(' ')}" is no form of similar; write similar train, or similar --model`);
    if (positionals[0] === 'train') {
      if (values.out === undefined) throw new UsageError('--out M is needed');
      const rows = readRows(await context.stdin(), { a: 'text', b: 'text', label: 'yes or no' });
      const same = rows.filter(r => r['label'] === 'yes').length;
      if (same === 0 || same === rows.length)
        throw new UsageError(`of ${rows.length} pairs ${same} are the same: to learn from, both kinds are needed`);
      const model = trainSimilar(
        task,
        rows.map(r => ({ a: r['a'] ?? '', b: r['b'] ?? '', label: r['label'] === 'yes' })),
      );
      await context.out(
        `${JSON.stringify({ line: 'model', task, pairs: rows.length, digest: writeModel(values.out, model) })}\n`,
      );
      return EXIT.yes;
    }
    const model = readModel<SimilarModel>(values.model, 'huiyin-similar-4');
    if (model.task !== task) throw new UsageError(`this model was trained for ${model.task}, not ${task}`);
    const judge = makeSimilar(model);
    const rows = readRows(await context.stdin(), { id: 'label', a: 'text', b: 'text' });
    await context.out(
      rows.map(r => `${JSON.stringify({ id: r['id'], ...judge({ a: r['a'] ?? '', b: r['b'] ?? '' }) })}\n`).join(''),
    );
    return EXIT.yes;
  },
};
