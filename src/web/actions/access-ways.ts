/** Adding and ending ways to sign in, and joining a name in another system to somebody here. */
import type { WaySetting } from '../ports-access.ts';
import { goWith, type Posted } from '../visiting.tsx';

const KEY = /^[a-z][a-z0-9-]{0,39}$/;
export type WayOutcome = Response | { readonly problem: string };

export async function addWay({ visit, text }: Posted): Promise<WayOutcome> {
  const { house, user, w, c } = visit;
  const { ways, audit } = house.desk;
  const kind = ways.kinds.find(k => k.kind === text('kind'));
  if (!kind) return { problem: w.fieldWrong(w.sessionVia) };
  const known = await ways.list();
  if (!KEY.test(text('key')) || known.some(x => x.key === text('key')) || text('key') === 'password')
    return { problem: `${w.fieldWrong(w.wayKey)} ${w.channelKeyHint}` };
  if (!/^https?:\/\/[^\s/]+\/?$/.test(text('home'))) return { problem: `${w.fieldWrong(w.wayHome)} ${w.wayHomeHint}` };
  const way: WaySetting = {
    key: text('key'),
    kind: kind.kind,
    title: text('title').slice(0, 40) || kind.title.zh,
    home: text('home'),
    values: Object.fromEntries(kind.fields.map(f => [f.name, text(`value-${f.name}`)])),
  };
  const problem = ways.problem(way);
  if (problem !== undefined) return { problem: `${w.fieldWrong(problem)}` };
  await ways.save([...known, way]);
  await audit(user.person.code, 'way-added', `${way.key} ${way.kind}`);
  return goWith(c, '/settings/access#ways', w.wayAdded);
}
export async function endWay({ visit, text }: Posted): Promise<WayOutcome> {
  const { house, user, w, c } = visit;
  const { ways, access, audit } = house.desk;
  await ways.save((await ways.list()).filter(x => x.key !== text('way')));
  // Whoever adds a way of the same name later must not inherit who was joined to this one.
  for (const l of await access.links()) if (l.provider === text('way')) await access.unlink(l.provider, l.subject);
  await audit(user.person.code, 'way-ended', text('way').slice(0, 40));
  return goWith(c, '/settings/access#ways', w.wayEnded);
}
export async function link({ visit, text }: Posted): Promise<WayOutcome> {
  const { house, user, w, c } = visit;
  const { ways, access, people, audit } = house.desk;
  const person = await people.byCode(text('code'));
  const way = (await ways.list()).find(x => x.key === text('way'));
  if (!person || !way || text('subject') === '') return { problem: w.fieldWrong(w.linkSubject) };
  if (!(await access.link({ provider: way.key, subject: text('subject').slice(0, 200), code: person.code })))
    return { problem: w.wayTaken };
  await audit(user.person.code, 'way-joined', `${way.key} ${person.code}`);
  return goWith(c, '/settings/access#ways', w.wayJoined(way.title));
}
export async function unlink({ visit, text }: Posted): Promise<WayOutcome> {
  const { house, user, w, c } = visit;
  await house.desk.access.unlink(text('way'), text('subject'));
  await house.desk.audit(user.person.code, 'way-parted', text('way').slice(0, 40));
  return goWith(c, '/settings/access#ways', w.wayParted);
}
