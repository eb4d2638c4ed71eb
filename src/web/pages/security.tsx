/** One's own sign-in: sessions, second factor, codes for its loss; and the second step at the door. */
import type { FC } from 'hono/jsx';
import type { Ask, Visit } from '../context.ts';
import { type Counts, Page, Shell, Strips } from '../parts/layout.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import type { OpenSession, StaffLink } from '../ports-access.ts';
import { dateText, clockText } from '../view/times.ts';

const moment = (at: number): string => `${dateText(at)} ${clockText(at)}`;

export const SecondStep: FC<{ c: Ask; csrf: string; example: boolean; to: string; problem?: string }> = ({
  c,
  csrf,
  example,
  to,
  problem,
}) => {
  const w = c.get('w');
  return (
    <Shell c={c} title={w.secondAsk}>
      <Strips c={c} example={example} />
      <div class="door">
        <main id="main">
          <div class="plate">
            <h1>{w.secondAsk}</h1>
            <form method="post" action={to === '' ? '/sign-in/second' : `/sign-in/second?to=${encodeURIComponent(to)}`}>
              <Token csrf={csrf} />
              <div class={problem === undefined ? 'field' : 'field bad'}>
                <label for="code">{w.secondCode}</label>
                <span class="hint">{w.secondCodeHint}</span>
                {problem === undefined ? (
                  ''
                ) : (
                  <span class="err" role="alert">
                    {problem}
                  </span>
                )}
                <input id="code" name="code" autocomplete="one-time-code" required autofocus maxlength={40} />
              </div>
              <button class="btn go" type="submit">
                {w.secondGo}
              </button>
            </form>
          </div>
          <p class="below">
            <a href="/sign-in?again=1">{w.signIn}</a>
          </p>
        </main>
      </div>
    </Shell>
  );
};

export interface Setup {
  readonly key: string;
  readonly link: string;
}
export const Security: FC<{
  visit: Visit;
  counts: Counts;
  sessions: readonly OpenSession[];
  here: string;
  recoveryLeft: number;
  ways: readonly { readonly key: string; readonly title: string }[];
  links: readonly StaffLink[];
  /** A secret shown while it is being set up. */
  setup?: Setup;
  /** Shown once. */
  recovery?: readonly string[];
  problems: readonly string[];
}> = ({ visit, counts, sessions, here, recoveryLeft, ways, links, setup, recovery, problems }) => {
  const { w, user } = visit;
  const token = <Token csrf={user.session.csrf} />;
  return (
    <Page visit={visit} tab="settings" title={w.securityTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.securityTitle}</h1>
          <p class="sub">{w.securitySub}</p>
        </div>
      </div>
      {user.needsFactor ? <NotSaved w={w} why={[w.secondMust]} /> : ''}
      <NotSaved w={w} why={problems} />
      {recovery ? (
        <div class="once sec" role="status">
          <b>{w.recoveryTitle}</b>
          <p>{w.recoverySays}</p>
          {recovery.map(code => (
            <span class="code">{code}</span>
          ))}
        </div>
      ) : (
        ''
      )}
      {user.session.newPlace === undefined ? (
        ''
      ) : (
        <form class="acts sec" method="post" action="/settings/security">
          {token}
          <span>
            {w.newPlace(user.session.newPlace)} {w.newPlaceSays}
          </span>
          <button class="btn" type="submit" name="do" value="place-seen">
            {w.placeSeen}
          </button>
        </form>
      )}
      <div class="cols">
        <section>
          <h2>{w.sessionsTitle}</h2>
          <div class="scroll" tabindex={0}>
            <table>
              <thead>
                <tr>
                  <th>{w.sessionDevice}</th>
                  <th>{w.sessionFrom}</th>
                  <th>{w.sessionVia}</th>
                  <th>{w.sessionSince}</th>
                  <th>{w.sessionSeen}</th>
                  <th></th>
                </tr>
              </thead>
              <tbody>
                {sessions.map(s => (
                  <tr>
                    <td>
                      {s.device ?? ''} {s.mark === here ? <span class="tag">{w.sessionHere}</span> : ''}
                    </td>
                    <td class="code">{s.cameFrom ?? ''}</td>
                    <td>{s.via === 'password' ? w.viaPassword : s.via}</td>
                    <td>{moment(s.createdAt)}</td>
                    <td>{moment(s.seenAt)}</td>
                    <td>
                      {s.mark === here ? (
                        ''
                      ) : (
                        <form class="acts" method="post" action="/settings/security">
                          {token}
                          <input type="hidden" name="mark" value={s.mark} />
                          <button class="btn" type="submit" name="do" value="end">
                            {w.sessionEnd}
                          </button>
                        </form>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {sessions.length > 1 ? (
            <form class="acts sec" method="post" action="/settings/security">
              {token}
              <button class="btn" type="submit" name="do" value="end-others">
                {w.sessionsEndOthers}
              </button>
            </form>
          ) : (
            ''
          )}
        </section>
        <aside class="side">
          <section>
            <h2>{w.secondTitle}</h2>
            <p class="note">{user.person.secondFactor ? w.secondOn : w.secondOff}</p>
            {user.person.secondFactor ? <p class="note">{w.recoveryLeft(recoveryLeft)}</p> : ''}
            <form method="post" action="/settings/security/second">
              {token}
              {setup ? (
                <>
                  <p class="note">{w.secondHow}</p>
                  <p>
                    {w.secondKey} <span class="code">{setup.key.replaceAll(/(.{4})(?=.)/g, '$1 ')}</span>
                  </p>
                  <p>
                    <a href={setup.link}>{w.secondLink}</a>
                  </p>
                  <input type="hidden" name="key" value={setup.key} />
                </>
              ) : (
                ''
              )}
              {setup || user.person.secondFactor ? (
                <div class="field">
                  <label for="code">{w.secondCode}</label>
                  <input id="code" name="code" autocomplete="one-time-code" required maxlength={40} />
                </div>
              ) : (
                ''
              )}
              {setup && user.session.via === 'password' ? (
                <div class="field">
                  <label for="password">{w.password}</label>
                  <input id="password" name="password" type="password" autocomplete="current-password" required />
                </div>
              ) : (
                ''
              )}
              <div class="acts">
                <button
                  class="btn go"
                  type="submit"
                  name="do"
                  value={setup ? 'confirm' : user.person.secondFactor ? 'stop' : 'start'}
                >
                  {setup ? w.secondConfirm : user.person.secondFactor ? w.secondStop : w.secondStart}
                </button>
              </div>
            </form>
          </section>
          {ways.length === 0 ? (
            ''
          ) : (
            <section>
              <h2>{w.waysTitle}</h2>
              {ways.map(way => (
                <form class="acts" method="post" action="/settings/security/join">
                  {token}
                  <input type="hidden" name="way" value={way.key} />
                  {links.some(l => l.provider === way.key) ? (
                    <span>
                      {way.title} <span class="tag">{w.wayMine}</span>
                    </span>
                  ) : (
                    <button class="btn" type="submit">
                      {w.wayJoin(way.title)}
                    </button>
                  )}
                </form>
              ))}
            </section>
          )}
          <p class="note">
            <a href="/password">{w.changePassword}</a>
          </p>
        </aside>
      </div>
    </Page>
  );
};
