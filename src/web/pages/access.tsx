/** Who runs the house, who must show more than a password, which machines may read; and what has been noted of it all. */
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import type { Person } from '../ports.ts';
import { type AccessRules, type ApiToken, type AuditRow, SCOPES } from '../ports-access.ts';
import { sameHands } from '../view/four-eyes.ts';
import { clockText, dateText } from '../view/times.ts';

const moment = (at: number): string => `${dateText(at)} ${clockText(at)}`;
const FOR = ['nobody', 'house', 'everybody'] as const;

export const Access: FC<{
  visit: Visit;
  counts: Counts;
  people: readonly Person[];
  rules: AccessRules;
  tokens: readonly ApiToken[];
  ways: Child;
  once?: string;
  problems: readonly string[];
}> = ({ visit, counts, people, rules, tokens, ways, once, problems }) => {
  const { w, user, hall } = visit;
  const token = <Token csrf={user.session.csrf} />;
  const open = people.flatMap(p => p.alsoDoes ?? []);
  const named = (duty: 'security' | 'audit') => people.filter(p => p.active && p.duty === duty);
  return (
    <Page visit={visit} tab="settings" title={w.accessTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.accessTitle}</h1>
          <p class="sub">{w.accessSub}</p>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      {once === undefined ? (
        ''
      ) : (
        <div class="once sec" role="status">
          {w.tokenOnce}
          <span class="code">{once}</span>
        </div>
      )}
      <div class="cols">
        <div>
          <section class="pane">
            <h2>{w.dutiesTitle}</h2>
            {(['security', 'audit'] as const).map(duty => (
              <form class="field" method="post" action="/settings/access">
                {token}
                <input type="hidden" name="duty" value={duty} />
                <label for={`duty-${duty}`}>{duty === 'security' ? w.dutySecurity : w.dutyAudit}</label>
                {open.includes(duty) ? (
                  <span class="hint">
                    {w.dutiesOpen(duty === 'security' ? w.dutyNames.access : w.dutyNames.inspect)}
                  </span>
                ) : (
                  <span class="hint">
                    {named(duty)
                      .map(p => p.name)
                      .join(w.and)}
                  </span>
                )}
                <select id={`duty-${duty}`} name="code">
                  {people
                    .filter(p => p.active && !p.administrator)
                    .map(p => (
                      <option value={p.code} selected={p.duty === duty}>
                        {p.code} {p.name}
                      </option>
                    ))}
                </select>
                <div class="acts">
                  <button class="btn" type="submit" name="do" value="duty">
                    {w.dutyGive}
                  </button>
                </div>
              </form>
            ))}
          </section>
          {ways}
          <section class="pane">
            <h2>{w.tokensTitle}</h2>
            <p class="note">{w.tokensSub}</p>
            {tokens.length === 0 ? <p class="note">{w.none}</p> : ''}
            {tokens.length === 0 ? (
              ''
            ) : (
              <div class="scroll" tabindex={0}>
                <table>
                  <tbody>
                    {tokens.map(t => (
                      <tr>
                        <td>{t.title}</td>
                        <td>{t.scopes.map(s => w.scopeNames[s as 'duties'] ?? s).join(w.and)}</td>
                        <td>
                          {w.tokenUntil} {dateText(t.expiresAt)}
                        </td>
                        <td>{t.usedAt === undefined ? w.tokenNever : `${w.tokenUsed} ${moment(t.usedAt)}`}</td>
                        <td>
                          {t.endedAt !== undefined || t.expiresAt <= hall.now ? (
                            <span class="tag late">{w.tokenEnded}</span>
                          ) : (
                            <form class="acts" method="post" action="/settings/access">
                              {token}
                              <input type="hidden" name="token" value={t.id} />
                              <button class="btn" type="submit" name="do" value="end-token">
                                {w.tokenEnd}
                              </button>
                            </form>
                          )}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
            <form class="sec" method="post" action="/settings/access">
              {token}
              <div class="field">
                <label for="token-title">{w.tokenTitle}</label>
                <input id="token-title" name="title" maxlength={80} required />
              </div>
              <fieldset class="field">
                <legend>{w.tokenScopes}</legend>
                {SCOPES.map(s => (
                  <label>
                    <input type="checkbox" name="scope" value={s} /> {w.scopeNames[s]}
                  </label>
                ))}
              </fieldset>
              <div class="field">
                <label for="token-days">{w.tokenDays}</label>
                <input id="token-days" name="days" inputmode="numeric" value="90" required />
              </div>
              <div class="acts">
                <button class="btn go" type="submit" name="do" value="make-token">
                  {w.tokenMake}
                </button>
              </div>
            </form>
          </section>
        </div>
        <aside class="side">
          <section>
            <h2>{w.secondForTitle}</h2>
            <form method="post" action="/settings/access">
              {token}
              <div class="field">
                <label class="vh" for="second-for">
                  {w.secondForTitle}
                </label>
                <select id="second-for" name="second">
                  {FOR.map(f => (
                    <option value={f} selected={rules.secondFactorFor === f}>
                      {w.secondFor[f]}
                    </option>
                  ))}
                </select>
              </div>
              <div class="acts">
                <button class="btn" type="submit" name="do" value="rules">
                  {w.save}
                </button>
              </div>
            </form>
          </section>
          <section>
            <h2>{w.fourEyesTitle}</h2>
            <p class="note">{w.fourEyesHint}</p>
            <p>{w.sameHandsCount(sameHands(hall, `${dateText(hall.now).slice(0, 4)}-01-01`).length)}</p>
            <form method="post" action="/settings/access">
              {token}
              <label>
                <input type="checkbox" name="four" value="yes" checked={rules.fourEyes === true} /> {w.fourEyes}
              </label>
              <div class="acts">
                <button class="btn" type="submit" name="do" value="four-eyes">
                  {w.save}
                </button>
              </div>
            </form>
          </section>
          <section>
            <h2>{w.secondReset}</h2>
            <p class="note">{w.secondResetSays}</p>
            <form method="post" action="/settings/access">
              {token}
              <div class="field">
                <label class="vh" for="second-of">
                  {w.secondReset}
                </label>
                <select id="second-of" name="code">
                  {people
                    .filter(p => p.secondFactor && p.code !== user.person.code)
                    .map(p => (
                      <option value={p.code}>
                        {p.code} {p.name}
                      </option>
                    ))}
                </select>
              </div>
              <div class="acts">
                <button class="btn" type="submit" name="do" value="reset-second">
                  {w.secondReset}
                </button>
              </div>
            </form>
          </section>
        </aside>
      </div>
    </Page>
  );
};

export const Audit: FC<{
  visit: Visit;
  counts: Counts;
  rows: readonly AuditRow[];
  people: readonly Person[];
  older: number | undefined;
}> = ({ visit, counts, rows, people, older }) => {
  const { w } = visit;
  const name = (code: string | undefined): string =>
    code === undefined ? '' : `${code} ${people.find(p => p.code === code)?.name ?? ''}`;
  return (
    <Page visit={visit} tab="settings" title={w.auditTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.auditTitle}</h1>
          <p class="sub">{w.auditSub}</p>
        </div>
      </div>
      <div class="scroll" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th>{w.auditAt}</th>
              <th>{w.auditWho}</th>
              <th>{w.auditWhat}</th>
              <th>{w.auditDetail}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(r => (
              <tr>
                <td>{moment(r.at)}</td>
                <td>{name(r.code)}</td>
                <td>{w.auditWords[r.what] ?? r.what}</td>
                <td class="code">{r.detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {older === undefined ? (
        ''
      ) : (
        <p class="acts sec">
          <a class="btn" href={`/settings/audit?before=${older}`}>
            {w.auditOlder}
          </a>
        </p>
      )}
    </Page>
  );
};
