/** Makes the editors' schema of the rulebook blocks, the page of rule words and the handbook page of problems from the reader's own tables. */
import { CODES, KEYWORDS, KIND_ZH, KINDS, UNIT_WORDS, VALUE_WORDS } from '#core/rulebook';

const MADE = 'Made by `node scripts/generate.ts` from src/core/rulebook.';

function schema(): string {
  const blocks = Object.fromEntries(
    KINDS.map(kind => {
      const properties = Object.fromEntries(
        KEYWORDS[kind].flatMap(
          w =>
            [
              [w.key, { description: `${w.zh}: ${w.type}` }],
              [w.zh, { description: `${w.key}: ${w.type}` }],
            ] as const,
        ),
      );
      const required = KEYWORDS[kind]
        .filter(w => w.required)
        .map(w => ({ anyOf: [{ required: [w.key] }, { required: [w.zh] }] }));
      return [
        kind,
        {
          type: 'object',
          title: `${kind} ${KIND_ZH[kind]}`,
          properties,
          additionalProperties: false,
          ...(required.length > 0 ? { allOf: required } : {}),
        },
      ];
    }),
  );
  return `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'huiyin/rulebook-blocks/1', title: 'Blocks of a rulebook, notation 1', $comment: MADE, $defs: blocks }, null, 1)}\n`;
}
function words(): string {
  const tables = KINDS.map(kind => {
    const rows = KEYWORDS[kind].map(
      w => `| \`${w.key}\` | ${w.zh} | ${w.type} | ${w.required ? '●' : (w.otherwise ?? '')} |`,
    );
    return `## \`${kind}\` ${KIND_ZH[kind]}\n\n| key | 中文 | how it is written | required, or default |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Rule words\n\n${MADE} Both columns are accepted, also mixed; there are no other keys.\n\n${tables.join('\n')}\n## Value words\n\n| 中文 | English |\n|---|---|\n${[...VALUE_WORDS, ...UNIT_WORDS].map(([zh, en]) => `| ${zh} | ${en} |`).join('\n')}\n`;
}
function problems(): string {
  const rows = Object.entries(CODES).map(
    ([code, c]) => `| ${code} | ${c.severity} | ${'check' in c ? c.check : ''} | ${c.title} | ${c.harm} |`,
  );
  return `# 规章文件的问题代码 Problems of a rulebook\n\n${MADE} 代码固定不变;每条信息写明位置、问题、后果和改法。\n\n| code | severity | check | what | so what |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
}

/** Path in the repository → content. */
export async function generate(_root: string): Promise<Map<string, string>> {
  return new Map([
    ['docs/specs/rulebook.schema.json', schema()],
    ['docs/specs/rulebook-words.md', words()],
    ['docs/handbook/problems.md', problems()],
  ]);
}
