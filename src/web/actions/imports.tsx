/** Tables handed in: held in memory, mapped, imported; paused, gone on with, ended. */
import { type Target, TARGETS } from '#watch';
import { ImportMapping, ImportShow, ImportStart } from '../pages/imports.tsx';
import type { Visit } from '../context.ts';
import { type Act, countsOf, goWith, type Show } from '../visiting.tsx';

const RUNS = 20;
const startPage = async (visit: Visit, problem?: string): Promise<Response> =>
  visit.c.html(
    <ImportStart
      visit={visit}
      counts={await countsOf(visit)}
      runs={await visit.house.desk.imports.runs(RUNS)}
      {...(problem === undefined ? {} : { problem })}
    />,
    problem === undefined ? 200 : 422,
  );
export const showStart: Show = visit => startPage(visit);

export const hold: Act = async ({ visit, file }) => {
  const { house, w, c } = visit;
  const given = file('file');
  if (!given) return startPage(visit, w.fileNeeded);
  const table = await house.desk.imports.hold(given.name, new Uint8Array(await given.arrayBuffer()));
  if (!('key' in table)) return startPage(visit, table.problem);
  return c.html(<ImportMapping visit={visit} counts={await countsOf(visit)} table={table} />);
};

export const begin: Act = async ({ visit, text }) => {
  const { house, user, w, c, language } = visit;
  const key = c.req.param('held') ?? '';
  const table = await house.desk.imports.held(key);
  if (!table) return startPage(visit, w.src.mapGone);
  const mapping: Record<string, Target> = {};
  table.headings.forEach((h, i) => {
    const target = TARGETS.find(t => t === text(`col.${i}`));
    if (target) mapping[h.trim()] = target;
  });
  const begun = await house.desk.imports.begin(key, {
    mapping,
    origin: text('origin') || 'hotline',
    by: user.person.code,
  });
  if ('problem' in begun) {
    const again = (await house.desk.imports.held(key, mapping)) ?? table;
    return c.html(
      <ImportMapping visit={visit} counts={await countsOf(visit)} table={again} problem={begun.problem[language]} />,
      422,
    );
  }
  await house.desk.audit(user.person.code, 'imported', `${begun.digest.slice(0, 20)} ${table.rows}`);
  const path = `/imports/${begun.digest.replace('sha256:', '')}`;
  return begun.known ? goWith(c, path, w.src.runSame) : c.redirect(path, 303);
};

const digestOf = ({ c }: Visit): string => `sha256:${c.req.param('digest') ?? ''}`;
export const show: Show = async (visit, counts) => {
  const run = await visit.house.desk.imports.run(digestOf(visit));
  if (!run) return visit.c.notFound() as Response;
  // Read again by the browser itself while it runs; no script is needed.
  if (run.state === 'running') visit.c.header('refresh', '2');
  return <ImportShow visit={visit} counts={counts} run={run} />;
};
export const change: Act = async ({ visit, text }) => {
  const to = (['paused', 'running', 'stopped'] as const).find(s => s === text('do'));
  if (to) await visit.house.desk.imports.change(digestOf(visit), to);
  return visit.c.redirect(`/imports/${visit.c.req.param('digest')}`, 303);
};
