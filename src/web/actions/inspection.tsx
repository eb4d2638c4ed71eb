/** The inspector's desk: the only place from which a fault is found, by a person, on grounds, after the other side was heard. */
import { sha256, showHash } from '#core/log';
import type { Paper } from '#core/paper';
import { maskText } from '#watch';
import type { Proposal } from '../acting.ts';
import type { Visit } from '../context.ts';
import {
  Appraise,
  type AppraiseGiven,
  InspectionPaper,
  OtherMatter,
  Refer,
  WordForm,
} from '../pages/inspection-forms.tsx';
import { InspectionMatter } from '../pages/inspection-matter.tsx';
import { Inspection, matterPath } from '../pages/inspection.tsx';
import type { Hearing } from '../ports-inspection.ts';
import { addDays, dateTyped } from '../view/dates.ts';
import { courseOf, isHeard, type Matter, openFaults, sampled } from '../view/inspection.ts';
import { askedMatter, referralPaper, type Span, summaryPaper, yearSheet } from '../view/inspection-papers.ts';
import { naming } from '../view/naming.ts';
import { dateText } from '../view/times.ts';
import { type Act, countsOf, goWith, isResponse, type Posted, type Show } from '../visiting.tsx';
import { wordOf } from './paper-dress.ts';
import { handOut } from './papers.tsx';

const hashOf = (text: string): string => showHash(sha256(new TextEncoder().encode(text)));
/** The first instant after a date, in the institution's zone. */
const endOf = (date: string): number => Date.parse(`${addDays(date, 1)}T00:00:00+08:00`);

async function deskPage(visit: Visit, problem?: string): Promise<Response> {
  const { c, house } = visit;
  const unit = c.req.query('unit');
  return c.html(
    <Inspection
      visit={visit}
      counts={await countsOf(visit)}
      hearings={await house.desk.inspection.hearings()}
      looks={await house.desk.inspection.looks()}
      {...(unit === undefined ? {} : { unit })}
      {...(problem === undefined ? {} : { problem })}
    />,
    problem === undefined ? 200 : 422,
  );
}
export const show: Show = visit => deskPage(visit);

/** A sampled dismissal was looked at again. */
export const look: Act = async ({ visit, text }) => {
  const { c, w, house, hall, user } = visit;
  const { insp } = w;
  const event = sampled(hall).find(e => e.id === text('event'));
  const verdict = text('do') === 'take-up' ? 'take-up' : text('do') === 'fine' ? 'fine' : undefined;
  const note = maskText(text('note')).text;
  if (!user.office) return deskPage(visit, w.noOffice);
  if (!event || !verdict) return deskPage(visit, w.formOld);
  if (note === '') return deskPage(visit, w.fieldMissing(insp.lookNote));
  if (event.by.unit === user.office.unit && event.by.role === user.office.role) return deskPage(visit, insp.lookOwn);
  const { unit, role } = user.office;
  await house.desk.inspection.look({ event: event.id, by: { unit, role }, at: house.desk.now(), verdict, note });
  if (verdict === 'fine') return goWith(c, `/inspection#look-${event.id}`, insp.looked);
  const { findings } = house.desk;
  const kept = (await findings.list({ state: 'dismissed', limit: 2000 })).find(
    f => f.event === event.data['finding'] || f.event === event.id,
  );
  if (kept) await findings.settle(kept.id, { state: 'new' });
  return goWith(c, `/inspection#look-${event.id}`, insp.tookUp);
};

async function asked(visit: Visit): Promise<{ matter: Matter; hearing?: Hearing } | Response> {
  const { c, hall, house, w } = visit;
  const matter = askedMatter(hall, name => c.req.query(name));
  if (matter === 'no-clause') return deskPage(visit, w.insp.clauseWrong);
  if (!matter) return c.notFound();
  const hearing = (await house.desk.inspection.hearings()).find(h => h.duty === matter.key);
  return { matter, ...(hearing ? { hearing } : {}) };
}
async function matterPage(visit: Visit, problems: readonly string[] = [], posted?: Posted): Promise<Response> {
  const found = await asked(visit);
  if (isResponse(found)) return found;
  return visit.c.html(
    <InspectionMatter
      visit={visit}
      counts={await countsOf(visit)}
      {...found}
      problems={problems}
      given={name => posted?.all(name) ?? []}
    />,
    problems.length > 0 ? 422 : 200,
  );
}
export const showMatter: Show = visit => matterPage(visit);

export const act: Act = async posted => {
  const { visit, text } = posted;
  const found = await asked(visit);
  if (isResponse(found)) return found;
  if (!visit.user.office) return matterPage(visit, [visit.w.noOffice]);
  switch (text('do')) {
    case 'ask':
      return ask(posted, found.matter);
    case 'find':
      return find(posted, found.matter, found.hearing);
    case 'lift':
      return lift(posted, found.matter);
    default:
      return matterPage(visit, [visit.w.formOld]);
  }
};

async function ask({ visit, text }: Posted, matter: Matter): Promise<Response> {
  const { c, w, house, hall, user, language } = visit;
  const by = dateTyped(text('by'));
  if (by === undefined || by <= dateText(hall.now)) return matterPage(visit, [w.insp.askPast]);
  const { unit = '', role = '' } = user.office ?? {};
  await house.desk.inspection.ask({
    duty: matter.key,
    unit: matter.unit,
    clause: matter.clause,
    ...(matter.case === undefined ? {} : { case: matter.case }),
    by: { unit, role },
    askedAt: house.desk.now(),
    answerBy: endOf(by),
  });
  await house.desk.notices.tell({
    key: `hearing|${matter.key}`,
    offices: [{ unit: matter.unit, role: 'head' }],
    subject: w.insp.askSubject(matter.clause),
    text: w.insp.askText,
    path: `/inspection/word/${matter.key}`,
  });
  return goWith(c, `${matterPath(matter)}#word`, w.insp.askedFlash(naming(hall, language).unit(matter.unit)));
}

async function find(posted: Posted, matter: Matter, hearing: Hearing | undefined): Promise<Response> {
  const { visit, text, all } = posted;
  const { c, w, house, hall, user } = visit;
  const { insp } = w;
  const { office } = user;
  if (!office) return matterPage(visit, [w.noOffice]);
  if (hall.book.org.within(office.unit, matter.unit)) return matterPage(visit, [insp.findingOwn], posted);
  if (!isHeard(hall, matter, hearing)) return matterPage(visit, [insp.findingWaits], posted);
  const near = new Set(courseOf(hall, matter).flatMap(s => (s.event ? [s.event.id] : [])));
  const evidence = all('evidence').filter(id => near.has(id));
  const reason = maskText(text('reason')).text;
  const problems = [
    ...(text('kind') === '' ? [w.fieldMissing(insp.kind)] : []),
    ...(text('gravity') === '' ? [w.fieldMissing(insp.gravity)] : []),
    ...(evidence.length === 0 ? [insp.evidenceNone] : []),
    ...(reason === '' ? [w.fieldMissing(insp.reason)] : []),
  ];
  if (problems.length > 0) return matterPage(visit, problems, posted);
  const outcome = await house.actor.act(office, () => [
    {
      ...(matter.case === undefined ? {} : { case: matter.case }),
      type: 'fault.found',
      data: {
        kind: text('kind'),
        gravity: text('gravity'),
        unit: matter.unit,
        about: [matter.clause],
        evidence,
        reason,
      },
    },
  ]);
  if (outcome.kind !== 'done')
    return matterPage(visit, outcome.kind === 'invalid' ? outcome.faults : [w.notSaved], posted);
  return goWith(c, `${matterPath(matter)}#finding`, insp.foundFlash);
}

async function lift({ visit, text }: Posted, matter: Matter): Promise<Response> {
  const { c, w, house, user } = visit;
  const { insp } = w;
  const { line } = matter;
  if (!user.office || !line || (line.state !== 'open' && line.state !== 'late'))
    return matterPage(visit, [insp.liftNotOpen]);
  const [reason, authority] = [maskText(text('why')).text, maskText(text('authority')).text];
  if (reason === '') return matterPage(visit, [w.fieldMissing(insp.liftReason)]);
  if (authority === '') return matterPage(visit, [w.fieldMissing(insp.liftAuthority)]);
  const entry: Proposal = {
    ...(matter.case === undefined ? {} : { case: matter.case }),
    type: 'obligation.lifted',
    data: { clause: matter.clause, ...(line.unit === undefined ? {} : { unit: line.unit }), reason, authority },
  };
  const outcome = await house.actor.act(user.office, () => [entry]);
  if (outcome.kind !== 'done') return matterPage(visit, outcome.kind === 'invalid' ? outcome.faults : [w.notSaved]);
  return goWith(c, '/inspection#lifted', insp.liftDone);
}

export const showOther: Show = (visit, counts) => (
  <OtherMatter visit={visit} counts={counts} problems={[]} given={name => visit.c.req.query(name) ?? ''} />
);

async function hearingOf(visit: Visit): Promise<Hearing | undefined> {
  const key = visit.c.req.param('duty');
  return (await visit.house.desk.inspection.hearings()).find(h => h.duty === key);
}
export const showWord: Show = async (visit, counts) => {
  const hearing = await hearingOf(visit);
  return hearing ? (
    <WordForm visit={visit} counts={counts} problems={[]} hearing={hearing} given="" />
  ) : (
    visit.c.notFound()
  );
};
export const giveWord: Act = async ({ visit, text }) => {
  const { c, w, house, hall, user } = visit;
  const hearing = await hearingOf(visit);
  if (!hearing) return c.notFound();
  const again = async (problem: string): Promise<Response> =>
    c.html(
      <WordForm
        visit={visit}
        counts={await countsOf(visit)}
        problems={[problem]}
        hearing={hearing}
        given={text('reason')}
      />,
      422,
    );
  if (!user.office) return again(w.noOffice);
  if (!hall.book.org.within(user.office.unit, hearing.unit)) return again(w.insp.answerNotYours);
  const reason = maskText(text('reason')).text;
  if (reason === '') return again(w.fieldMissing(w.reasonText));
  const outcome = await house.actor.act(user.office, (_hall, ids) => {
    const id = ids();
    return [
      {
        id,
        ...(hearing.case === undefined ? {} : { case: hearing.case }),
        type: 'explanation.written',
        data: {
          about: hearing.clause,
          unit: hearing.unit,
          document: `explanation-${id}`,
          textHash: hashOf(reason),
          reason,
        },
      },
    ];
  });
  if (outcome.kind === 'invalid') return again(outcome.faults.join(' '));
  if (outcome.kind === 'refused') return again(outcome.refused.map(r => r.reason).join(' '));
  return goWith(c, '/desk', w.insp.answered);
};

async function referPage(visit: Visit, problems: readonly string[] = []): Promise<Response> {
  const counts = await countsOf(visit);
  return visit.c.html(
    <Refer visit={visit} counts={counts} problems={problems} faults={openFaults(visit.hall)} />,
    problems.length > 0 ? 422 : 200,
  );
}
export const showRefer: Show = visit => referPage(visit);
export const refer: Act = async ({ visit, text, all }) => {
  const { c, w, house, hall, user } = visit;
  const { insp } = w;
  if (!user.office) return referPage(visit, [w.noOffice]);
  const unit = text('unit');
  const about = openFaults(hall)
    .filter(f => f.data['unit'] === unit && all('about').includes(f.id))
    .map(f => f.id);
  if (about.length === 0) return referPage(visit, [insp.referPick]);
  if (hall.book.org.within(user.office.unit, unit)) return referPage(visit, [insp.findingOwn]);
  const outcomeText = maskText(text('outcome')).text;
  const cases = new Set(about.map(id => hall.byId.get(id)?.case));
  const [only] = cases;
  const outcome = await house.actor.act(user.office, () => [
    {
      ...(cases.size === 1 && only !== undefined ? { case: only } : {}),
      type: 'referral.filed',
      data: { unit, about, ...(outcomeText === '' ? {} : { outcome: outcomeText }) },
    },
  ]);
  if (outcome.kind !== 'done') return referPage(visit, outcome.kind === 'invalid' ? outcome.faults : [w.notSaved]);
  return goWith(c, `/inspection/files/${outcome.events[0]?.id ?? ''}`, insp.referred2);
};

interface Shown {
  readonly paper: Paper;
  readonly base: string;
  readonly span?: Span;
}
function filePaper({ hall, c }: Visit): Shown | undefined {
  const event = hall.byId.get(c.req.param('event') ?? '');
  return event?.type === 'referral.filed'
    ? { paper: referralPaper(hall, event), base: `/inspection/files/${event.id}` }
    : undefined;
}
const SPAN_DAYS = 30;
function summary({ hall, c }: Visit): Shown {
  const today = dateText(hall.now);
  const [from, to] = [dateTyped(c.req.query('from') ?? ''), dateTyped(c.req.query('to') ?? '')];
  const span =
    from !== undefined && to !== undefined && from <= to
      ? { from, to }
      : { from: addDays(today, -SPAN_DAYS), to: today };
  return { paper: summaryPaper(hall, span), base: `/inspection/summary?${new URLSearchParams({ ...span })}`, span };
}
const paperPage =
  (of: (visit: Visit) => Shown | undefined): Show =>
  (visit, counts) => {
    const shown = of(visit);
    const pdf = visit.house.desk.papers.pdf !== undefined;
    return shown ? (
      <InspectionPaper visit={visit} counts={counts} problems={[]} pdf={pdf} {...shown} />
    ) : (
      visit.c.notFound()
    );
  };
const paperFile =
  (of: (visit: Visit) => Shown | undefined, kind: 'docx' | 'pdf'): Show =>
  async visit => {
    const shown = of(visit);
    const { papers } = visit.house.desk;
    const bytes = !shown
      ? undefined
      : kind === 'docx'
        ? await wordOf(visit, shown.paper)
        : await papers.pdf?.(shown.paper, {});
    return shown && bytes ? handOut(visit, shown.paper, bytes, kind) : visit.c.notFound();
  };
export const showFile = paperPage(filePaper);
export const fileWord = paperFile(filePaper, 'docx');
export const filePdf = paperFile(filePaper, 'pdf');
export const showSummary = paperPage(summary);
export const summaryWord = paperFile(summary, 'docx');
export const summaryPdf = paperFile(summary, 'pdf');

const OUTCOMES = ['commended', 'none', 'circular'] as const;
function appraisal(visit: Visit, asked: (name: string) => string): AppraiseGiven {
  const { hall, w, language } = visit;
  const units = hall.institution.setup.units.filter(u => !['institution', 'outside', 'superior'].includes(u.kind));
  const unit = units.find(u => u.key === asked('unit'))?.key ?? units[0]?.key ?? '';
  const year = /^20\d\d$/.test(asked('year')) ? Number(asked('year')) : Number(dateText(hall.now).slice(0, 4));
  const outcome = OUTCOMES.find(o => o === asked('outcome')) ?? 'commended';
  const sheet = Object.fromEntries(Object.entries(yearSheet(hall, unit, year)).map(([k, v]) => [k, String(v)]));
  return { unit, year, outcome, sheet, text: w.insp.textStart[outcome](naming(hall, language).unit(unit), year) };
}
export const showAppraise: Show = (visit, counts) => (
  <Appraise
    visit={visit}
    counts={counts}
    problems={[]}
    given={appraisal(visit, name => visit.c.req.query(name) ?? '')}
  />
);
export const appraise: Act = async ({ visit, text, sent }) => {
  const { c, w, house, hall, user } = visit;
  const { insp } = w;
  const base = appraisal(visit, text);
  const sheet = Object.fromEntries(
    Object.keys(base.sheet).map(key => [key, (sent.get(`sheet.${key}`)?.[0] ?? '').trim()]),
  );
  const words = maskText(text('text')).text;
  const given = { ...base, sheet, text: words };
  const again = async (problem: string): Promise<Response> =>
    c.html(<Appraise visit={visit} counts={await countsOf(visit)} problems={[problem]} given={given} />, 422);
  const { office } = user;
  if (!office) return again(w.noOffice);
  if (given.unit !== text('unit')) return again(w.own.channelUnitWrong);
  if (String(given.year) !== text('year')) return again(insp.yearWrong);
  if (Object.values(sheet).some(v => !/^\d{1,6}$/.test(v))) return again(w.fieldWrong(insp.sheet));
  if (words === '') return again(w.fieldMissing(insp.text));
  if (hall.book.org.within(office.unit, given.unit)) return again(insp.findingOwn);
  const numbers = Object.fromEntries(Object.entries(sheet).map(([k, v]) => [k, Number(v)]));
  const notice = `appraisal-${hall.seq + 1}`;
  const outcome = await house.actor.act(office, () => [
    {
      type: 'appraisal.recorded',
      data: { unit: given.unit, year: given.year, sheet: numbers, outcome: given.outcome },
    },
    { type: 'notice.drawn-up', data: { notice, kind: 'notice', textHash: hashOf(words), judgement: words } },
  ]);
  if (outcome.kind === 'invalid') return again(outcome.faults.join(' '));
  if (outcome.kind === 'refused') return again(outcome.refused.map(r => r.reason).join(' '));
  const sentOut = await house.actor.act(office, () => [
    { type: 'notice.sent', data: { notice, kind: 'notice', to: [given.unit], channels: ['system'] } },
  ]);
  if (sentOut.kind !== 'done') return goWith(c, '/inspection', insp.appraisedNotSent);
  await house.desk.notices.tell({
    key: `appraisal|${notice}`,
    offices: [{ unit: given.unit, role: 'head' }],
    subject: words.slice(0, 60),
    text: words,
    path: '/log',
  });
  return goWith(c, '/inspection', insp.appraised);
};
