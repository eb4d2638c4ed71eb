/** The three who run a house, what they ask of everybody who signs in, tokens for machines, and the audit. */
import type { Visit } from '../context.ts';
import { Access, Audit } from '../pages/access.tsx';
import { type AccessRules, SCOPES } from '../ports-access.ts';
import { Ways } from '../pages/access-ways.tsx';
import { digestOf } from '../session.ts';
import { addWay, endWay, link, unlink, type WayOutcome } from './access-ways.ts';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';

const DAY = 86_400_000;
const PAGE = 100;

async function accessPage(visit: Visit, more: { once?: string; problems?: readonly string[] } = {}): Promise<Response> {
  const { house, c } = visit;
  const { access, people, ways } = house.desk;
  return c.html(
    <Access
      visit={visit}
      counts={await countsOf(visit)}
      people={await people.list()}
      rules={await access.rules()}
      tokens={await access.tokens()}
      ways={
        <Ways
          visit={visit}
          kinds={ways.kinds}
          ways={await ways.list()}
          links={await access.links()}
          people={await people.list()}
          adding={c.req.query('add')}
        />
      }
      {...(more.once === undefined ? {} : { once: more.once })}
      problems={more.problems ?? []}
    />,
    (more.problems ?? []).length > 0 ? 422 : 200,
  );
}
export const show: Show = visit => accessPage(visit);

export const audit: Show = async (visit, counts) => {
  const before = Number(visit.c.req.query('before') ?? '') || undefined;
  const rows = await visit.house.desk.access.audit(before, PAGE);
  const older = rows.length === PAGE ? rows.at(-1)?.n : undefined;
  return (
    <Audit visit={visit} counts={counts} rows={rows} people={await visit.house.desk.people.list()} older={older} />
  );
};

async function giveDuty({ visit, text }: Posted): Promise<Response> {
  const { house, user, w, c } = visit;
  const { people, sessions } = house.desk;
  const person = await people.byCode(text('code'));
  const duty = text('duty');
  // The page is only reached with the power to let people in; nobody takes a second duty, nor gives one to themselves.
  if (!person?.active || person.administrator || person.code === user.person.code || !isDuty(duty))
    return accessPage(visit, { problems: [w.dutyWrong] });
  for (const other of await people.list())
    if (other.duty === duty && other.code !== person.code) {
      const { duty: _, ...rest } = other;
      await people.save(rest);
      await sessions.endAll(other.code);
    }
  await people.save({ ...person, duty });
  await sessions.endAll(person.code);
  await house.desk.audit(user.person.code, 'duty-given', `${duty} ${person.code}`);
  // Naming a security officer takes this page from the administrator at once.
  return goWith(c, duty === 'security' ? '/people' : '/settings/access', w.dutyGiven);
}
const isDuty = (text: string): text is 'security' | 'audit' => text === 'security' || text === 'audit';

async function makeToken({ visit, text, all }: Posted): Promise<Response> {
  const { house, user, w } = visit;
  const { desk } = house;
  const days = Number(text('days'));
  const scopes = all('scope').filter(s => SCOPES.some(known => known === s));
  const title = text('title').slice(0, 80);
  if (title === '' || scopes.length === 0 || !Number.isInteger(days) || days < 1 || days > 366)
    return accessPage(visit, { problems: [w.tokenNeedsTitle] });
  const id = Buffer.from(crypto.getRandomValues(new Uint8Array(6))).toString('hex');
  const token = `hy_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')}`;
  const now = desk.now();
  await desk.access.addToken(
    { id, title, scopes, madeBy: user.person.code, madeAt: now, expiresAt: now + days * DAY },
    digestOf(token),
  );
  await desk.audit(user.person.code, 'token-made', `${id} ${scopes.join(' ')}`);
  return accessPage(visit, { once: token });
}

const WAYS: Readonly<Record<string, (posted: Posted) => Promise<WayOutcome>>> = {
  'add-way': addWay,
  'end-way': endWay,
  link,
  unlink,
};

export const change: Act = async posted => {
  const { visit, text } = posted;
  const { house, user, w, c } = visit;
  const { desk } = house;
  const way = await WAYS[text('do')]?.(posted);
  if (way) return 'problem' in way ? accessPage(visit, { problems: [way.problem] }) : way;
  switch (text('do')) {
    case 'duty':
      return giveDuty(posted);
    case 'make-token':
      return makeToken(posted);
    case 'end-token':
      await desk.access.endToken(text('token'));
      await desk.audit(user.person.code, 'token-ended', text('token').slice(0, 20));
      return goWith(c, '/settings/access', w.tokenEnded);
    case 'four-eyes': {
      const fourEyes = text('four') === 'yes';
      await desk.access.saveRules({ ...(await desk.access.rules()), fourEyes });
      await desk.audit(user.person.code, 'access-rules', `four-eyes ${fourEyes ? 'on' : 'off'}`);
      return goWith(c, '/settings/access', w.fourEyesSet);
    }
    case 'rules': {
      const wanted = text('second');
      if (wanted !== 'nobody' && wanted !== 'house' && wanted !== 'everybody') return accessPage(visit);
      const rules: AccessRules = { ...(await desk.access.rules()), secondFactorFor: wanted };
      await desk.access.saveRules(rules);
      await desk.audit(user.person.code, 'access-rules', `second-factor ${wanted}`);
      return goWith(c, '/settings/access', w.secondFor[wanted]);
    }
    case 'reset-second': {
      const person = await desk.people.byCode(text('code'));
      if (!person || person.code === user.person.code) return accessPage(visit, { problems: [w.notFoundTitle] });
      await desk.access.putSecondFactor(person.code, undefined, []);
      await desk.sessions.endAll(person.code);
      await desk.audit(user.person.code, 'second-reset', person.code);
      return goWith(c, '/settings/access', w.secondResetDone);
    }
    default:
      return accessPage(visit);
  }
};
