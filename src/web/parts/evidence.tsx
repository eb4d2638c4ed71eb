/** Evidence of a finding: what its page held each time it was looked at, what changed, and how its bytes can be had. */
import type { FC } from 'hono/jsx';
import { confidenceOf, sideBySide } from '#watch';
import type { Visit } from '../context.ts';
import type { EvidenceLook, EvidenceOf } from '../ports-silence.ts';
import { naming } from '../view/naming.ts';
import { momentText } from '../view/times.ts';
import { Empty } from './small.tsx';

export const EvidenceBlock: FC<{
  visit: Visit;
  finding: string;
  evidence: EvidenceOf;
  /** The words and the pages were deleted on their date: when it was looked, and what was seen, stays. */
  erased: boolean;
}> = ({ visit, finding, evidence, erased }) => {
  const { w, language, hall } = visit;
  const { looks, planned, keeps, dates } = evidence;
  const texts = erased ? [] : looks.filter(l => l.outcome === 'kept' || l.outcome === 'changed');
  const known = dates && confidenceOf(dates);
  const moment = (at: number): string => momentText(language, at, hall.now);
  return (
    <section class="sec" id="evidence">
      <div class="sec-h">
        <h2>{w.evidenceTitle}</h2>
        <span class="num">{w.evidenceKeeps[keeps]}</span>
      </div>
      {dates ? (
        <p>
          {w.evidenceDates[known?.confidence ?? 'unknown']}
          {dates.claimedAt === undefined ? '' : ` · ${w.evidenceClaimed} ${moment(dates.claimedAt)}`}
          {dates.extractedAt === undefined ? '' : ` · ${w.evidenceExtracted} ${moment(dates.extractedAt)}`}
          {` · ${w.evidenceFirstSeen} ${moment(dates.firstSeenAt)}`}
        </p>
      ) : (
        ''
      )}
      {looks.length === 0 ? (
        <Empty
          title={w.evidenceNone}
          says={erased ? w.evidenceNoPage : planned.length === 0 ? w.evidenceNoneSays : w.evidenceSoon}
        />
      ) : (
        <table class="tbl">
          <thead>
            <tr>
              <th>{w.evidenceWhen}</th>
              <th>{w.evidenceWhat}</th>
              <th>{w.evidenceBytes}</th>
            </tr>
          </thead>
          <tbody>
            {looks.map(l => (
              <tr>
                <td>
                  {moment(l.lookedAt)}
                  <p class="sub">{w.evidenceWhys[l.why]}</p>
                </td>
                <td>
                  <b class={l.outcome === 'changed' || l.outcome === 'gone' ? 'late-n' : ''}>
                    {w.evidenceOutcomes[l.outcome]}
                  </b>
                  {l.status === undefined ? '' : ` ${l.status}`}
                  {l.fault === undefined ? '' : <p class="sub">{l.fault}</p>}
                  {l.digest === undefined ? '' : <p class="ev-digest">{l.digest}</p>}
                </td>
                <td>
                  <Bytes visit={visit} finding={finding} look={l} erased={erased} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {planned.length === 0 ? (
        ''
      ) : (
        <p class="sub">{w.evidenceNext(planned.map(p => `${w.evidenceWhys[p.why]} ${moment(p.dueAt)}`))}</p>
      )}
      {looks.some(l => l.outcome === 'gone') ? <p>{w.evidenceGoneSays}</p> : ''}
      {texts.slice(1).map((after, i) => (
        <Edit visit={visit} before={texts[i] as EvidenceLook} after={after} />
      ))}
      {texts.length === 1 && texts[0]?.text ? (
        <details>
          <summary>{w.evidenceText}</summary>
          {texts[0].text.split(/\n+/).map(p => (
            <p>{p}</p>
          ))}
        </details>
      ) : (
        ''
      )}
      {erased ? '' : <AskForLook visit={visit} finding={finding} keeps={keeps} />}
    </section>
  );
};

const AskForLook: FC<{ visit: Visit; finding: string; keeps: EvidenceOf['keeps'] }> = ({ visit, finding, keeps }) => {
  const { w, language, hall, user } = visit;
  const named = naming(hall, language);
  return (
    <>
      {keeps === 'digest' ? <p class="sub ev-ask">{w.evidenceSealSays}</p> : ''}
      <form method="post" action={`/inbox/${finding}/evidence`} class="acts ev-ask">
        <input type="hidden" name="csrf" value={user.session.csrf} />
        <input type="hidden" name="do" value="look" />
        <label>
          {w.evidenceReason} <input name="reason" required maxlength={120} />
        </label>
        <button class="btn" type="submit">
          {keeps === 'digest' ? w.evidenceAskSeal : w.evidenceLook}
        </button>
        {user.office ? <span class="sub">{named.office(user.office)}</span> : ''}
      </form>
    </>
  );
};

const Bytes: FC<{ visit: Visit; finding: string; look: EvidenceLook; erased: boolean }> = ({
  visit,
  finding,
  look,
  erased,
}) => {
  const { w, user, hall, language } = visit;
  const size = look.size === undefined ? '' : `${Math.max(1, Math.round(look.size / 1024))} KB`;
  if (look.bytes === 'kept')
    return (
      <a href={`/inbox/${finding}/evidence/${look.n}`} download>
        {w.evidenceFetch} {size}
      </a>
    );
  if (look.bytes === 'deleted' || (erased && look.bytes === 'none' && look.digest !== undefined))
    return <span>{w.evidenceDeleted}</span>;
  if (look.bytes !== 'sealed' || !look.sealed)
    return <span>{look.digest === undefined ? '—' : w.evidenceDigestOnly}</span>;
  const mine = user.office?.unit === look.sealed.unit && user.office.role === look.sealed.role;
  return (
    <>
      {w.evidenceSealed(momentText(language, look.sealed.keepUntil, hall.now))}
      {mine ? (
        <form method="post" action={`/inbox/${finding}/evidence`}>
          <input type="hidden" name="csrf" value={user.session.csrf} />
          <input type="hidden" name="do" value="open" />
          <input type="hidden" name="n" value={String(look.n)} />
          <label>
            {w.evidenceOpenWhy} <input name="reason" required maxlength={120} />
          </label>
          <button class="btn" type="submit">
            {w.evidenceOpen}
          </button>
        </form>
      ) : (
        <p class="sub">{w.evidenceOtherOffice}</p>
      )}
    </>
  );
};

/** An edit: before on the left, after on the right; only what differs and the lines beside it. */
const Edit: FC<{ visit: Visit; before: EvidenceLook; after: EvidenceLook }> = ({ visit, before, after }) => {
  const { w, language, hall } = visit;
  const rows = sideBySide(before.text ?? '', after.text ?? '');
  const differs = (i: number): boolean => rows[i] !== undefined && rows[i]?.before !== rows[i]?.after;
  const shown = rows.filter((_, i) => differs(i) || differs(i - 1) || differs(i + 1));
  return (
    <section>
      <h3>
        {w.evidenceEdit} {momentText(language, before.lookedAt, hall.now)} →{' '}
        {momentText(language, after.lookedAt, hall.now)}
      </h3>
      <div class="ev-side">
        {shown.map(r => (
          <>
            <div class={r.before === undefined ? 'none' : r.before === r.after ? '' : 'went'}>{r.before ?? ''}</div>
            <div class={r.after === undefined ? 'none' : r.before === r.after ? '' : 'came'}>{r.after ?? ''}</div>
          </>
        ))}
      </div>
    </section>
  );
};
