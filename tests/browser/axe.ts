/** Runs axe-core in a page and says every serious or critical finding in one line. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

export async function faults(page: Page): Promise<readonly string[]> {
  // Through the browser's own channel: the page's policy allows no script of others.
  const client = await page.context().newCDPSession(page);
  await client.send('Runtime.evaluate', { expression: axe.source });
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: unknown[] }> } };
    return (await axe.run()).violations;
  });
  await client.detach();
  return (found as Violation[])
    .filter(v => v.impact === 'serious' || v.impact === 'critical')
    .map(
      v =>
        `${new URL(page.url()).pathname}: ${v.id} ${v.nodes
          .map(n => n.target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
    );
}
