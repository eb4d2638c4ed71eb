/** Beside a brief: its numbers opened, own words, signatures, issue, delivery and receipts. */
import type { FC } from 'hono/jsx';
import { Token } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import { upwardBodies } from '../view/briefs.ts';
import { naming } from '../view/naming.ts';
import type { BriefShowProps } from './briefs.tsx';

const OUTSIDE = new Set(['institution', 'outside', 'superior', 'contractor']);

export const BriefSide: FC<BriefShowProps> = props => {
  const { visit, brief, kept, figures, own, signsAs } = props;
  const { w, hall, user, language } = visit;
  const names = naming(hall, language);
  const may = permissionsOf(hall, user.office, user.person);
  const here = `/briefs/${brief.document}`;
  const signed = brief.signed.length > 0;
  const zero = brief.about.kind === 'zero';
  const issueWord = brief.about.kind === 'issue' ? w.informationSend : w.briefIssue;
  const left = signsAs.filter(c => !brief.signed.some(e => e.data['as'] === c));
  return (
    <aside class="no-print">
      {figures.length === 0 ? '' : <h2>{w.briefBehind}</h2>}
      <ul class="plain">
        {figures.map(f => (
          <li lang="zh">
            {f.label}{' '}
            {f.behind.length === 0 ? (
              `0 ${f.unit}`
            ) : (
              <a href={`${here}/behind/${f.key}`}>{`${f.behind.length} ${f.unit}`}</a>
            )}
          </li>
        ))}
      </ul>
      {may.has('enter') && !brief.issued ? (
        <form class="pane" method="post" action={here}>
          <Token csrf={user.session.csrf} />
          <h2>{w.briefOwnWords}</h2>
          <div class="field">
            <label for="b-opening">{w.briefOpening}</label>
            <textarea id="b-opening" class="song" name="opening" rows={7}>
              {own.opening}
            </textarea>
          </div>
          <div class="field" hidden={brief.about.kind === 'issue'}>
            <label for="b-next">{w.briefNext}</label>
            <textarea id="b-next" class="song" name="next" rows={4}>
              {own.next}
            </textarea>
          </div>
          {zero ? (
            <button class="btn go" type="submit" name="do" value="file">
              {w.briefFile}
            </button>
          ) : (
            ''
          )}
          <button class={kept || zero ? 'btn' : 'btn go'} type="submit" name="do" value="draft">
            {w.briefKeep}
          </button>
        </form>
      ) : (
        ''
      )}
      {kept && !zero && !brief.issued && left.length > 0 ? (
        <form class="pane" method="post" action={here}>
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="hash" value={brief.hash} />
          <div class="field">
            <label for="b-as">{w.briefSignAs}</label>
            <select id="b-as" name="as">
              {left.map(c => (
                <option value={c}>{names.capacity(c)}</option>
              ))}
            </select>
          </div>
          <button class="btn go" type="submit" name="do" value="sign">
            {w.briefSign}
          </button>
          <div class="field">
            <label for="b-reason">
              {w.withholdReason}
              <span class="opt-t">{w.optional}</span>
            </label>
            <input id="b-reason" name="reason" />
          </div>
          <button class="btn text" type="submit" name="do" value="withhold">
            {w.briefWithhold}
          </button>
        </form>
      ) : (
        ''
      )}
      {kept && !zero && !brief.issued && !signed && signsAs.length === 0 ? <p class="note">{w.briefMayNotSign}</p> : ''}
      {kept && !zero && signed && !brief.issued && may.has('enter') ? (
        <form class="pane" method="post" action={here}>
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="hash" value={brief.hash} />
          {brief.about.kind === 'issue' ? (
            <fieldset class="opts">
              <legend>{w.informationTo}</legend>
              {upwardBodies(hall).map(body => (
                <label>
                  <input type="checkbox" name="upTo" value={body} />
                  {names.body(body)}
                </label>
              ))}
            </fieldset>
          ) : (
            <fieldset class="opts">
              <legend>{w.briefTable}</legend>
              {Object.entries(w.briefTables).map(([key, label]) => (
                <label>
                  <input type="checkbox" name="tabledAt" value={key} />
                  {label}
                </label>
              ))}
            </fieldset>
          )}
          <button class="btn go" type="submit" name="do" value="issue">
            {issueWord}
          </button>
        </form>
      ) : (
        ''
      )}
      {brief.issued && brief.about.kind !== 'issue' ? <Delivery {...props} /> : ''}
    </aside>
  );
};

const Delivery: FC<BriefShowProps> = ({ visit, brief }) => {
  const { w, hall, user, language } = visit;
  const names = naming(hall, language);
  const here = `/briefs/${brief.document}`;
  const to = [...new Set(brief.sent.flatMap(e => (e.data['to'] as readonly unknown[]).map(String)))];
  const has = (unit: string) => brief.received.find(e => e.data['unit'] === unit);
  const units = hall.institution.setup.units.filter(u => !OUTSIDE.has(u.kind) && !to.includes(u.key));
  const mine = user.office !== undefined && to.includes(user.office.unit) && !has(user.office.unit);
  return (
    <section class="pane">
      <h2>{w.briefReceipts}</h2>
      {to.length === 0 ? (
        ''
      ) : (
        <ul class="plain">
          {to.map(unit => (
            <li>
              {names.unit(unit)} · {has(unit)?.at.slice(0, 16).replace('T', ' ') ?? w.briefNotYet}
            </li>
          ))}
        </ul>
      )}
      <form method="post" action={here}>
        <Token csrf={user.session.csrf} />
        {mine ? (
          <button class="btn go" type="submit" name="do" value="receive">
            {w.briefReceived}
          </button>
        ) : (
          ''
        )}
        {permissionsOf(hall, user.office, user.person).has('enter') && units.length > 0 ? (
          <>
            <fieldset class="opts">
              <legend>{w.briefSendTo}</legend>
              {units.map(u => (
                <label>
                  <input type="checkbox" name="to" value={u.key} />
                  {names.unit(u.key)}
                </label>
              ))}
            </fieldset>
            <button class="btn" type="submit" name="do" value="send">
              {w.briefSend}
            </button>
          </>
        ) : (
          ''
        )}
      </form>
    </section>
  );
};
