/** `huiyin route`: proposes a department or topic for a citizen's message; a person decides. */
import { parseArgs } from 'node:util';
import { makeRouter, type RouteModel, trainRoute } from '#core/text';
import { type Command, EXIT, UsageError } from '../command.ts';
import { readModel, readRows, writeModel } from '../train.ts';

export const command: Command = {
  name: 'route',
  summary: 'propose a department for a message',
  help: `
huiyin route train --out M < messages.ndjson     {"id","title"?,"text","label"}
huiyin route --model M < messages.ndjson         {"id","title"?,"text"} → {"id","label","score","because":[{"term","weight"}]}

The model is readable JSON: a weight for each term and label. The same input gives the same bytes.`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { out: { type: 'string' }, model: { type: 'string' }, json: { type: 'boolean' } },
      strict: true,
      allowPositionals: true,
    });
    if (positionals.length > 1 || (positionals.length === 1 && positionals[0] !== 'train'))
      throw new UsageError(`"${positionals.join(' ')}" is no form of route; write route train, or route --model`);
    const message = (r: Record<string, string>) => ({
      text: r['text'] ?? '',
      ...(r['title'] === undefined ? {} : { title: r['title'] }),
    });
    if (positionals[0] === 'train') {
      if (values.out === undefined) throw new UsageError('--out M is needed');
      const rows = readRows(await context.stdin(), { id: 'label', title: 'text?', text: 'text', label: 'label' });
      if (new Set(rows.map(r => r['label'])).size < 2)
        throw new UsageError('at least two labels are needed to tell them apart');
      const model = trainRoute(rows.map(r => ({ ...message(r), label: r['label'] ?? '' })));
      await context.out(
        `${JSON.stringify({ line: 'model', labels: model.labels.length, items: rows.length, digest: writeModel(values.out, model) })}\n`,
      );
      return EXIT.yes;
    }
    const judge = makeRouter(readModel<RouteModel>(values.model, 'huiyin-route-1'));
    const rows = readRows(await context.stdin(), { id: 'label', title: 'text?', text: 'text' });
    await context.out(rows.map(r => `${JSON.stringify({ id: r['id'], ...judge(message(r)) })}\n`).join(''));
    return EXIT.yes;
  },
};
