/** One case: two tracks, what blocks closing, one time axis, all entries, and everything the rules want next. */
import type { FlagLine } from '#core/obligations';
import type { FC } from 'hono/jsx';
import { Refused } from '../actions/refused.tsx';
import type { Visit } from '../context.ts';
import { AxisChart } from '../parts/axis.tsx';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Score } from '../parts/score.tsx';
import { Clause, Grade } from '../parts/small.tsx';
import { readReason } from '../acting.ts';
import { caseAxis } from '../view/axis.ts';
import { type CaseHead, gradeOf } from '../view/cases.ts';
import { caseLinesOf } from '../state.ts';
import { dutyRow, dutyTitle, headsByKey } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import { documentsOf } from '../view/texts.ts';
import { momentText } from '../view/times.ts';
import { eventLabel } from '../words/index.ts';
import { Grading, Meetings, Reports } from './case-judged.tsx';
import { AfterCare, OrdersAndUnits, Papers, UnitClocks } from './case-sides.tsx';
import { Offline, Online, Closing, DoNext } from './case-tracks.tsx';

export const CaseShow: FC<{ visit: Visit; counts: Counts; head: CaseHead; attempted?: string }> = ({
  visit,
  counts,
  head,
  attempted,
}) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const said = caseLinesOf(hall, head.key);
  const lines = said.obligations;
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
  const { flags } = said;
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
            <>
              <a class="btn" href={`/files/of/case:${head.key}`}>
                {w.files.title}
              </a>
              <a class="btn" href={`/cases/${head.key}/papers`}>
                {w.papersTitle}
              </a>
              <a class="btn" href={`/cases/${head.key}/do/case.reopened`}>
                {w.reopenCase}
              </a>
              <a class="btn" href={`/cases/${head.key}/do/archive.bundled`}>
                {w.archiveCase}
              </a>
            </>
          ) : (
            <>
              <a class="btn" href={`/files/of/case:${head.key}`}>
                {w.files.title}
              </a>
              <a class="btn" href={`/cases/${head.key}/papers`}>
                {w.papersTitle}
              </a>
              <a class="btn go" href={`/cases/${head.key}/reply`} data-key="a">
                {documents.length === 0 ? w.writeReply : w.openReply}
                <kbd>a</kbd>
              </a>
              <a class="btn" href={gradeHref(visit, head)}>
                {grade ? w.changeGrade : w.setGrade}
              </a>
              <a class="btn" href={`/cases/${head.key}/close`}>
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
      <UnitClocks visit={visit} head={head} lines={lines} title={l => dutyTitle(hall, language, names, l)} />
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
          <Grading visit={visit} head={head} />
          <OrdersAndUnits visit={visit} head={head} />
          <Reports visit={visit} head={head} />
          <Meetings visit={visit} head={head} />
          <Papers visit={visit} head={head} />
          <AfterCare visit={visit} head={head} />
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
