/** Ways to sign in that another system vouches for, and whose name there is whose here. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Token } from '../parts/small.tsx';
import type { Person } from '../ports.ts';
import type { StaffLink, WayPort, WaySetting } from '../ports-access.ts';

export const Ways: FC<{
  visit: Visit;
  kinds: WayPort['kinds'];
  ways: readonly WaySetting[];
  links: readonly StaffLink[];
  people: readonly Person[];
  /** The kind whose form is open. */
  adding: string | undefined;
}> = ({ visit, kinds, ways, links, people, adding }) => {
  const { w, user, language } = visit;
  const token = <Token csrf={user.session.csrf} />;
  const kind = kinds.find(k => k.kind === adding);
  const name = (code: string): string => `${code} ${people.find(p => p.code === code)?.name ?? ''}`;
  return (
    <section class="pane" id="ways">
      <h2>{w.waysTitle}</h2>
      <p class="note">{w.waysSub}</p>
      {ways.map(way => (
        <form class="acts" method="post" action="/settings/access">
          {token}
          <input type="hidden" name="way" value={way.key} />
          <span>
            {way.title} <span class="code">{way.key}</span>{' '}
            <span class="code">{`${way.home.replace(/\/+$/, '')}/sign-in/back/${way.key}`}</span>
          </span>
          <button class="btn" type="submit" name="do" value="end-way">
            {w.wayEnd}
          </button>
        </form>
      ))}
      {kind ? (
        <form class="sec" method="post" action="/settings/access">
          {token}
          <input type="hidden" name="kind" value={kind.kind} />
          <div class="field">
            <label for="way-key">{w.wayKey}</label>
            <span class="hint">{w.channelKeyHint}</span>
            <input id="way-key" name="key" value={kind.kind} maxlength={40} required />
          </div>
          <div class="field">
            <label for="way-title">{w.wayTitle}</label>
            <input id="way-title" name="title" value={kind.title[language]} maxlength={40} required />
          </div>
          <div class="field">
            <label for="way-home">{w.wayHome}</label>
            <span class="hint">{w.wayHomeHint}</span>
            <input id="way-home" name="home" inputmode="url" required />
          </div>
          {kind.fields.map(f => (
            <div class="field">
              <label for={`way-${f.name}`}>{f.label[language]}</label>
              <input
                id={`way-${f.name}`}
                name={`value-${f.name}`}
                type={f.secret ? 'password' : 'text'}
                autocomplete="off"
                required={f.needed}
              />
            </div>
          ))}
          <div class="acts">
            <button class="btn go" type="submit" name="do" value="add-way">
              {w.wayAdd}
            </button>
          </div>
        </form>
      ) : (
        <p class="acts">
          {kinds.map(k => (
            <a class="btn" href={`/settings/access?add=${k.kind}#ways`}>
              {w.wayAdd}
              {w.colon}
              {k.title[language]}
            </a>
          ))}
        </p>
      )}
      {ways.length === 0 ? (
        ''
      ) : (
        <>
          <h3>{w.linksTitle}</h3>
          {links.map(l => (
            <form class="acts" method="post" action="/settings/access">
              {token}
              <input type="hidden" name="way" value={l.provider} />
              <input type="hidden" name="subject" value={l.subject} />
              <span>
                {name(l.code)} ↔ {l.provider} <span class="code">{l.subject}</span>
              </span>
              <button class="btn" type="submit" name="do" value="unlink">
                {w.linkEnd}
              </button>
            </form>
          ))}
          <form class="sec" method="post" action="/settings/access">
            {token}
            <div class="field">
              <label for="link-code">{w.auditWho}</label>
              <select id="link-code" name="code">
                {people
                  .filter(p => p.active)
                  .map(p => (
                    <option value={p.code}>{name(p.code)}</option>
                  ))}
              </select>
            </div>
            <div class="field">
              <label for="link-way">{w.sessionVia}</label>
              <select id="link-way" name="way">
                {ways.map(way => (
                  <option value={way.key}>{way.title}</option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="link-subject">{w.linkSubject}</label>
              <span class="hint">{w.linkSubjectHint}</span>
              <input id="link-subject" name="subject" maxlength={200} required />
            </div>
            <div class="acts">
              <button class="btn" type="submit" name="do" value="link">
                {w.linkAdd}
              </button>
            </div>
          </form>
        </>
      )}
    </section>
  );
};
