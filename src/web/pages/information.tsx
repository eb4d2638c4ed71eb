/** Leads ranked by their departments with class, editor, reports and issue; below, what went up and who adopted it. */
import type { FC } from 'hono/jsx';
import { formatInstant } from '#core/calendar';
import { informationScale, type Issue, type Lead } from '#report';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import { naming } from '../view/naming.ts';
import { valueLabel } from '../words/index.ts';

const clock = (at: string): string => at.slice(0, 16).replace('T', ' ');

export const Information: FC<{
  visit: Visit;
  counts: Counts;
  leads: readonly Lead[];
  issues: readonly Issue[];
  problems: readonly string[];
}> = ({ visit, counts, leads, issues, problems }) => {
  const { w, hall, user, language } = visit;
  const names = naming(hall, language);
  const may = permissionsOf(hall, user.office, user.person).has('enter');
  return (
    <Page visit={visit} tab="briefs" title={w.informationTitle} counts={counts}>
      <div class="page-head">
        <div>
          <p class="case-h">
            <a href="/briefs">{w.briefsTitle}</a>
          </p>
          <h1>{w.informationTitle}</h1>
          <p class="sub">{w.informationSub}</p>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      {may ? (
        <form class="pane" method="post" action="/information">
          <Token csrf={user.session.csrf} />
          <div class="two">
            <div class="field">
              <label for="i-what">{w.informationWhat}</label>
              <input id="i-what" name="what" maxlength={400} required />
            </div>
            <div class="field">
              <label for="i-rank">{w.informationImportance}</label>
              <input id="i-rank" name="rank" type="number" min={1} max={99} value="1" required />
            </div>
          </div>
          <button class="btn go" type="submit">
            {w.informationNew}
          </button>
        </form>
      ) : (
        ''
      )}
      <h2 class="under">{w.informationLeads}</h2>
      {leads.length === 0 ? (
        <p class="note">{w.informationNoLead}</p>
      ) : (
        <div class="scroll" tabindex={0}>
          <table>
            <thead>
              <tr>
                <th>{w.informationLead}</th>
                <th>{w.col.unit}</th>
                <th class="n">{w.informationRank}</th>
                <th>{w.informationClass}</th>
                <th>{w.informationEditor}</th>
                <th>{w.informationState}</th>
              </tr>
            </thead>
            <tbody>
              {leads.map(lead => (
                <LeadRow visit={visit} lead={lead} may={may} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <h2 class="under">{w.informationIssues}</h2>
      <div class="scroll" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th>{w.informationNumber}</th>
              <th>{w.informationState}</th>
              <th>{w.informationSentTo}</th>
              <th>{w.informationAdopted}</th>
            </tr>
          </thead>
          <tbody>
            {issues.map(({ event, adopted }) => (
              <tr>
                <td>
                  {event.case === undefined ? (
                    String(event.data['issue'])
                  ) : (
                    <a href={`/cases/${event.case}`}>{String(event.data['issue'])}</a>
                  )}
                </td>
                <td class="nb">{clock(event.at)}</td>
                <td>{(event.data['to'] as readonly unknown[]).map(b => names.body(String(b))).join(w.and)}</td>
                <td>
                  {adopted.map(a => names.body(String(a.data['by']))).join(w.and)}{' '}
                  {may ? (
                    <a href={`/do/adoption.entered?issue=${encodeURIComponent(String(event.data['issue']))}`}>
                      {w.informationAdopt}
                    </a>
                  ) : (
                    ''
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Page>
  );
};

const LeadRow: FC<{ visit: Visit; lead: Lead; may: boolean }> = ({ visit, lead, may }) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  const scale = informationScale(hall.rulebook.rules);
  const here = `/cases/${lead.case}`;
  const today = formatInstant(hall.now).slice(0, 10);
  const highest = scale !== undefined && lead.class === scale.values.at(-1);
  const first = lead.reports.find(e => e.data['kind'] === 'first');
  const followed = lead.reports.some(e => e.data['kind'] === 'follow-up' && e.data['written'] === true);
  return (
    <tr>
      <td>
        <a href={here}>{lead.what === '' ? lead.case : lead.what}</a>
      </td>
      <td>{names.unit(lead.unit)}</td>
      <td class="n">{lead.rank ?? ''}</td>
      <td>
        {lead.class === undefined || scale === undefined ? '' : names.value(scale.name, lead.class)}{' '}
        {may && scale ? <a href={`${here}/do/classification.set?scale=${scale.name}`}>{w.informationSetClass}</a> : ''}
      </td>
      <td>
        {lead.editor === undefined ? '' : names.unit(lead.editor)}{' '}
        {may && lead.sent.length === 0 ? <a href={`${here}/do/assignment.made`}>{w.informationGive}</a> : ''}
      </td>
      <td>
        {first ? (
          <p class="note">
            {`${clock(first.at)} ${valueLabel(language, 'channel', String(first.data['channel']))}`}
            {first.data['takenBy'] === undefined
              ? ''
              : ` ${w.informationTakenBy(names.role(String(first.data['takenBy'])))}`}
          </p>
        ) : (
          ''
        )}
        {lead.sent.map(e => (
          <p class="note">{`${String(e.data['issue'])} ${clock(e.at)}`}</p>
        ))}
        {may && highest && !first ? (
          <a href={`${here}/do/report.made?kind=first&channel=phone`}>{w.informationCall}</a>
        ) : (
          ''
        )}{' '}
        {may && first && !followed ? (
          <a href={`${here}/do/report.made?kind=follow-up&channel=written`}>{w.informationFollow}</a>
        ) : (
          ''
        )}{' '}
        {may && lead.sent.length === 0 ? (
          <a class="btn" href={`/briefs/brief-issue-${today}-${lead.case}`}>
            {w.informationWrite}
          </a>
        ) : (
          ''
        )}
      </td>
    </tr>
  );
};
