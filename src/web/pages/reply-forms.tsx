/** What can be done with a text on its page: sign or send back, keep a warning with a reason, publish by name. */
import { type ReplyDocument, type Version } from '#reply';
import { VOCABULARY } from '#core/log';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { caseLinesOf } from '../state.ts';
import { Hui } from '../parts/hui.tsx';
import { Clause, Token } from '../parts/small.tsx';
import { capacitiesOf, permissionsOf } from '../permissions.ts';
import { type CaseHead } from '../view/cases.ts';
import { missingThing } from '../view/missing.ts';
import { naming } from '../view/naming.ts';
import { channelsOf, ownPage, publishingRefusals } from '../view/publishing.ts';
import { momentText } from '../view/times.ts';
import { fieldLabel, valueLabel } from '../words/index.ts';

const LINT_ZH: Readonly<Record<string, string>> = {
  'facts-not-phrases': '要事实，不要套话：写清日期或数字、做了什么、接着做什么',
  'missing-part': '少一项要素',
  'vague-date': '日期不清楚',
  'cause-before-finding': '还没有查到原因，先别下结论',
  stale: '事实可能过时',
  'no-removal': '不得要求删除或屏蔽',
};

export const Lints: FC<{ visit: Visit; head: CaseHead; document: ReplyDocument; newest: Version }> = ({
  visit,
  head,
  document,
  newest,
}) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const own = caseLinesOf(hall, head.key).flags.filter(
    l =>
      l.lint !== undefined &&
      (l.event === newest.event.id || hall.byId.get(l.event ?? '')?.data['textHash'] === newest.hash),
  );
  const kept = new Set(
    head.events
      .filter(e => e.type === 'lint.overridden' && e.data['textHash'] === newest.hash)
      .map(e => String(e.data['lint'])),
  );
  const open = own.filter(l => !kept.has(l.lint ?? ''));
  return (
    <>
      {open.length === 0 && kept.size === 0 ? (
        <div class="lint ok">
          <b>{w.lintHead}</b>
          {w.lintNone}
        </div>
      ) : (
        ''
      )}
      {open.map(l => (
        <div class="lint warn">
          <b>{language === 'zh' ? (LINT_ZH[l.lint ?? ''] ?? l.lint) : (l.lint ?? '').replaceAll('-', ' ')}</b>
          {l.missing && l.missing.length > 0
            ? `${w.missingWord}${w.colon}${l.missing.join(w.and)}`
            : language === 'en'
              ? l.reason
              : ''}{' '}
          <Clause clause={names.clause(l.clause)} />
          <form method="post" action={`/cases/${head.key}/reply/${document.key}/override`}>
            <Token csrf={user.session.csrf} />
            <input type="hidden" name="hash" value={newest.hash} />
            <input type="hidden" name="lint" value={l.lint} />
            <div class="field">
              <label class="vh" for={`l-${l.lint}`}>
                {fieldLabel(language, 'reason')}
              </label>
              <input id={`l-${l.lint}`} name="reason" required />
            </div>
            <button class="btn" type="submit">
              {w.lintKeep}
            </button>
          </form>
        </div>
      ))}
      {[...kept].map(k => (
        <div class="lint">
          <b>{language === 'zh' ? (LINT_ZH[k] ?? k) : k.replaceAll('-', ' ')}</b>
          {w.lintKept}
        </div>
      ))}
    </>
  );
};

export const SignForms: FC<{
  visit: Visit;
  base: string;
  document: ReplyDocument;
  newest: Version;
  wanted: readonly string[];
}> = ({ visit, base, document, newest, wanted }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  if (document.publications.some(p => p.data['textHash'] === newest.hash)) return <></>;
  const mine = user.office ? capacitiesOf(hall, user.office).filter(x => wanted.includes(x)) : [];
  if (mine.length === 0) return <></>;
  return (
    <>
      {mine.map(capacity => (
        <form class="sign-now" method="post" action={`${base}/sign`}>
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="hash" value={newest.hash} />
          <input type="hidden" name="as" value={capacity} />
          <p class="note">{w.signAs(names.capacity(capacity))}</p>
          <button class="btn go" type="submit" name="do" value="sign">
            {w.signThis}
          </button>
          <details class="why">
            <summary>{w.withhold}</summary>
            <div class="field">
              <label for={`w-${capacity}`}>{w.withholdReason}</label>
              <input id={`w-${capacity}`} name="reason" />
            </div>
            <button class="btn" type="submit" name="do" value="withhold">
              {w.withhold}
            </button>
          </details>
        </form>
      ))}
    </>
  );
};

export const Publish: FC<{ visit: Visit; base: string; head: CaseHead; document: ReplyDocument; newest: Version }> = ({
  visit,
  base,
  head,
  document,
  newest,
}) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  if (
    !hall.rulebook.rules.some(
      r =>
        r.kind === 'approval' &&
        r.before.some(p => p.on === 'event' && p.type === 'publication.made') &&
        (r.covers['form'] ?? [document.form]).includes(document.form),
    ) &&
    document.form !== 'reply'
  )
    return <></>;
  const office = user.office;
  const may = permissionsOf(hall, office, user.person);
  const out = document.publications.filter(p => p.data['textHash'] === newest.hash);
  const correction = document.publications.length > 0 && out.length === 0;
  const kind = correction ? 'correction' : 'reply';
  const refusals = office
    ? publishingRefusals(
        hall,
        {
          do: 'publish',
          case: head.key,
          document: document.key,
          textHash: newest.hash,
          channel: ownPage(hall),
          kind,
          speaker: office,
          crossLinks: [],
        },
        office,
      )
    : [];
  const kinds = VOCABULARY.get('publication.made')?.byName.get('kind')?.values ?? [];
  return (
    <section>
      <h2>{w.publishTitle}</h2>
      {out.map(p => (
        <p class="chain-h">
          <Hui size="s" look="done" />
          {w.publishedHere(momentText(language, Date.parse(p.at), hall.now))}，
          {names.channel(String(p.data['channel']))}{' '}
          <a href={`/answers/${hall.byId.get(p.id)?.seq ?? ''}`}>{w.seePublic}</a>
        </p>
      ))}
      <p class="note">{w.publishSays}</p>
      {refusals.length > 0 ? (
        <div class="lint stop">
          <b>{w.stillMissing}</b>
          <ul>
            {refusals.flatMap(r =>
              r.missing.map(m => {
                const thing = missingThing(hall, language, names, m, head.key);
                return (
                  <li>
                    {thing.href === undefined || thing.href === `/cases/${head.key}/reply` ? (
                      thing.text
                    ) : (
                      <a href={thing.href}>{thing.text}</a>
                    )}{' '}
                    <Clause clause={names.clause(r.clause)} />
                  </li>
                );
              }),
            )}
          </ul>
        </div>
      ) : (
        <div class="lint ok">
          <b>{w.nothingMissing}</b>
        </div>
      )}
      {office && may.has('enter') ? (
        <form method="post" action={`${base}/publish`}>
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="hash" value={newest.hash} />
          <div class="field">
            <label for="p-channel">{w.publishChannel}</label>
            <select id="p-channel" name="channel">
              {channelsOf(hall).map(x => (
                <option value={x}>{names.channel(x)}</option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="p-kind">{w.publishKind}</label>
            <select id="p-kind" name="kind">
              {kinds
                .filter(k => k !== 'routine')
                .map(k => (
                  <option value={k} selected={k === kind}>
                    {valueLabel(language, 'kind', k)}
                  </option>
                ))}
            </select>
          </div>
          <div class="field">
            <label for="p-ref">
              {w.disclosureRef}
              <span class="opt-t">{w.optional}</span>
            </label>
            <input id="p-ref" name="disclosureRef" />
          </div>
          <div class="field">
            <label for="p-url">
              {w.publishUrl}
              <span class="opt-t">{w.optional}</span>
            </label>
            <input id="p-url" name="url" type="url" />
          </div>
          <fieldset class="opts">
            <legend>
              {w.crossLinked}
              <span class="opt-t">{w.optional}</span>
            </legend>
            <div class="row">
              {channelsOf(hall).map(x => (
                <label>
                  <input type="checkbox" name="crossLinks" value={x} />
                  {names.channel(x)}
                </label>
              ))}
            </div>
          </fieldset>
          <p class="note">
            {w.speaker}
            {w.colon}
            <b>{names.office(office)}</b>
          </p>
          <label class="opt">
            <input type="checkbox" name="read" value="true" required />
            {w.publishConfirm}
          </label>
          <div class="acts">
            <button
              class={refusals.length > 0 ? 'btn' : 'btn go'}
              type="submit"
              {...(refusals.length > 0 ? { 'aria-describedby': 'why-not' } : {})}
            >
              {w.publishNow}
            </button>
          </div>
        </form>
      ) : (
        ''
      )}
    </section>
  );
};
