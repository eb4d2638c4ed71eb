/** The list of source kinds, read off the folders: adding one touches one folder. */
import { globSync } from 'node:fs';

export async function generate(root: string): Promise<Map<string, string>> {
  const folders = globSync('src/flow/watch/sources/*/source.ts', { cwd: root })
    .map(f => f.replaceAll('\\', '/').split('/').at(-2) ?? '')
    .sort();
  const name = (folder: string) => folder.replace(/-([a-z])/g, (_, c: string) => c.toUpperCase());
  const text = `// Written by: node scripts/generate.ts. Do not edit.
import type { SourceKind } from '../source-kind.ts';
${folders.map(f => `import { source as ${name(f)} } from './${f}/source.ts';`).join('\n')}

/** Every kind of source there is. */
export const SOURCE_KINDS: readonly SourceKind[] = [
${folders.map(f => `  ${name(f)},`).join('\n')}
];
`;
  return new Map([['src/flow/watch/sources/index.generated.ts', text]]);
}
