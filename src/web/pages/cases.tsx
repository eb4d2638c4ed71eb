/** Cases: the list, and one case with its two tracks, its time axis, its entries, and everything the rules want next. */
import type { FlagLine, ObligationLine } from '#core/obligations';
import { EVENT_TYPES } from '#core/log';
import type { Child, FC } from 'hono/jsx';
import { Refused } from '../actions/refused.tsx';
import type { Visit } from '../context.ts';
import { AxisChart } from '../parts/axis.tsx';
import { Hui, lookOf } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Score } from '../parts/score.tsx';
import { Clause, Empty, Grade } from '../parts/small.tsx';
import { readReason } from '../acting.ts';
import { caseAxis } from '../view/axis.ts';
import { type CaseHead, caseHeads, gradeOf } from '../view/cases.ts';
import { closingRefusals } from '../view/closing.ts';
import { dutyRow, type DutyRow, headsByKey } from '../view/duties.ts';
import { missingThing } from '../view/missing.ts';
import { naming } from '../view/naming.ts';
import { sentence } from '../view/sentences.ts';
import { documentsOf, documentState } from '../view/texts.ts';
import { momentText } from '../view/times.ts';
import { eventLabel, spellText } from '../words/index.ts';

export const CaseList: FC<{ visit: Visit; counts: Counts }> = ({ visit, counts }) => {
  const { hall, w } = visit;
  const heads = caseHeads(hall, w);
  const open = heads.filter(h => h.closedAt === undefined);
  const closed = heads.filter(h => h.closedAt !== undefined);
  return (
    <Page visit={visit} tab="cases" title={w.casesTitle} counts={counts}>
      <div class="page-head">
        <h1>{w.casesTitle}</h1>
      </div>
      {heads.length === 0 ? (
        <Empty title={w.noCasesTitle} says={w.noCasesSays}>
          <a class="btn" href="/inbox">
            {w.toInbox}
          </a>
        </Empty>
      ) : (
        <>
          <CaseTable visit={visit} title={w.openCases} heads={open} />
          <CaseTable visit={visit} title={w.closedCases} heads={closed} />
        </>
      )}
    </Page>
  );
};

const CaseTable: FC<{ visit: Visit; title: string; heads: readonly CaseHead[] }> = ({ visit, title, heads }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  if (heads.length === 0) return <></>;
  const open = hall.lines.filter(
    (l): l is ObligationLine => l.line === 'obligation' && !l.whole && (l.state === 'open' || l.state === 'late'),
  );
  const next = (key: string): ObligationLine | undefined =>
    open
      .filter(l => l.case === key)
      .toSorted((a, b) => Date.parse(a.dueAt ?? '9999') - Date.parse(b.dueAt ?? '9999'))[0];
  const byKey = headsByKey(hall, w);
  return (
    <section class="sec">
      <div class="sec-h">
        <h2>{title}</h2>
        <span class="num">{w.countItems(heads.length)}</span>
      </div>
      <ol class="duties">
        {heads.map(h => {
          const grade = gradeOf(hall, h);
          const line = h.closedAt === undefined ? next(h.key) : undefined;
          const row = line && dutyRow(hall, w, language, names, byKey, line);
          return (
            <li class="duty" data-row>
              <Hui look={row ? lookOf(row.tone) : 'done'} left={row?.share ?? 100} />
              <div class="left">
                <span>{h.number}</span>
                <span>
                  {h.closedAt === undefined
                    ? w.openedOn(momentText(language, h.openedAt, hall.now))
                    : w.closedOn(momentText(language, h.closedAt, hall.now))}
                </span>
              </div>
              <div class="body">
                <p class="what">
                  <a href={`/cases/${h.key}`} data-go>
                    {h.title}
                  </a>
                </p>
                <p class="of">
                  {grade ? (
                    <Grade bars={grade.bars} text={names.value(grade.scale, grade.value)} />
                  ) : (
                    <span class="tag">{w.ungraded}</span>
                  )}
                  <span>{h.concerns.map(u => names.unit(u)).join(w.and)}</span>
                </p>
                {row ? (
                  <p class="then" data-lead={w.nextStep}>
                    {row.title}，{row.due}
                  </p>
                ) : (
                  ''
                )}
              </div>
              <div class="acts">
                {row ? (
                  <a class="btn" href={row.next.href}>
                    {row.next.label}
                  </a>
                ) : (
                  ''
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
};

const OFFLINE = [
  'facts.verified',
  'reception.held',
  'measure.taken',
  'handling.entered',
  'handling.finished',
  'arrival.recorded',
  'track.finished',
];

export const CaseShow: FC<{ visit: Visit; counts: Counts; head: CaseHead; attempted?: string }> = ({
  visit,
  counts,
  head,
  attempted,
}) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const lines = hall.lines.filter((l): l is ObligationLine => l.line === 'obligation' && l.case === head.key);
  const byKey = headsByKey(hall, w);
  const rows = lines
    .filter(l => !l.whole && (l.state === 'open' || l.state === 'late'))
    .map(l => dutyRow(hall, w, language, names, byKey, l))
    .sort((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity));
  const grade = gradeOf(hall, head);
  const axis = caseAxis(hall, w, language, names, head, lines);
  const documents = documentsOf(hall, head.key);
  const closed = head.closedAt !== undefined;
  const refused = head.events.filter(e => e.type === 'act.refused');
  const flags = hall.lines.filter((l): l is FlagLine => l.line === 'flag' && l.case === head.key);
  const units = lines.filter(l => l.unit !== undefined && !l.whole && (l.state === 'open' || l.state === 'late'));
  const last = attempted === undefined ? undefined : head.events.find(e => e.id === attempted);
  const together = last ? head.events.filter(e => e.type === 'act.refused' && e.recordedAt === last.recordedAt) : [];
  return (
    <Page visit={visit} tab="cases" title={head.title} counts={counts}>
      <div class="page-head">
        <div>
          <p class="case-h">
            {grade ? (
              <Grade bars={grade.bars} text={names.value(grade.scale, grade.value)} />
            ) : (
              <span class="tag">{w.ungraded}</span>
            )}
            {Object.entries(head.scales)
              .filter(([scale]) => scale !== grade?.scale)
              .map(([scale, values]) => (
                <span class="tag">{values.map(v => names.value(scale, v)).join(w.and)}</span>
              ))}
            <span>{head.number}</span>
            <span>{w.openedOn(momentText(language, head.openedAt, hall.now))}</span>
            {head.responsible === undefined ? (
              ''
            ) : (
              <span>{`${w.responsibleUnit}${w.colon}${names.unit(head.responsible)}`}</span>
            )}
            {head.concerns.length === 0 ? (
              ''
            ) : (
              <span>{`${w.concernedUnits}${w.colon}${head.concerns.map(u => names.unit(u)).join(w.and)}`}</span>
            )}
          </p>
          <h1>{head.title}</h1>
        </div>
        <div class="acts">
          {closed ? (
            <a class="btn" href={`/cases/${head.key}/do/archive.bundled`}>
              {w.archiveCase}
            </a>
          ) : (
            <>
              <a class="btn go" href={`/cases/${head.key}/reply`} data-key="a">
                {documents.length === 0 ? w.writeReply : w.openReply}
                <kbd>a</kbd>
              </a>
              <a class="btn" href={gradeHref(visit, head)}>
                {grade ? w.changeGrade : w.setGrade}
              </a>
              <a class="btn" href={`/cases/${head.key}/do/case.closed`}>
                {w.closeCase}
              </a>
            </>
          )}
        </div>
      </div>
      {together.length > 0 && last ? (
        <Refused
          visit={visit}
          type={String(last.data['type'])}
          caseKey={head.key}
          kept
          refused={together.map(e => ({ clause: String(e.data['clause']), ...readReason(String(e.data['reason'])) }))}
        />
      ) : (
        ''
      )}
      <div class="tracks sec">
        <Offline visit={visit} head={head} />
        <Online visit={visit} head={head} />
        <Closing visit={visit} head={head} rows={rows} />
      </div>
      <section class="sec axis-wrap">
        <div class="sec-h">
          <h2>{w.axisTitle}</h2>
          <span class="note legend">
            <span>
              <i class="band"></i>
              {w.legendBand}
            </span>
            <span>
              <i class="soft"></i>
              {w.legendSoft}
            </span>
            <span>
              <i class="sq"></i>
              {w.legendDone}
            </span>
            <span>
              <i class="vo"></i>
              {w.legendRefused}
            </span>
          </span>
        </div>
        <AxisChart w={w} axis={axis} />
      </section>
      <div class="cols">
        <section class="sec">
          <div class="sec-h">
            <h2>{w.allEntries}</h2>
            <span class="note">{w.entriesCount(head.events.length)}</span>
          </div>
          <Score visit={visit} head={head} lines={lines} />
        </section>
        <aside class="side">
          {closed ? '' : <DoNext visit={visit} head={head} rows={rows} />}
          {units.length === 0 ? (
            ''
          ) : (
            <section>
              <h2>{w.unitClocks}</h2>
              <table class="clock">
                <thead>
                  <tr>
                    <th>{w.unitWord}</th>
                    <th>{w.owes}</th>
                    <th class="n">{w.spent}</th>
                  </tr>
                </thead>
                <tbody>
                  {units.slice(0, 10).map(l => {
                    const row = dutyRow(hall, w, language, names, byKey, l);
                    return (
                      <tr>
                        <td class="nb">{names.unit(l.unit ?? '')}</td>
                        <td>
                          {row.title} <Clause clause={row.clause} />
                        </td>
                        <td class="n nb">{spellText(w, l.elapsedSeconds)}</td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </section>
          )}
          {flags.length === 0 ? (
            ''
          ) : (
            <section>
              <h2>{w.caseFlags}</h2>
              <ul class="mini">
                {flags.slice(0, 8).map(f => (
                  <li>
                    <Hui size="xs" look="soft" />
                    <span lang={language === 'zh' ? undefined : 'en'}>{flagText(language, f)}</span>
                    <Clause clause={names.clause(f.clause)} />
                  </li>
                ))}
              </ul>
            </section>
          )}
          {refused.length === 0 ? (
            ''
          ) : (
            <section>
              <h2>{w.refusedHere}</h2>
              <ul class="mini">
                {refused.slice(-6).map(e => (
                  <li>
                    <Hui size="xs" look="void" />
                    <span>
                      {eventLabel(language, String(e.data['type']))}{' '}
                      <Clause clause={names.clause(String(e.data['clause']))} />
                    </span>
                    <time>{momentText(language, Date.parse(e.at), hall.now)}</time>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section>
            <h2>{w.actAs}</h2>
            <p class="note">{user.office ? names.office(user.office) : w.noOffice}</p>
          </section>
        </aside>
      </div>
    </Page>
  );
};

const FLAG_ZH: Readonly<Record<string, string>> = {
  lint: '文稿检查有提醒',
  'wrong-signer': '签字人不具备这个身份',
  'late-entry': '补记',
  'ungrounded-grade': '定级没有写明依据',
  'wrong-decider': '定级的不是规定的单位',
  'oral-unconfirmed': '口头同意还没有补签',
  'partial-watch': '巡查没有看全来源',
  'unauthorised-publication': '擅自发布',
  'uncovered-publication': '发布没有签字覆盖',
  'overlap-signer': '同一人签了两个身份',
  'no-assessment': '没有先做风险评估',
};
export const flagText = (language: 'zh' | 'en', flag: FlagLine): string =>
  language === 'zh'
    ? `${FLAG_ZH[flag.flag] ?? flag.flag}${flag.lint === undefined ? '' : `（${flag.lint}）`}`
    : `${flag.flag}: ${flag.reason}`;

function gradeHref({ hall }: Visit, head: CaseHead): string {
  const scale = hall.rulebook.rules.find(r => r.kind === 'grades' && !r.unordered);
  return `/cases/${head.key}/do/classification.set${scale?.kind === 'grades' ? `?scale=${scale.name}` : ''}`;
}

const Item: FC<{ look: 'done' | 'far' | 'void' | 'soft' | ''; time?: string; left?: number; children: Child }> = ({
  look,
  time,
  left,
  children,
}) => (
  <li>
    <Hui size="xs" look={look} left={left ?? 100} />
    <span>{children}</span>
    {time === undefined ? '' : <time>{time}</time>}
  </li>
);

const Offline: FC<{ visit: Visit; head: CaseHead }> = ({ visit, head }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const steps = head.events.filter(
    e => OFFLINE.includes(e.type) && !(e.type === 'track.finished' && e.data['track'] === 'online'),
  );
  const finished = steps.some(e => e.type === 'track.finished');
  return (
    <section>
      <h2>
        {w.offlineTrack}{' '}
        <span class="tag">{finished ? w.trackDone : steps.length > 0 ? w.trackOpen : w.trackNone}</span>
      </h2>
      <ul>
        {steps.slice(-6).map(e => {
          const said = sentence(e, language, names);
          return (
            <Item look="done" time={momentText(language, Date.parse(e.at), hall.now)}>
              {said.label} {said.detail.slice(0, 30)}
            </Item>
          );
        })}
        {steps.length === 0 ? <Item look="far">{w.offlineEmpty}</Item> : ''}
      </ul>
      {head.closedAt === undefined ? (
        <p class="acts">
          <a class="btn text" href={`/cases/${head.key}/do/handling.entered`}>
            {w.recordFact}
          </a>
          {finished ? (
            ''
          ) : (
            <a class="btn text" href={`/cases/${head.key}/do/track.finished?track=offline`}>
              {w.trackDone}
            </a>
          )}
        </p>
      ) : (
        ''
      )}
    </section>
  );
};

const Online: FC<{ visit: Visit; head: CaseHead }> = ({ visit, head }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const documents = documentsOf(hall, head.key);
  const published = head.events.some(e => e.type === 'publication.made');
  return (
    <section>
      <h2>
        {w.onlineTrack}{' '}
        <span class={published ? 'tag' : 'tag acc'}>
          {published ? w.trackDone : documents.length > 0 ? w.trackOpen : w.trackNone}
        </span>
      </h2>
      <ul>
        {documents.length === 0 ? <Item look="far">{w.onlineEmpty}</Item> : ''}
        {documents.flatMap(d => {
          const state = documentState(hall, d);
          const newest = d.versions.at(-1);
          const href = `/cases/${head.key}/reply/${d.key}`;
          return [
            <Item look="done" time={newest ? momentText(language, Date.parse(newest.event.at), hall.now) : ''}>
              <a href={href}>
                {names.form(d.form)} {w.draftVersion(d.versions.length)}
              </a>
            </Item>,
            ...state.chains.flatMap(c =>
              c.steps.map(s => (
                <Item
                  look={s.signature ? 'done' : s.voided.length > 0 ? 'void' : 'far'}
                  {...(s.signature ? { time: momentText(language, Date.parse(s.signature.at), hall.now) } : {})}
                >
                  {s.capacities.map(x => names.capacity(x)).join('/')}
                  {s.signature ? '' : ` ${s.voided.length > 0 ? w.voided : w.notSigned}`}
                </Item>
              )),
            ),
            ...state.confirmations.map(c => (
              <Item
                look={c.event ? 'done' : 'far'}
                {...(c.event ? { time: momentText(language, Date.parse(c.event.at), hall.now) } : {})}
              >
                {c.event ? `${w.confirmTitle}${w.colon}${names.body(c.body)}` : w.confirmWanted(names.body(c.body))}
              </Item>
            )),
            ...d.publications.map(p => (
              <Item look="done" time={momentText(language, Date.parse(p.at), hall.now)}>
                {eventLabel(language, p.type)} {names.channel(String(p.data['channel']))}
              </Item>
            )),
          ];
        })}
      </ul>
    </section>
  );
};

const Closing: FC<{ visit: Visit; head: CaseHead; rows: readonly DutyRow[] }> = ({ visit, head, rows }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  if (head.closedAt !== undefined)
    return (
      <section>
        <h2>{w.closedOn(momentText(language, head.closedAt, hall.now))}</h2>
      </section>
    );
  const refusals = closingRefusals(hall, head.key, user.office ?? { unit: 'institution', role: 'system' });
  const missing = refusals.flatMap(r =>
    r.missing.map(m => ({ thing: missingThing(hall, language, names, m, head.key), clause: r.clause })),
  );
  return (
    <section>
      <h2>{missing.length === 0 ? w.canClose : w.cannotClose(missing.length)}</h2>
      <ul>
        {missing.map(m => (
          <Item look="far">
            {m.thing.href === undefined ? m.thing.text : <a href={m.thing.href}>{m.thing.text}</a>}{' '}
            <Clause clause={names.clause(m.clause)} />
          </Item>
        ))}
        {rows.slice(0, 4).map(r => (
          <Item look={r.tone === 'late' ? 'void' : r.tone === 'soft' ? 'soft' : ''} left={r.share}>
            {w.stillOwed}
            {w.colon}
            <a href={r.next.href}>{r.title}</a> <Clause clause={r.clause} />
          </Item>
        ))}
      </ul>
    </section>
  );
};

const COMMON = [
  'facts.verified',
  'assignment.made',
  'notice.sent',
  'notice.received',
  'handling.entered',
  'measure.taken',
  'reception.held',
  'meeting.held',
  'decision.made',
  'report.made',
  'transfer.made',
  'instruction.received',
  'track.finished',
  'calm.declared',
  'evaluation.written',
];
/** Types that make no sense as a fact typed in for a case. */
const NOT_OFFERED = new Set([
  'act.refused',
  'body.erased',
  'entry.corrected',
  'item.matched',
  'item.folded',
  'rulebook.adopted',
  'calendar.adopted',
  'duty-roster.set',
  'draft.written',
  'signature.given',
  'publication.made',
  'case.opened',
  'finding.recorded',
]);

const DoNext: FC<{ visit: Visit; head: CaseHead; rows: readonly DutyRow[] }> = ({ visit, head, rows }) => {
  const { w, language } = visit;
  const seen = new Set<string>();
  const next = rows.filter(r => !seen.has(r.next.href) && seen.add(r.next.href));
  return (
    <section>
      <h2>{w.doSomething}</h2>
      {next.length === 0 ? '' : <p class="note">{w.doNext}</p>}
      <div class="doing">
        {next.slice(0, 8).map(r => (
          <a class="btn" href={r.next.href}>
            {r.next.label}
            {r.forUnit === undefined ? '' : `：${r.forUnit}`}
          </a>
        ))}
      </div>
      <details class="why">
        <summary>{w.doOther}</summary>
        <div class="doing">
          {[...COMMON, ...EVENT_TYPES.filter(t => !COMMON.includes(t) && !NOT_OFFERED.has(t))].map(t => (
            <a class="btn" href={`/cases/${head.key}/do/${t}`}>
              {eventLabel(language, t)}
            </a>
          ))}
        </div>
      </details>
    </section>
  );
};
