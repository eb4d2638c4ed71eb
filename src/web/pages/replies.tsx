/** Answers: the list, one text with its signatures and checks, the editor. What is signed is one exact wording. */
import { diffTexts, type Piece, type ReplyDocument, titleAndBody, type Version } from '#reply';
import { VOCABULARY } from '#core/log';
import type { FlagLine, RefusedLine } from '#core/obligations';
import type { Child, FC } from 'hono/jsx';
import { Refused } from '../actions/refused.tsx';
import type { Visit } from '../context.ts';
import { Hui, lookOf } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Alert, Clause, Countdown, Empty, Grade, Token } from '../parts/small.tsx';
import { capacitiesOf, permissionsOf } from '../permissions.ts';
import { type CaseHead, caseHeads, gradeOf } from '../view/cases.ts';
import { board, type DutyRow, patternsOf, ruleOf } from '../view/duties.ts';
import { missingThing } from '../view/missing.ts';
import { naming } from '../view/naming.ts';
import { channelsOf, ownPage, publishingRefusals } from '../view/publishing.ts';
import { documentsOf, documentState } from '../view/texts.ts';
import { sentence } from '../view/sentences.ts';
import { momentText } from '../view/times.ts';
import { fieldLabel, valueLabel } from '../words/index.ts';

export const Replies: FC<{ visit: Visit; counts: Counts }> = ({ visit, counts }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const all = caseHeads(hall, w).flatMap(head => documentsOf(hall, head.key).map(document => ({ head, document })));
  return (
    <Page visit={visit} tab="replies" title={w.repliesTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.repliesTitle}</h1>
          <p class="sub">{w.repliesSub}</p>
        </div>
      </div>
      {all.length === 0 ? (
        <Empty title={w.noRepliesTitle} says={w.noRepliesSays}>
          <a class="btn" href="/cases">
            {w.casesTitle}
          </a>
        </Empty>
      ) : (
        <ol class="duties">
          {all.map(({ head, document }) => {
            const newest = document.versions.at(-1);
            const state = documentState(hall, document);
            const signed = state.chains.flatMap(c => c.steps).filter(s => s.signature).length;
            const wanted = state.chains.flatMap(c => c.steps).length;
            const out = document.publications.length > 0;
            return (
              <li class="duty" data-row>
                <Hui
                  look={out ? 'done' : signed === wanted ? '' : 'far'}
                  left={wanted === 0 ? 100 : 100 - (signed / wanted) * 100}
                />
                <div class="left">
                  <span>{names.form(document.form)}</span>
                  <span>{w.draftVersion(document.versions.length)}</span>
                </div>
                <div class="body">
                  <p class="what">
                    <a href={`/cases/${head.key}/reply/${document.key}`} data-go>
                      {titleAndBody(newest?.text ?? '').title || (newest?.text ?? document.key).slice(0, 40)}
                    </a>
                  </p>
                  <p class="of">
                    <a href={`/cases/${head.key}`}>
                      {head.title} {head.number}
                    </a>
                    <span>
                      {out
                        ? w.publishedHere(
                            momentText(language, Date.parse(document.publications.at(-1)?.at ?? ''), hall.now),
                          )
                        : `${signed}/${wanted}`}
                    </span>
                  </p>
                </div>
              </li>
            );
          })}
        </ol>
      )}
    </Page>
  );
};

const SignedBody: FC<{ text: string; institution: string; notes: (n: number) => Child }> = ({ text, notes }) => {
  const { title, paragraphs } = titleAndBody(text);
  return (
    <>
      {title === '' ? '' : <h2 class="title">{title}</h2>}
      {paragraphs.map((p, i) => (
        <div class="para">
          <p>{p}</p>
          <div class="margin">{notes(i)}</div>
        </div>
      ))}
    </>
  );
};

export const ReplyShow: FC<{
  visit: Visit;
  counts: Counts;
  head: CaseHead;
  document: ReplyDocument;
  problem?: string;
  refused?: readonly Pick<RefusedLine, 'clause' | 'missing' | 'reason'>[];
}> = props => {
  const { visit, counts, head, document, problem, refused } = props;
  const { hall, w, language, c } = visit;
  const names = naming(hall, language);
  const newest = document.versions.at(-1) as Version;
  const compare = document.versions.find(v => String(v.n) === c.req.query('with')) ?? document.versions.at(-2);
  const grade = gradeOf(hall, head);
  const state = documentState(hall, document);
  const due = dueRow(visit, head);
  const base = `/cases/${head.key}/reply/${document.key}`;
  return (
    <Page
      visit={visit}
      tab="replies"
      title={`${names.form(document.form)} ${w.draftVersion(newest.n)}`}
      counts={counts}
    >
      <div class="page-head">
        <div>
          <p class="sub">
            <a href={`/cases/${head.key}`}>
              {head.title} {head.number}
            </a>{' '}
            {grade ? <Grade bars={grade.bars} text={names.value(grade.scale, grade.value)} /> : ''}
          </p>
          <h1>
            {names.form(document.form)}，{w.draftVersion(newest.n)}
          </h1>
        </div>
        <div class="acts">
          <a class="btn" href={`${base}/edit`} data-key="e">
            {document.publications.length > 0 ? w.correctTitle : w.editText}
            <kbd>e</kbd>
          </a>
        </div>
      </div>
      {problem === undefined ? (
        ''
      ) : (
        <Alert title={w.notSaved} stop>
          <p>{problem}</p>
        </Alert>
      )}
      {refused && refused.length > 0 ? (
        <Refused visit={visit} type="publication.made" refused={refused} caseKey={head.key} kept />
      ) : (
        ''
      )}
      <div class="cols">
        <div>
          <nav class="tabs" aria-label={w.textWord}>
            <a href={base} aria-current="page">
              {w.draftVersion(newest.n)}
            </a>
            {document.versions.slice(0, -1).map(v => (
              <a href={`${base}?with=${v.n}#cmp`}>{w.versionsTab(v.n)}</a>
            ))}
            <span class="r">
              {w.draftBy(
                momentText(language, Date.parse(newest.event.at), hall.now),
                names.office(newest.event.by),
                [...newest.text].length,
              )}
            </span>
          </nav>
          <article class="doc">
            <div class="doc-in">
              <SignedBody
                text={newest.text}
                institution={hall.institution.name[language]}
                notes={n => (n === 0 ? <Lints visit={visit} head={head} document={document} newest={newest} /> : '')}
              />
            </div>
          </article>
          {compare && compare.n !== newest.n ? <Compare visit={visit} before={compare} after={newest} /> : ''}
        </div>
        <aside class="side">
          {due ? (
            <div class={due.tone === 'late' ? 'clockbox late' : 'clockbox'}>
              <Hui size="l" look={lookOf(due.tone)} left={due.share} />
              <p>
                {due.dueAt === undefined ? '' : <Countdown w={w} dueAt={due.dueAt} now={hall.now} />}
                <br />
                <span class="note">
                  {due.due} <Clause clause={due.clause} />
                </span>
              </p>
            </div>
          ) : (
            ''
          )}
          <section>
            <h2>{w.chainTitle}</h2>
            {state.chains.length === 0 ? <p class="note">{w.noSignatureNeeded}</p> : ''}
            {state.chains.map(chain => (
              <>
                <p class="chain-h">
                  <span class={chain.order === 'any' ? 'tag dash' : 'tag'}>
                    {chain.order === 'any' ? w.chainAny : w.chainListed}
                  </span>
                  {names.form(document.form)} <Clause clause={names.clause(chain.clause)} />
                </p>
                <ol class="chain">
                  {chain.steps.map(s => (
                    <li
                      class={[
                        chain.order === 'any' ? 'any' : '',
                        s.turn && document.publications.length === 0 ? 'turn' : '',
                      ]
                        .filter(Boolean)
                        .join(' ')}
                    >
                      <Hui size="s" look={s.signature ? 'done' : s.voided.length > 0 || s.withheld ? 'void' : 'far'} />
                      <div>
                        <b data-turn={w.yourTurn}>{s.capacities.map(x => names.capacity(x)).join(' / ')}</b>
                        {s.signature ? (
                          <span class="st">
                            {w.signedAt(
                              momentText(language, Date.parse(s.signature.at), hall.now),
                              w.draftVersion(newest.n),
                            )}
                            ，{names.office(s.signature.by)}
                          </span>
                        ) : (
                          <span class="st">
                            {s.withheld ? `${w.withhold}${w.colon}${String(s.withheld.data['reason'])}` : w.notSigned}
                          </span>
                        )}
                        {s.voided.map(v => (
                          <span class="st">
                            <s>
                              {w.signedAt(
                                momentText(language, Date.parse(v.at), hall.now),
                                w.draftVersion(document.versions.find(x => x.hash === v.data['textHash'])?.n ?? 0),
                              )}
                            </s>{' '}
                            {w.voided}
                          </span>
                        ))}
                      </div>
                    </li>
                  ))}
                </ol>
              </>
            ))}
            <SignForms
              visit={visit}
              base={base}
              document={document}
              newest={newest}
              wanted={state.chains.flatMap(x => x.steps.filter(s => s.turn).flatMap(s => s.capacities))}
            />
          </section>
          {document.mentions.length === 0 ? (
            ''
          ) : (
            <section>
              <h2>{w.confirmTitle}</h2>
              {state.confirmations.map(k => (
                <form method="post" action={`${base}/confirm`}>
                  <Token csrf={visit.user.session.csrf} />
                  <input type="hidden" name="hash" value={newest.hash} />
                  <input type="hidden" name="agency" value={k.body} />
                  <p class="chain-h">
                    <Hui size="s" look={k.event ? 'done' : 'far'} />
                    {k.event
                      ? w.confirmGiven(names.body(k.body), momentText(language, Date.parse(k.event.at), hall.now))
                      : w.confirmWanted(names.body(k.body))}
                  </p>
                  {k.event ? (
                    ''
                  ) : (
                    <button class="btn" type="submit">
                      {w.confirmRecord}
                    </button>
                  )}
                </form>
              ))}
            </section>
          )}
          <section>
            <h2>{w.stampTitle}</h2>
            <div class="stamp">
              {w.stampOf(newest.n)}
              <span class="code hash">{groups(newest.hash)}</span>
              {w.stampSays}
            </div>
          </section>
          <Publish visit={visit} base={base} head={head} document={document} newest={newest} />
        </aside>
      </div>
    </Page>
  );
};

/** Hex digits in groups of four, as they are read aloud. */
export const groups = (hash: string): string => hash.replace(/^sha256:/, '').replaceAll(/(.{4})(?=.)/g, '$1 ');

/** The most urgent open duty of the case that a publication would meet. */
function dueRow(visit: Visit, head: CaseHead): DutyRow | undefined {
  const { hall, w, language } = visit;
  const b = board(hall, w, language, naming(hall, language), undefined);
  return [...b.late, ...b.limited].find(
    r =>
      r.case?.key === head.key &&
      patternsOf(ruleOf(hall, r.line), r.line).some(p => p.on === 'event' && p.type === 'publication.made'),
  );
}

const LINT_ZH: Readonly<Record<string, string>> = {
  'facts-not-phrases': '要事实，不要套话：写清日期或数字、做了什么、接着做什么',
  'missing-part': '少一项要素',
  'vague-date': '日期不清楚',
  'cause-before-finding': '还没有查到原因，先别下结论',
  stale: '事实可能过时',
  'no-removal': '不得要求删除或屏蔽',
};
const Lints: FC<{ visit: Visit; head: CaseHead; document: ReplyDocument; newest: Version }> = ({
  visit,
  head,
  document,
  newest,
}) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const own = hall.lines.filter(
    (l): l is FlagLine =>
      l.line === 'flag' &&
      l.case === head.key &&
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

const Pieces: FC<{ pieces: readonly Piece[] }> = ({ pieces }) => (
  <>{pieces.map(p => (p.kind === 'same' ? p.text : p.kind === 'added' ? <ins>{p.text}</ins> : <del>{p.text}</del>))}</>
);

export const Compare: FC<{ visit: Visit; before: Version; after: Version }> = ({ visit, before, after }) => {
  const { w } = visit;
  const diff = diffTexts(before.text, after.text);
  return (
    <section class="sec" id="cmp">
      <div class="sec-h">
        <h2>{w.diffTitle(before.n, after.n)}</h2>
        <span class="note">{w.diffUnchanged(diff.unchanged)}</span>
      </div>
      <div class="diff">
        <div>
          <h3>{w.draftVersion(before.n)}</h3>
          {diff.changes.map(ch => (
            <p>
              <Pieces pieces={ch.before} />
            </p>
          ))}
        </div>
        <div>
          <h3>{w.draftVersion(after.n)}</h3>
          {diff.changes.map(ch => (
            <p>
              <Pieces pieces={ch.after} />
            </p>
          ))}
        </div>
      </div>
    </section>
  );
};

const SignForms: FC<{
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

const Publish: FC<{ visit: Visit; base: string; head: CaseHead; document: ReplyDocument; newest: Version }> = ({
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

export interface EditGiven {
  readonly document: string;
  readonly form: string;
  readonly text: string;
  readonly parts: readonly string[];
  readonly mentions: readonly string[];
  readonly topic: string;
  readonly forUnit: string;
}
export const ReplyEdit: FC<{
  visit: Visit;
  counts: Counts;
  head: CaseHead;
  given: EditGiven;
  isNew: boolean;
  valid: number;
  published: boolean;
  problem?: string;
}> = props => {
  const { visit, counts, head, given, isNew, valid, published, problem } = props;
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const { terms, rules } = hall.rulebook;
  const forms = [
    ...new Set([
      'reply',
      ...Object.keys(terms.forms),
      ...rules.flatMap(r => (r.kind === 'approval' ? (r.covers['form'] ?? []) : [])),
    ]),
  ];
  const bodies = [
    ...new Set([
      ...Object.keys(terms.bodies),
      ...hall.institution.setup.units.filter(u => u.kind === 'outside').map(u => u.key),
      ...given.mentions,
    ]),
  ];
  const topics = [
    ...new Set(rules.flatMap(r => (r.kind === 'approval' ? (r.byTopic ?? []).flatMap(t => t.topic) : []))),
  ].filter(t => t !== 'otherwise');
  const units = hall.institution.setup.units.filter(u => !['institution', 'outside', 'superior'].includes(u.kind));
  const parts = [
    ...new Set([
      'facts',
      'steps',
      'dates',
      ...rules.flatMap(r => (r.kind === 'form' && r.parts ? r.parts : [])),
      ...given.parts,
    ]),
  ];
  return (
    <Page visit={visit} tab="replies" title={w.writeReply} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href={`/cases/${head.key}`}>
              {head.title} {head.number}
            </a>
          </p>
          <h1>{published ? w.correctTitle : isNew ? w.newDraft : w.editText}</h1>
        </div>
      </div>
      {problem === undefined ? (
        ''
      ) : (
        <Alert title={w.notSaved} stop>
          <p>{problem}</p>
        </Alert>
      )}
      {isNew ? (
        ''
      ) : (
        <Alert title={valid > 0 ? w.editVoids(valid) : w.editFree}>{published ? <p>{w.correctSays}</p> : ''}</Alert>
      )}
      <div class="cols">
        <form class="pane" method="post" action={`/cases/${head.key}/reply/${given.document}/draft`}>
          <Token csrf={user.session.csrf} />
          <div class="two">
            <div class="field">
              <label for="d-form">{w.formWord}</label>
              <select id="d-form" name="form">
                {forms.map(f => (
                  <option value={f} selected={f === given.form}>
                    {names.form(f)}
                  </option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="d-unit">
                {fieldLabel(language, 'forUnit')}
                <span class="opt-t">{w.optional}</span>
              </label>
              <select id="d-unit" name="forUnit">
                <option value="">{w.none}</option>
                {units.map(u => (
                  <option value={u.key} selected={u.key === given.forUnit}>
                    {names.unit(u.key)}
                  </option>
                ))}
              </select>
            </div>
          </div>
          <div class="field">
            <label for="d-text">{w.textWord}</label>
            <span class="hint">
              {w.textHint} {w.identityHint}
            </span>
            <textarea id="d-text" class="song" name="text" required>
              {given.text}
            </textarea>
          </div>
          <fieldset class="opts">
            <legend>{w.partsWord}</legend>
            <div class="row">
              {parts.map(p => (
                <label>
                  <input type="checkbox" name="parts" value={p} checked={given.parts.includes(p)} />
                  {PART_NAMES[p]?.[language] ?? names.key(p)}
                </label>
              ))}
            </div>
          </fieldset>
          {bodies.length === 0 ? (
            ''
          ) : (
            <fieldset class="opts">
              <legend>
                {w.mentionsWord}
                <span class="opt-t">{w.mentionsHint}</span>
              </legend>
              <div class="row">
                {bodies.map(b => (
                  <label>
                    <input type="checkbox" name="mentions" value={b} checked={given.mentions.includes(b)} />
                    {names.body(b)}
                  </label>
                ))}
              </div>
            </fieldset>
          )}
          {topics.length === 0 ? (
            ''
          ) : (
            <div class="field">
              <label for="d-topic">
                {fieldLabel(language, 'topic')}
                <span class="opt-t">{w.optional}</span>
              </label>
              <select id="d-topic" name="topic">
                <option value="">{w.none}</option>
                {topics.map(t => (
                  <option value={t} selected={t === given.topic}>
                    {names.key(t)}
                  </option>
                ))}
              </select>
            </div>
          )}
          <div class="acts">
            <button class="btn go" type="submit">
              {w.saveDraft}
            </button>
            <a class="btn text" href={`/cases/${head.key}`}>
              {w.caseOf}
            </a>
          </div>
        </form>
        <EditAside visit={visit} head={head} form={given.form} />
      </div>
    </Page>
  );
};

const FACTS = new Set([
  'finding.recorded',
  'facts.verified',
  'measure.taken',
  'handling.entered',
  'handling.finished',
  'reception.held',
  'decision.made',
]);
/** What the text rests on, and who will have to sign it. */
const EditAside: FC<{ visit: Visit; head: CaseHead; form: string }> = ({ visit, head, form }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const facts = head.events.filter(e => FACTS.has(e.type));
  const approvals = hall.rulebook.rules.flatMap(r =>
    r.kind === 'approval' && (r.covers['form'] ?? [form]).includes(form) ? [r] : [],
  );
  return (
    <aside class="side">
      <section>
        <h2>{w.factsWord}</h2>
        <ul class="log">
          {facts.map(e => {
            const said = sentence(e, language, names);
            return (
              <li>
                <time>{momentText(language, Date.parse(e.at), hall.now)}</time>
                <span>
                  {said.label} {said.detail}
                </span>
              </li>
            );
          })}
        </ul>
      </section>
      <section>
        <h2>{w.chainTitle}</h2>
        {approvals.length === 0 ? <p class="note">{w.noSignatureNeeded}</p> : ''}
        {approvals.map(a => (
          <p class="chain-h">
            {a.steps.map(s => s.map(x => names.capacity(x)).join(' / ')).join(' → ')}{' '}
            <Clause clause={names.clause(a.clauses[0] ?? '')} />
          </p>
        ))}
      </section>
    </aside>
  );
};
const PART_NAMES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  facts: { zh: '事实', en: 'facts' },
  steps: { zh: '做了什么', en: 'what was done' },
  dates: { zh: '日期和承诺', en: 'dates and promises' },
  unsolved: { zh: '还没解决的', en: 'what is unsolved' },
};
