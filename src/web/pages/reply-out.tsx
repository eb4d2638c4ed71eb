/** How a signed text goes out: handed to the speaker, published by name, sent to an outlet, sent to units as a notice. */
import { NOTICE_FORMS, type ReplyDocument, type SignState, standingOf, type Version, wantsHandOver } from '#reply';
import { VOCABULARY } from '#core/log';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { caseLinesOf } from '../state.ts';
import { Hui } from '../parts/hui.tsx';
import { Clause, Token } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import { type CaseHead } from '../view/cases.ts';
import { missingThing } from '../view/missing.ts';
import { naming } from '../view/naming.ts';
import { channelsOf, ownPage, publishingRefusals } from '../view/publishing.ts';
import { momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';
import { type PublishKind, publishKinds } from '../view/publish-kinds.ts';

interface Props {
  readonly visit: Visit;
  readonly head: CaseHead;
  readonly base: string;
  readonly document: ReplyDocument;
  readonly newest: Version;
  readonly state: SignState;
}
/** Everything that can be done with a text once it is signed, in the order it is done. */
export const ReplyOut: FC<Props> = props => {
  const { visit, document } = props;
  const kinds = publishKinds(visit.hall, document);
  if ((NOTICE_FORMS as readonly string[]).includes(document.form)) return <SendNotice {...props} />;
  return (
    <>
      <HandOver {...props} />
      {kinds.includes('publish') ? <Publish {...props} /> : ''}
      {kinds.includes('outlet') ? <ToOutlet {...props} /> : ''}
    </>
  );
};

const SendNotice: FC<Props> = ({ visit, head, document, state }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const sent = head.events.filter(e => e.type === 'notice.sent' && e.data['notice'] === document.key);
  const received = head.events.filter(e => e.type === 'notice.received' && e.data['notice'] === document.key);
  const ready = state.chains.every(c => c.steps.every(s => s.signature));
  const units = [...new Set(sent.flatMap(e => [e.data['to']].flat().map(String)))];
  return (
    <section>
      <h2>{w.sendTitle}</h2>
      {units.map(u => {
        const got = received.find(r => r.data['unit'] === u);
        return (
          <p class="chain-h">
            <Hui size="s" look={got ? 'done' : ''} />
            {names.unit(u)} {got ? w.sendGot(momentText(language, Date.parse(got.at), hall.now)) : w.sendWaiting}
          </p>
        );
      })}
      <div class="acts">
        <a
          class={ready ? 'btn go' : 'btn'}
          href={`/cases/${head.key}/do/notice.sent?notice=${document.key}&kind=${document.form}`}
        >
          {w.sendNow}
        </a>
        {sent.length > 0 ? (
          <a class="btn" href={`/cases/${head.key}/do/notice.received?notice=${document.key}`}>
            {w.sendReceipt}
          </a>
        ) : (
          ''
        )}
      </div>
      {ready ? '' : <p class="note">{w.sendUnsigned}</p>}
    </section>
  );
};

const HandOver: FC<Props> = ({ visit, head, base, document, newest, state }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const clause = wantsHandOver(hall.rulebook.rules);
  const { handedOver } = standingOf(hall.rulebook.rules, head.events, document);
  if (clause === undefined && !handedOver) return <></>;
  const ready = state.chains.length > 0 && state.chains.every(c => c.steps.every(s => s.signature));
  return (
    <section>
      <h2>
        {w.handOverTitle} {clause === undefined ? '' : <Clause clause={names.clause(clause)} />}
      </h2>
      <p class="chain-h">
        <Hui size="s" look={handedOver ? 'done' : 'far'} />
        {handedOver
          ? w.handOverDone(
              names.role(String(handedOver.data['to'])),
              momentText(language, Date.parse(handedOver.at), hall.now),
            )
          : w.handOverOpen}
      </p>
      {handedOver || !ready ? (
        ''
      ) : (
        <form method="post" action={`${base}/check`}>
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="do" value="hand-over" />
          <input type="hidden" name="hash" value={newest.hash} />
          <input type="hidden" name="to" value="spokesperson" />
          <button class="btn go" type="submit">
            {w.handOverNow}
          </button>
        </form>
      )}
    </section>
  );
};

export const Refusals: FC<{ visit: Visit; head: CaseHead; refusals: ReturnType<typeof publishingRefusals> }> = ({
  visit,
  head,
  refusals,
}) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  if (refusals.length === 0)
    return (
      <div class="lint ok">
        <b>{w.nothingMissing}</b>
      </div>
    );
  // Several gates may want the same thing: it is said once, with every clause that wants it.
  const wanted = new Map<string, Set<string>>();
  for (const r of refusals) for (const m of r.missing) wanted.set(m, (wanted.get(m) ?? new Set()).add(r.clause));
  return (
    <div class="lint stop">
      <b>{w.stillMissing}</b>
      <ul>
        {[...wanted].map(([missing, clauses]) => {
          const thing = missingThing(hall, language, names, missing, head.key);
          return (
            <li>
              {thing.href === undefined || thing.href === `/cases/${head.key}/reply` ? (
                thing.text
              ) : (
                <a href={thing.href}>{thing.text}</a>
              )}{' '}
              {[...clauses].map(c => (
                <Clause clause={names.clause(c)} />
              ))}
            </li>
          );
        })}
      </ul>
    </div>
  );
};

export const Publish: FC<Props> = ({ visit, base, head, document, newest }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const office = user.office;
  const may = permissionsOf(hall, office, user.person);
  const out = document.publications.filter(p => p.data['textHash'] === newest.hash);
  const correction = document.publications.length > 0 && out.length === 0;
  const kind: PublishKind = correction ? 'correction' : firstKind(visit, document);
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
    <section id="publish">
      <h2>{w.publishTitle}</h2>
      {out.map(p => (
        <p class="chain-h">
          <Hui size="s" look="done" />
          {w.publishedHere(momentText(language, Date.parse(p.at), hall.now))}，
          {names.channel(String(p.data['channel']))}{' '}
          {p.data['channel'] === ownPage(hall) ? (
            <a href={`/answers/${hall.byId.get(p.id)?.seq ?? ''}`}>{w.seePublic}</a>
          ) : (
            <a href={`${base}/channels`}>{w.otherChannelsTitle}</a>
          )}
        </p>
      ))}
      <p class="acts">
        <a class="btn text" href={`${base}/preview`}>
          {w.previewTitle}
        </a>
        <a class="btn text" href={`${base}/channels`}>
          {w.otherChannelsTitle}
        </a>
      </p>
      <Refusals visit={visit} head={head} refusals={refusals} />
      {office && may.has('enter') ? (
        <form method="get" action={`${base}/publish`} data-dialog>
          <input type="hidden" name="hash" value={newest.hash} />
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
          <details class="why">
            <summary>{w.publishMore}</summary>
            <div class="field">
              <label for="p-ref">{w.disclosureRef}</label>
              <input id="p-ref" name="disclosureRef" />
            </div>
            <fieldset class="opts">
              <legend>{w.crossLinked}</legend>
              <div class="row">
                {channelsOf(hall).map(x => (
                  <label>
                    <input type="checkbox" name="crossLinks" value={x} />
                    {names.channel(x)}
                  </label>
                ))}
              </div>
            </fieldset>
          </details>
          <div class="acts">
            <button
              class={refusals.length > 0 ? 'btn' : 'btn go'}
              type="submit"
              {...(refusals.length > 0 ? { 'aria-describedby': 'why-not' } : {})}
            >
              {correction ? w.publishCorrection : w.publishNow}
            </button>
          </div>
        </form>
      ) : (
        ''
      )}
    </section>
  );
};

/** The kind an open duty of the case waits for, else a plain reply. */
function firstKind({ hall }: Visit, document: ReplyDocument): PublishKind {
  const caseKey = document.versions[0]?.event.case;
  const wanted = caseLinesOf(hall, caseKey ?? '').obligations.flatMap(l => {
    if (l.whole || (l.state !== 'open' && l.state !== 'late')) return [];
    if (l.unit !== undefined && document.forUnit !== undefined && l.unit !== document.forUnit) return [];
    const rule = hall.rulebook.rules.find(r => r.kind === 'duty' && r.name === l.duty);
    if (rule?.kind !== 'duty') return [];
    return rule.done.patterns.flatMap(p =>
      p.on === 'event' && p.type === 'publication.made'
        ? p.tests.flatMap(t => (t.field[0] === 'kind' && t.op === 'is' ? t.values : []))
        : [],
    );
  });
  return wanted[0] ?? 'reply';
}

/** An answer to an outlet: which one, how far it goes; the same text, the same signatures. */
const ToOutlet: FC<Props> = ({ visit, head, base, document, newest }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const { toOutlets } = standingOf(hall.rulebook.rules, head.events, document);
  const called = head.events.filter(e => e.type === 'media.called');
  const outlets = [
    ...new Set([
      ...called.map(e => String((e.data['fields'] as Readonly<Record<string, unknown>>)['outlet'] ?? '')),
      ...hall.events
        .filter(e => e.type === 'contact.entered' && e.data['bodyKind'] === 'outlet')
        .map(e => String(e.data['body'])),
      ...Object.entries(hall.rulebook.terms.bodies).flatMap(([key, b]) => (b.kind === 'outlet' ? [key] : [])),
    ]),
  ].filter(o => /^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(o));
  const kinds = VOCABULARY.get('media.answered')?.byName.get('kind')?.values ?? [];
  const chosen = toOutlets.length > 0 || head.events.some(e => e.type === 'media.answered') ? 'full' : 'interim';
  return (
    <section id="outlet">
      <h2>{w.outletTitle}</h2>
      {toOutlets.map(e => (
        <p class="chain-h">
          <Hui size="s" look="done" />
          {names.body(String(e.data['outlet']))} {valueLabel(language, 'kind', String(e.data['kind']))}{' '}
          {momentText(language, Date.parse(e.at), hall.now)}
        </p>
      ))}
      {outlets.length === 0 ? (
        <p class="note">
          {w.outletNone} <a href="/do/contact.entered?bodyKind=outlet">{w.outletAdd}</a>
        </p>
      ) : (
        <form method="post" action={`${base}/check`}>
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="do" value="to-outlet" />
          <input type="hidden" name="hash" value={newest.hash} />
          <div class="two">
            <div class="field">
              <label for="m-outlet">{w.outletWho}</label>
              <select id="m-outlet" name="outlet">
                {outlets.map(o => (
                  <option value={o}>{names.body(o)}</option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="m-kind">{w.outletKind}</label>
              <select id="m-kind" name="kind">
                {kinds.map(k => (
                  <option value={k} selected={k === chosen}>
                    {valueLabel(language, 'kind', k)}
                  </option>
                ))}
              </select>
            </div>
          </div>
          <button class="btn go" type="submit">
            {w.outletSend}
          </button>
        </form>
      )}
    </section>
  );
};
