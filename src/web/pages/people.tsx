/** People, offices and units; who may do what, read off the rules. */
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import { officesHeld, PERMISSIONS, permissionsOf } from '../permissions.ts';
import type { Person } from '../ports.ts';
import { naming } from '../view/naming.ts';
import { dateText } from '../view/times.ts';

export const People: FC<{
  visit: Visit;
  counts: Counts;
  people: readonly Person[];
  problems: readonly string[];
  once: readonly { login: string; password: string }[];
}> = props => {
  const { visit, counts, people, problems, once } = props;
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const may = permissionsOf(hall, user.office, user.person).has('access');
  const held = officesHeld(hall, dateText(hall.now));
  const { setup } = hall.institution;
  const offices = [
    ...new Map([...setup.roles, ...held].map(r => [`${r.unit}/${r.role}`, { unit: r.unit, role: r.role }])).values(),
  ];
  const roles = [...new Set([...setup.roles.map(r => r.role), ...Object.keys(hall.rulebook.terms.roles)])];
  const form = (what: string, children: Child, label: string): Child => (
    <form class="acts" method="post" action="/people">
      <Token csrf={user.session.csrf} />
      <input type="hidden" name="do" value={what} />
      {children}
      <button class="btn" type="submit">
        {label}
      </button>
    </form>
  );
  return (
    <Page visit={visit} tab="people" title={w.peopleTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.peopleTitle}</h1>
          <p class="sub">{w.peopleSub}</p>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      {once.map(o => (
        <div class="once sec" role="status">
          {w.oncePassword(o.login)}
          <span class="code">{o.password}</span>
        </div>
      ))}
      <section class="sec">
        <div class="scroll" tabindex={0}>
          <table>
            <thead>
              <tr>
                <th>{w.personCode}</th>
                <th>{w.personName}</th>
                <th>{w.loginName}</th>
                <th>{w.offices}</th>
                {may ? <th></th> : ''}
              </tr>
            </thead>
            <tbody>
              {people.map(p => (
                <tr>
                  <td class="code">{p.code}</td>
                  <td>
                    {p.name} {p.administrator ? <span class="tag">{w.administrator}</span> : ''}{' '}
                    {p.active ? '' : <span class="tag late">{w.inactive}</span>}
                  </td>
                  <td>{p.login}</td>
                  <td>
                    {held
                      .filter(o => o.holder === p.code)
                      .map(o => names.office(o))
                      .join(w.and)}
                  </td>
                  {may ? (
                    <td>
                      <form class="acts" method="post" action="/people">
                        <Token csrf={user.session.csrf} />
                        <input type="hidden" name="code" value={p.code} />
                        <button class="btn" type="submit" name="do" value="reset">
                          {w.resetPassword}
                        </button>
                        {p.code === user.person.code ? (
                          ''
                        ) : (
                          <button class="btn" type="submit" name="do" value={p.active ? 'disable' : 'enable'}>
                            {p.active ? w.disablePerson : w.enablePerson}
                          </button>
                        )}
                      </form>
                    </td>
                  ) : (
                    ''
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {may ? (
        <section class="sec">
          <details class="pane">
            <summary>{w.addPerson}</summary>
            <form method="post" action="/people">
              <Token csrf={user.session.csrf} />
              <input type="hidden" name="do" value="add" />
              <div class="three">
                <div class="field">
                  <label for="p-code">{w.personCode}</label>
                  <span class="hint">{w.codeHint}</span>
                  <input id="p-code" name="code" required pattern="[A-Z][0-9]{2,6}" />
                </div>
                <div class="field">
                  <label for="p-name">{w.personName}</label>
                  <span class="hint">&nbsp;</span>
                  <input id="p-name" name="name" required />
                </div>
                <div class="field">
                  <label for="p-login">{w.loginName}</label>
                  <span class="hint">&nbsp;</span>
                  <input id="p-login" name="login" required />
                </div>
              </div>
              <button class="btn go" type="submit">
                {w.addPerson}
              </button>
            </form>
          </details>
          <details class="pane">
            <summary>{w.assignOffice}</summary>
            {form(
              'assign',
              <>
                <select name="code" aria-label={w.personCode}>
                  {people.map(p => (
                    <option value={p.code}>
                      {p.code} {p.name}
                    </option>
                  ))}
                </select>
                <select name="unit" aria-label={w.unitWord}>
                  {setup.units.map(u => (
                    <option value={u.key}>{names.unit(u.key)}</option>
                  ))}
                </select>
                <select name="role" aria-label={w.offices}>
                  {roles.map(r => (
                    <option value={r}>{names.role(r)}</option>
                  ))}
                </select>
              </>,
              w.assignOffice,
            )}
            <ul class="mini">
              {offices.map(o => {
                const holders = held.filter(h => h.unit === o.unit && h.role === o.role).map(h => h.holder);
                return (
                  <li>
                    <Hui size="xs" look={holders.length > 0 ? 'done' : 'soft'} />
                    <span>
                      {names.office(o)} {holders.length > 0 ? holders.join(w.and) : w.vacant}
                    </span>
                    {holders.length > 0
                      ? form(
                          'vacate',
                          <>
                            <input type="hidden" name="unit" value={o.unit} />
                            <input type="hidden" name="role" value={o.role} />
                          </>,
                          w.endOffice,
                        )
                      : ''}
                  </li>
                );
              })}
            </ul>
          </details>
          <details class="pane">
            <summary>{w.peopleImport}</summary>
            <p class="note">{w.peopleImportSays}</p>
            <form method="post" action="/people" enctype="multipart/form-data">
              <Token csrf={user.session.csrf} />
              <input type="hidden" name="do" value="import" />
              <div class="field narrow">
                <label for="p-file">{w.file}</label>
                <input id="p-file" name="file" type="file" accept=".xlsx,.xls,.csv" required />
              </div>
              <button class="btn" type="submit">
                {w.peopleImport}
              </button>
            </form>
          </details>
          <details class="pane">
            <summary>{w.addUnit}</summary>
            <form method="post" action="/people">
              <Token csrf={user.session.csrf} />
              <input type="hidden" name="do" value="unit" />
              <div class="three">
                <div class="field">
                  <label for="u-key">{w.unitKey}</label>
                  <input id="u-key" name="key" required pattern="[a-z][a-z0-9\-]{1,40}" />
                </div>
                <div class="field">
                  <label for="u-kind">{w.unitKind}</label>
                  <select id="u-kind" name="kind">
                    {[
                      ...new Set([
                        'section',
                        'department',
                        'group',
                        'team',
                        'subordinate',
                        'outside',
                        'superior',
                        ...setup.units.map(u => u.kind),
                      ]),
                    ]
                      .filter(k => k !== 'institution')
                      .map(k => (
                        <option value={k}>{names.key(k)}</option>
                      ))}
                  </select>
                </div>
                <div class="field">
                  <label for="u-name">{w.unitName}</label>
                  <input id="u-name" name="name" required />
                </div>
              </div>
              <button class="btn" type="submit">
                {w.addUnit}
              </button>
            </form>
          </details>
        </section>
      ) : (
        ''
      )}
      <section class="sec">
        <div class="sec-h">
          <h2>{w.permissionsTitle}</h2>
          <span class="note">{w.permissionsSub}</span>
        </div>
        <div class="scroll" tabindex={0}>
          <table class="perm">
            <thead>
              <tr>
                <th>{w.offices}</th>
                {PERMISSIONS.slice(0, 4).map(p => (
                  <th class="n">{w.perm[p]}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {offices.map(o => {
                const has = permissionsOf(hall, o, undefined);
                return (
                  <tr>
                    <td>{names.office(o)}</td>
                    {PERMISSIONS.slice(0, 4).map(p => (
                      <td class="n">
                        {has.has(p) ? '▪' : ''}
                        <span class="vh">{has.has(p) ? w.yes : w.no}</span>
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </section>
    </Page>
  );
};
