/** What the institution itself decided before: texts that went into a case, and the unit that was made responsible for it. */
import type { Labelled } from '#triage';
import type { Tenant } from '#io/store';

const MOST = 20_000;

export async function labelledOf(tenant: Tenant): Promise<readonly Labelled[]> {
  const units = new Map<string, string>();
  for (const event of await tenant.events()) {
    if (event.type !== 'assignment.made' || event.case === undefined) continue;
    const as = event.data['as'];
    if (as === 'responsible' || as === 'handling') units.set(event.case, String(event.data['to']));
  }
  const found = await tenant.findings({ state: 'in-case', limit: MOST });
  return found.flatMap(f => {
    const label = f.caseId === undefined ? undefined : units.get(f.caseId);
    return label === undefined || f.erasedAt !== undefined ? [] : [{ title: f.title, text: f.text, label }];
  });
}
