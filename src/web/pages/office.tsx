/** The institution's own house: log, people and offices, sources and words of concern, settings. */

import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Alert, Clause, Empty, Token } from '../parts/small.tsx';
import { officesHeld, PERMISSIONS, permissionsOf } from '../permissions.ts';
import type { Person, Settings, Source, SourceTry, StoredEvent } from '../ports.ts';
import { caseHeads } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { sentence } from '../view/sentences.ts';
import { dateText, fullMoment, momentText } from '../view/times.ts';

const PER_PAGE = 60;
export const Log: FC<{ visit: Visit; counts: Counts; before: number }> = ({ visit, counts, before }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const last = Math.min(before, hall.seq);
  const shown: readonly StoredEvent[] = hall.events.filter(e => e.seq <= last && e.seq > last - PER_PAGE).toReversed();
  const numbers = new Map(caseHeads(hall, w).map(c => [c.key, c.number]));
  return (
    <Page visit={visit} tab="log" title={w.logTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.logTitle}</h1>
          <p class="sub">
            {w.logSub} {w.recordTo(hall.seq)}
          </p>
        </div>
        {user.person.administrator ? (
          <div class="acts">
            <a class="btn" href="/log/export">
              {w.logExport}
            </a>
          </div>
        ) : (
          ''
        )}
      </div>
      <div class="scroll" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th class="n">{w.logN}</th>
              <th>{w.logWhen}</th>
              <th>{w.logCase}</th>
              <th>{w.logWho}</th>
              <th>{w.logWhat}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(e => {
              const said = sentence(e, language, names);
              return (
                <tr>
                  <td class="n">{e.seq}</td>
                  <td class="entry-t">{fullMoment(language, Date.parse(e.at), hall.now)}</td>
                  <td class="entry-t">
                    {e.case === undefined ? '' : <a href={`/cases/${e.case}`}>{numbers.get(e.case) ?? e.case}</a>}
                  </td>
                  <td class="entry-t">{names.office(e.by)}</td>
                  <td>
                    <b>{said.label}</b> {said.detail}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p class="acts">
        {last > PER_PAGE ? (
          <a class="btn" href={`/log?before=${last - PER_PAGE}`}>
            {w.older}
          </a>
        ) : (
          ''
        )}
        {last < hall.seq ? (
          <a class="btn" href={`/log?before=${last + PER_PAGE}`}>
            {w.newer}
          </a>
        ) : (
          ''
        )}
      </p>
    </Page>
  );
};

export const Problem: FC<{ visit: Visit; problems: readonly string[] }> = ({ visit, problems }) =>
  problems.length === 0 ? (
    <></>
  ) : (
    <Alert title={visit.w.notSaved} stop>
      <ul>
        {problems.map(p => (
          <li>{p}</li>
        ))}
      </ul>
    </Alert>
  );

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
  const may = permissionsOf(hall, user.office, user.person).has('administer');
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
      <Problem visit={visit} problems={problems} />
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

export const Sources: FC<{
  visit: Visit;
  counts: Counts;
  sources: readonly Source[];
  settings: Settings;
  problems: readonly string[];
  tried?: { result: SourceTry; given: ReadonlyMap<string, string> };
}> = props => {
  const { visit, counts, sources, settings, problems, tried } = props;
  const { hall, w, language, user, house } = visit;
  const kinds = house.desk.sources.kinds;
  const may = user.person.administrator;
  const given = (name: string): string => tried?.given.get(name) ?? '';
  return (
    <Page visit={visit} tab="sources" title={w.sourcesTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.sourcesTitle}</h1>
          <p class="sub">{w.sourcesSub}</p>
        </div>
      </div>
      <Problem visit={visit} problems={problems} />
      {sources.length === 0 ? (
        <Empty title={w.noSourcesTitle} says={w.noSourcesSays} />
      ) : (
        <ol class="duties sec">
          {sources.map(s => (
            <li class={s.problem === undefined ? 'duty' : 'duty late'}>
              <Hui
                look={!s.on ? 'soft' : s.problem !== undefined ? 'void' : s.lastReadAt === undefined ? 'far' : 'done'}
              />
              <div class="left">
                <span>{kinds.find(k => k.kind === s.kind)?.title[language] ?? s.kind}</span>
                <span>{s.on ? w.sourceOn : w.sourceOff}</span>
              </div>
              <div class="body">
                <p class="what">{s.title}</p>
                <p class="of">
                  <span>
                    {s.lastReadAt === undefined
                      ? w.sourceNever
                      : `${w.sourceLast} ${momentText(language, s.lastReadAt, hall.now)}`}
                  </span>
                  <span class="code">{Object.values(s.settings)[0] ?? ''}</span>
                </p>
                {s.problem === undefined ? '' : <p class="note">{`${w.sourceProblem}${w.colon}${s.problem}`}</p>}
              </div>
              {may ? (
                <form class="acts" method="post" action="/sources">
                  <Token csrf={user.session.csrf} />
                  <input type="hidden" name="key" value={s.key} />
                  <button class="btn" type="submit" name="do" value="read">
                    {w.sourceReadNow}
                  </button>
                  <button class="btn" type="submit" name="do" value={s.on ? 'off' : 'on'}>
                    {s.on ? w.sourceOff : w.sourceOn}
                  </button>
                </form>
              ) : (
                ''
              )}
            </li>
          ))}
        </ol>
      )}
      {may ? (
        <div class="cols">
          <form class="pane" method="post" action="/sources">
            <Token csrf={user.session.csrf} />
            <h2>{w.addSource}</h2>
            <div class="three">
              <div class="field">
                <label for="s-kind">{w.sourceKind}</label>
                <select id="s-kind" name="kind">
                  {kinds.map(k => (
                    <option value={k.kind} selected={given('kind') === k.kind}>
                      {k.title[language]}
                    </option>
                  ))}
                </select>
              </div>
              <div class="field">
                <label for="s-title">{w.sourceTitle}</label>
                <input id="s-title" name="title" required value={given('title')} />
              </div>
              <div class="field">
                <label for="s-minutes">{w.sourceMinutes}</label>
                <input id="s-minutes" name="minutes" type="number" min="5" value={given('minutes') || '30'} required />
              </div>
            </div>
            {[...new Map(kinds.flatMap(k => k.settings.map(s => [s.name, { ...s, of: k }] as const))).values()].map(
              s => (
                <div class="field">
                  <label for={`s-${s.name}`}>
                    {s.label[language]}
                    {s.needed ? '' : <span class="opt-t">{w.optional}</span>}
                  </label>
                  <input id={`s-${s.name}`} name={`set.${s.name}`} value={given(`set.${s.name}`)} />
                </div>
              ),
            )}
            <div class="acts">
              <button class="btn" type="submit" name="do" value="try">
                {w.sourceTry}
              </button>
              <button class="btn go" type="submit" name="do" value="add">
                {w.addSource}
              </button>
            </div>
            {tried ? (
              <section class="sec">
                <h3>{w.sourceTryResult(tried.result.items.length)}</h3>
                {tried.result.problems.map(p => (
                  <p class="note">{p}</p>
                ))}
                <ul class="log">
                  {tried.result.items.slice(0, 8).map(i => (
                    <li>
                      <time>{i.publishedAt === undefined ? '—' : momentText(language, i.publishedAt, hall.now)}</time>
                      <span class="song">{i.title || i.text.slice(0, 60)}</span>
                    </li>
                  ))}
                </ul>
              </section>
            ) : (
              ''
            )}
          </form>
          <form class="pane" method="post" action="/sources">
            <Token csrf={user.session.csrf} />
            <h2>{w.matchRulesTitle}</h2>
            <div class="field">
              <label class="vh" for="s-rules">
                {w.matchRulesTitle}
              </label>
              <span class="hint">{w.matchRulesSays}</span>
              <textarea id="s-rules" name="rules" rows={10}>
                {settings.matchRules
                  .map(
                    r =>
                      `${r.id}: ${r.expr ?? (r.all ?? []).map(g => (g.length > 1 ? `(${g.join(' OR ')})` : (g[0] ?? ''))).join(' AND ')}`,
                  )
                  .join('\n')}
              </textarea>
            </div>
            <button class="btn" type="submit" name="do" value="rules">
              {w.save}
            </button>
          </form>
        </div>
      ) : (
        ''
      )}
    </Page>
  );
};

export const SettingsPage: FC<{ visit: Visit; counts: Counts; settings: Settings; problems: readonly string[] }> = ({
  visit,
  counts,
  settings,
  problems,
}) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const locals = hall.rulebook.rules.flatMap(r => (r.kind === 'local' ? [r] : []));
  const field = (id: string, label: string, value: string, hint = '', type = 'text'): Child => (
    <div class="field">
      <label for={id}>{label}</label>
      {hint === '' ? '' : <span class="hint">{hint}</span>}
      <input id={id} name={id} type={type} value={value} />
    </div>
  );
  return (
    <Page visit={visit} tab="settings" title={w.settingsTitle} counts={counts}>
      <div class="page-head">
        <h1>{w.settingsTitle}</h1>
      </div>
      <Problem visit={visit} problems={problems} />
      <div class="cols">
        <div>
          <form class="pane" method="post" action="/settings">
            <Token csrf={user.session.csrf} />
            <h2>{w.mailTitle}</h2>
            <div class="two">
              {field(
                'mail-server',
                w.mailServer,
                settings.mail?.server.replace(/\/\/[^@/]+@/, '//***@') ?? '',
                w.mailServerHint,
              )}
              {field('mail-from', w.mailFrom, settings.mail?.from ?? '', '\u00a0')}
            </div>
            {field('mail-to', w.mailTo, settings.mail?.to.join(', ') ?? '', w.mailToHint)}
            <h2>{w.wecomTitle}</h2>
            {field('wecom-url', w.wecomUrl, '', settings.wecom ? w.secretKept : '\u00a0', 'url')}
            <h2>{w.helpNumbers}</h2>
            <div class="field">
              <label class="vh" for="help">
                {w.helpNumbers}
              </label>
              <span class="hint">{w.helpNumbersHint}</span>
              <textarea id="help" name="help">
                {settings.helpNumbers.map(h => `${h.number} ${h.label.zh} / ${h.label.en}`).join('\n')}
              </textarea>
            </div>
            <div class="acts">
              <button class="btn go" type="submit" name="do" value="save">
                {w.save}
              </button>
              <button class="btn" type="submit" name="do" value="try-mail">
                {w.mailTitle}：{w.tryNotice}
              </button>
              <button class="btn" type="submit" name="do" value="try-wecom">
                {w.wecomTitle}：{w.tryNotice}
              </button>
            </div>
          </form>
        </div>
        <aside class="side">
          <section>
            <h2>{w.localsTitle}</h2>
            <p class="note">{w.localsSub}</p>
            {locals.length === 0 ? <p class="note">{w.none}</p> : ''}
            {locals.map(l => {
              const value = hall.book.local(l.name);
              return (
                <form method="post" action="/settings">
                  <Token csrf={user.session.csrf} />
                  <input type="hidden" name="do" value="local" />
                  <input type="hidden" name="key" value={l.name} />
                  <input type="hidden" name="clause" value={l.clauses[0] ?? l.for[0] ?? ''} />
                  <div class="field">
                    <label for={`l-${l.name}`}>{names.key(l.name)}</label>
                    <span class="hint">
                      {[...new Set([...l.clauses, ...l.for])].map(c => (
                        <Clause clause={names.clause(c)} local />
                      ))}
                    </span>
                    <input
                      id={`l-${l.name}`}
                      name="value"
                      value={
                        value === undefined || value === null
                          ? ''
                          : typeof value === 'object'
                            ? JSON.stringify(value)
                            : String(value)
                      }
                      placeholder={w.localUnset}
                    />
                  </div>
                  <button class="btn" type="submit">
                    {w.save}
                  </button>
                </form>
              );
            })}
          </section>
        </aside>
      </div>
    </Page>
  );
};
