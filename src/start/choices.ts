/** The regulations that stand beside the program: every folder of rulebooks/ whose book can be read. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRulebook } from '#core/rulebook';
import type { RulebookChoice } from '../web/ports.ts';
import { templateOf } from './template.ts';

export const digestOf = (bytes: Uint8Array | string): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export function rulebookChoices(root: string): readonly RulebookChoice[] {
  const folder = join(root, 'rulebooks');
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && existsSync(join(folder, entry.name, 'rulebook.md')))
    .map(entry => entry.name)
    .sort()
    .flatMap(name => {
      const text = readFileSync(join(folder, name, 'rulebook.md'), 'utf8');
      const digest = digestOf(text);
      const read = readRulebook({ file: `rulebooks/${name}/rulebook.md`, text, digest });
      if (!read.ok) return [];
      const { title, institution } = read.rulebook;
      return [{ folder: name, title, institution, text, digest, template: templateOf(read.rulebook) }];
    });
}
