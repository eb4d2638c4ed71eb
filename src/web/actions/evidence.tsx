/**
 * Evidence: what a page held. Every time bytes leave the store the audit has the line before they do; sealed bytes open for
 * the office that asked, with a reason, and are never part of a paper, a case or an export.
 */
import type { Visit } from '../context.ts';
import { EvidencePage } from '../pages/evidence.tsx';
import { type Act, countsOf, goWith, type Show } from '../visiting.tsx';

async function showPage(visit: Visit, problems: readonly string[] = []): Promise<Response> {
  const { house, c } = visit;
  const id = c.req.param('id') ?? '';
  const [finding, evidence] = await Promise.all([house.desk.findings.get(id), house.desk.evidence.of(id)]);
  if (!finding || !evidence) return c.notFound() as Response;
  c.header('cache-control', 'no-store');
  const counts = await countsOf(visit);
  return c.html(
    <EvidencePage visit={visit} counts={counts} finding={finding} evidence={evidence} problems={problems} />,
    problems.length > 0 ? 422 : 200,
  );
}
export const show: Show = visit => showPage(visit);

/** A page as it came is hostile: it is handed out as a file, never shown by the desk. */
function asFile(visit: Visit, bytes: Uint8Array, name: string): Response {
  const { c } = visit;
  c.header('content-type', 'application/octet-stream');
  c.header('content-disposition', `attachment; filename="${name}.html"`);
  c.header('cache-control', 'no-store');
  c.header('content-security-policy', "default-src 'none'; sandbox");
  c.header('x-content-type-options', 'nosniff');
  return c.body(new Uint8Array(bytes));
}
export const body: Show = async visit => {
  const { house, c } = visit;
  const id = c.req.param('id') ?? '';
  const n = Number(c.req.param('n'));
  const bytes = Number.isSafeInteger(n) ? await house.desk.evidence.body(id, n) : undefined;
  return bytes ? asFile(visit, bytes, `evidence-${n}`) : (c.notFound() as Response);
};

export const act: Act = async ({ visit, text }) => {
  const { house, user, w, c } = visit;
  const id = c.req.param('id') ?? '';
  const reason = text('reason').slice(0, 120);
  if (!user.office) return showPage(visit, [w.noOffice]);
  if (reason === '') return showPage(visit, [w.evidenceReasonNeeded]);
  if (!(await house.desk.findings.get(id))) return c.notFound() as Response;
  if (text('do') === 'open') {
    const n = Number(text('n'));
    await house.desk.audit(
      user.person.code,
      'evidence-opened',
      `${id} ${n} ${user.office.unit}/${user.office.role}: ${reason}`,
    );
    const bytes = Number.isSafeInteger(n) ? await house.desk.evidence.open(id, n, user.office) : undefined;
    return bytes ? asFile(visit, bytes, `evidence-${n}`) : showPage(visit, [w.evidenceNotHere]);
  }
  await house.desk.audit(
    user.person.code,
    'evidence-asked',
    `${id} ${user.office.unit}/${user.office.role}: ${reason}`,
  );
  const outcome = await house.desk.evidence.look(id, { ...user.office, staffCode: user.person.code, reason });
  if (outcome === undefined) return showPage(visit, [w.evidenceNoPage]);
  return goWith(c, `/inbox/${id}/evidence`, w.evidenceLooked(w.evidenceOutcomes[outcome]));
};
