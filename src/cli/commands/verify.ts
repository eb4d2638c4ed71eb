/** `huiyin verify`: checks an exported log, or one proof, without the product's writer, a rulebook or a network. */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { verifyExport, verifyProof } from '#core/log';
import { type Command, type Context, EXIT, UsageError } from '../command.ts';
import { openExport } from '../export-folder.ts';

export const command: Command = {
  name: 'verify',
  summary: 'check an exported log, or one proof',
  help: `
huiyin verify <export> [--key K] [--json]
huiyin verify <file>.tlog-proof --key K [--json]

<export>: a folder, or one ZIP file, with events.ndjson, chain.ndjson, salts.ndjson and what stands beside them.
--key: the key of the log you trust (one line, or a file of lines), from the institution's public page or from whom you got
it before. Without it the keys inside the export are used: then whoever made the export could have signed another log.
Exit 0: the log is whole. Exit 1: the first break is named. Exit 2: this is no export.`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, key: { type: 'string' } },
      strict: true,
      allowPositionals: true,
    });
    const [path, more] = positionals;
    if (path === undefined || more !== undefined) throw new UsageError('name one export: a folder or a file');
    const keys = values.key === undefined ? [] : keysOf(values.key);
    if (path.endsWith('.tlog-proof')) return oneProof(path, keys, values.json === true, context);
    const [key] = keys;
    const files = openExport(path);
    const verdict = asked(() => verifyExport(files, key === undefined ? {} : { key }));
    const at = verdict.firstBreak;
    const signed = verdict.signatures.map(s => s.name).join(', ');
    const text = at
      ? `broken at entry ${at.n} (${at.id || 'no id'}): ${at.why}: ${at.file}: ${at.says}`
      : `whole: ${verdict.entries} entries, ${verdict.erasedBodies} bodies erased on schedule, head ${verdict.head}${signed ? `, signed by ${signed}` : ', not signed'}${signed && key === undefined ? ' (keys of the export itself)' : ''}`;
    await context.out(`${values.json ? JSON.stringify(verdict) : text}\n`);
    return verdict.ok ? EXIT.yes : EXIT.no;
  },
};

async function oneProof(path: string, keys: readonly string[], json: boolean, context: Context): Promise<number> {
  if (keys.length === 0) throw new UsageError('--key is needed: a proof is worth what the key is worth');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
  const proof = asked(() => verifyProof(text, keys));
  const signatures = proof.ok ? proof.signatures.map(({ name, ok }) => ({ name, ok })) : [];
  const verdict = proof.ok
    ? { ok: true, n: proof.n, origin: proof.origin, entry: proof.entry, event: proof.event, signatures }
    : { ok: false, says: proof.says };
  const line = proof.ok ? `whole: entry ${proof.n} of ${proof.origin}, ${String(proof.entry['type'])}` : proof.says;
  await context.out(`${json ? JSON.stringify(verdict) : line}\n`);
  return proof.ok ? EXIT.yes : EXIT.no;
}
function asked<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}
/** One key as it is printed, or a file of such lines. */
function keysOf(given: string): string[] {
  const text = existsSync(given) ? readFileSync(given, 'utf8') : given;
  return text.split('\n').filter(line => line.trim() !== '');
}
