/** Who may do what by which article; filing of channels on which staff speak as officers of the institution. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import type { Counts } from '../parts/layout.tsx';
import { Clause, Token } from '../parts/small.tsx';
import { accountFilings } from '../view/account-filings.ts';
import { naming } from '../view/naming.ts';
import { allOffices, allowed, POWERS } from '../view/permissions-by-article.ts';
import { isAskedFor } from '../view/registers.ts';
import { momentText } from '../view/times.ts';
import { EmptyRegister, RegisterFrame, type Said, typed } from './registers.tsx';

export const PermissionsRegister: FC<{ visit: Visit; counts: Counts; said: Said }> = ({ visit, counts, said }) => {
  const { hall, w, language, c } = visit;
  const names = naming(hall, language);
  const chosen = c.req.query('office') ?? '';
  const power = POWERS.find(p => p === c.req.query('power'));
  const rows = allowed(hall, w, language, names).filter(
    r =>
      (power === undefined || r.power === power) &&
      (chosen === '' || r.offices.some(o => `${o.office.unit}/${o.office.role}` === chosen)),
  );
  return (
    <RegisterFrame visit={visit} counts={counts} register="permissions" said={said}>
      <form class="acts sec" method="get" action="/registers/permissions">
        <label for="p-office">{w.offices}</label>
        <select id="p-office" name="office">
          <option value="">{w.reg.everybody}</option>
          {allOffices(hall).map(o => (
            <option value={`${o.unit}/${o.role}`} selected={chosen === `${o.unit}/${o.role}`}>
              {names.office(o)}
            </option>
          ))}
        </select>
        <select name="power" aria-label={w.reg.power}>
          <option value="">{w.reg.anyPower}</option>
          {POWERS.map(p => (
            <option value={p} selected={p === power}>
              {w.reg.powers[p]}
            </option>
          ))}
        </select>
        <button class="btn" type="submit">
          {w.reg.lookUp}
        </button>
      </form>
      {rows.length === 0 ? <EmptyRegister visit={visit} register="permissions" /> : ''}
      <div class="scroll" tabindex={0}>
        <table class="reg-perm">
          <thead>
            <tr>
              <th>{w.reg.clause}</th>
              <th>{w.reg.power}</th>
              <th>{w.reg.says_}</th>
              <th>{w.reg.byWhom}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(r => (
              <tr>
                <td>
                  <Clause clause={names.clause(r.clauses[0] ?? '')} />
                </td>
                <td class="nb">{w.reg.powers[r.power]}</td>
                <td>{r.says}</td>
                <td>
                  {r.offices.slice(0, 12).map(o => (
                    <span class="reg-office">
                      {names.office(o.office)}{' '}
                      {o.holders.length === 0 ? <span class="tag dash">{w.vacant}</span> : o.holders.join(w.and)}
                    </span>
                  ))}
                  {r.depends ? <span class="note">{w.reg.depends}</span> : ''}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </RegisterFrame>
  );
};

export const AccountsRegister: FC<{ visit: Visit; counts: Counts; said: Said }> = ({ visit, counts, said }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const rows = accountFilings(hall, user.office);
  const isAsked = isAskedFor(hall, 'accounts');
  const superiors = hall.institution.setup.units.filter(u => u.kind === 'superior');
  return (
    <RegisterFrame visit={visit} counts={counts} register="accounts" said={said} table={isAsked}>
      <p class="note sec">{w.reg.accountsNot}</p>
      {rows.length === 0 ? <EmptyRegister visit={visit} register="accounts" /> : ''}
      {rows.map(r => (
        <section class="pane" id={r.document}>
          <p class="song reg-text">{r.text}</p>
          <ul class="mini">
            {r.steps.map(s => (
              <li>
                <Hui size="xs" look={s.at ? 'done' : ''} />
                <span>{s.capacities.map(names.capacity).join(w.and)}</span>
                <time>{s.at ? momentText(language, Date.parse(s.at), hall.now) : w.notSigned}</time>
              </li>
            ))}
            <li>
              <Hui size="xs" look={r.filedAt ? 'done' : 'soft'} />
              <span>{w.reg.filed}</span>
              <time>{r.filedAt ? momentText(language, Date.parse(r.filedAt), hall.now) : ''}</time>
            </li>
          </ul>
          <form method="post" action="/registers/accounts" class="acts">
            <Token csrf={user.session.csrf} />
            <input type="hidden" name="document" value={r.document} />
            <input type="hidden" name="hash" value={r.hash} />
            {r.maySign.map(capacity => (
              <button class="btn go" type="submit" name="sign" value={capacity}>
                {w.signAs(names.capacity(capacity))}
              </button>
            ))}
            {r.filedAt ? (
              ''
            ) : (
              <>
                <select name="with" aria-label={w.reg.fileWith}>
                  {superiors.map(u => (
                    <option value={u.key}>{names.unit(u.key)}</option>
                  ))}
                </select>
                <button class="btn" type="submit" name="do" value="file" aria-disabled={r.ready ? 'false' : 'true'}>
                  {w.reg.fileNow}
                </button>
              </>
            )}
          </form>
        </section>
      ))}
      {isAsked ? (
        <details class="pane" open={rows.length === 0 || typed(said, 'do') === 'apply'}>
          <summary>{w.reg.apply}</summary>
          <form method="post" action="/registers/accounts" data-draft="accounts">
            <Token csrf={user.session.csrf} />
            <div class="two">
              <div class="field">
                <label for="a-unit">{w.unitWord}</label>
                <select id="a-unit" name="unit" required>
                  {hall.institution.setup.units
                    .filter(u => u.kind !== 'institution' && u.kind !== 'superior')
                    .map(u => (
                      <option value={u.key} selected={(typed(said, 'unit') || user.office?.unit) === u.key}>
                        {names.unit(u.key)}
                      </option>
                    ))}
                </select>
              </div>
              <div class="field">
                <label for="a-office">{w.reg.speaksAs}</label>
                <input id="a-office" name="office" required maxlength={40} value={typed(said, 'office')} />
              </div>
              <div class="field">
                <label for="a-platform">{w.reg.platform}</label>
                <input id="a-platform" name="platform" required maxlength={40} value={typed(said, 'platform')} />
              </div>
              <div class="field">
                <label for="a-purpose">{w.reg.purpose}</label>
                <input id="a-purpose" name="purpose" required maxlength={120} value={typed(said, 'purpose')} />
              </div>
            </div>
            <p class="field">
              <label class="opt">
                <input type="checkbox" name="own" value="true" required />
                {w.reg.ownWish}
              </label>
            </p>
            <button class="btn go" type="submit" name="do" value="apply">
              {w.reg.apply}
            </button>
          </form>
        </details>
      ) : (
        ''
      )}
    </RegisterFrame>
  );
};
