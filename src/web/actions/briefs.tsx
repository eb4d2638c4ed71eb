/** Briefs on the desk: drafted from the log, put into own words, signed, issued, sent, handed out as Word and PDF. */
import { formatInstant } from '#core/calendar';
import {
  BRIEF_KINDS,
  BRIEF_TITLES,
  type BriefCommand,
  type BriefFault,
  type BriefKey,
  briefsIn,
  changesOf,
  decideBrief,
  documentOf,
  figuresOf,
  NEXT,
  ofCase,
  OPENING,
  readDocument,
  readText,
  sectionOf,
  spanAround,
  writeText,
} from '#report';
import type { Paper } from '#core/paper';
import type { Visit } from '../context.ts';
import { BriefBehind, BriefList, BriefShow } from '../pages/briefs.tsx';
import { capacitiesOf } from '../permissions.ts';
import { briefMaterial, briefSigners, upwardBodies } from '../view/briefs.ts';
import { paperNames } from '../view/paper-names.ts';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';
import { draftNow, keptOf, shownOf } from './briefs-shown.ts';
import { dressOf, wordOf } from './paper-dress.ts';
import { handOut } from './papers.tsx';
import { textHash } from './replies.tsx';

const aboutOf = (visit: Visit): BriefKey | undefined => {
  const about = readDocument(visit.c.req.param('document') ?? '');
  return about?.case !== undefined && !visit.hall.byCase.has(about.case) ? undefined : about;
};
/** Capacities in which this office may sign such a brief. */
export function signsAs(visit: Visit, about: BriefKey): readonly string[] {
  const { hall, user } = visit;
  if (!user.office) return [];
  const own = capacitiesOf(hall, user.office);
  const wanted = briefSigners(hall, about.kind);
  if (wanted.length > 0) return wanted.filter(c => own.includes(c));
  if (own.length > 0) return own;
  return user.office.role === 'head' || user.office.role === 'deputy' ? [user.office.role] : [];
}

export const list: Show = (visit, counts) => (
  <BriefList visit={visit} counts={counts} briefs={briefsIn(visit.hall.events)} />
);

/** From a kind and a day of it to the brief itself. */
export const begin: Show = visit => {
  const { c, hall } = visit;
  const kind = BRIEF_KINDS.find(k => k === c.req.query('kind')) ?? 'daily';
  const day = c.req.query('day') ?? '';
  const date = /^20\d\d-\d\d-\d\d$/.test(day) ? day : formatInstant(hall.now).slice(0, 10);
  const about = ofCase(kind)
    ? { kind, from: date, to: date, case: c.req.query('case') ?? '' }
    : { kind, ...spanAround(kind, date) };
  if (ofCase(kind) && !hall.byCase.has(about.case ?? '')) return c.notFound() as Response;
  if (!readDocument(documentOf(about))) return c.notFound() as Response;
  return c.redirect(`/briefs/${documentOf(about)}`);
};

async function showPage(
  visit: Visit,
  problems: readonly string[] = [],
  own?: { opening: string; next: string },
): Promise<Response> {
  const { c, house } = visit;
  const about = aboutOf(visit);
  if (!about) return c.notFound() as Response;
  const { brief, paper, kept, known } = await shownOf(visit, about);
  const names = paperNames(visit.hall);
  const remade = kept ? readText(writeText((await draftNow(visit, about, {})).text)) : brief.read;
  const counts = await countsOf(visit);
  return c.html(
    <BriefShow
      visit={visit}
      counts={counts}
      brief={brief}
      kept={kept}
      paper={paper}
      dress={await dressOf(visit, paper)}
      figures={figuresOf(briefMaterial(visit.hall, about, known, undefined), names, about)}
      changes={kept ? changesOf(brief.read, remade) : []}
      own={own ?? { opening: sectionOf(brief.read, OPENING), next: sectionOf(brief.read, NEXT) }}
      signsAs={signsAs(visit, about)}
      pdf={house.desk.papers.pdf !== undefined}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  );
}
export const show: Show = visit => showPage(visit);

export const behind: Show = async (visit, counts) => {
  const about = aboutOf(visit);
  if (!about) return visit.c.notFound() as Response;
  const { brief, known } = await shownOf(visit, about);
  const figures = figuresOf(briefMaterial(visit.hall, about, known, undefined), paperNames(visit.hall), about);
  const figure = figures.find(f => f.key === visit.c.req.param('figure'));
  if (!figure) return visit.c.notFound() as Response;
  return <BriefBehind visit={visit} counts={counts} brief={brief} figure={figure} />;
};

const FAULTS: Readonly<Record<BriefFault, (w: Visit['w']) => string>> = {
  'no-document': w => w.notFoundTitle,
  'no-text': w => w.draftEmpty,
  'same-text': w => w.draftSame,
  'changed-since': w => w.formOld,
  'no-reason': w => w.fieldMissing(w.withholdReason),
  'not-signed': w => w.briefNotSigned,
  'already-signed': w => w.formOld,
  'already-issued': w => w.briefAlready,
  'not-issued': w => w.formOld,
  nobody: w => w.briefNobody,
  'not-sent': w => w.formOld,
};
const LONGEST = 20_000;

export const change: Act = async posted => {
  const { visit, text } = posted;
  const { house, user, c, w } = visit;
  const about = aboutOf(visit);
  if (!about) return c.notFound() as Response;
  const { office } = user;
  if (!office) return showPage(visit, [w.noOffice]);
  const command = await commandOf(posted, about);
  if ('problem' in command) return showPage(visit, [command.problem], { opening: text('opening'), next: text('next') });
  const outcome = await house.actor.act(office, now => {
    const decided = decideBrief(command, { events: now.events, hash: textHash });
    return 'fault' in decided ? { faults: [FAULTS[decided.fault](w)] } : decided.append;
  });
  const own = command.do === 'draft' ? { opening: text('opening'), next: text('next') } : undefined;
  if (outcome.kind === 'invalid') return showPage(visit, outcome.faults, own);
  if (outcome.kind === 'refused')
    return showPage(
      visit,
      outcome.refused.map(r => r.reason),
    );
  if (command.do === 'send') {
    const brief = keptOf(visit, command.document);
    if (brief) {
      await house.desk.notices.tell({
        key: outcome.events[0]?.id ?? command.document,
        offices: command.to.flatMap(unit => officesIn(visit, unit)),
        subject: `${BRIEF_TITLES[brief.about.kind]}${brief.number ?? ''}`,
        text: sectionOf(brief.read, OPENING),
        path: `/briefs/${command.document}`,
      });
    }
  }
  return goWith(c, `/briefs/${command.document}`, w.savedFlash(saidOf(visit, command.do)));
};
const saidOf = ({ w }: Visit, what: BriefCommand['do']): string =>
  ({
    draft: w.briefKeep,
    file: w.briefFile,
    sign: w.briefSign,
    withhold: w.briefWithhold,
    issue: w.briefIssue,
    send: w.briefSend,
    receive: w.briefReceived,
  })[what];
/** The head of a unit; where it has none, every office of it. */
function officesIn({ hall }: Visit, unit: string): readonly { readonly unit: string; readonly role: string }[] {
  const own = hall.institution.setup.roles.filter(r => r.unit === unit);
  const heads = own.filter(r => r.role === 'head');
  return (heads.length > 0 ? heads : own).map(r => ({ unit: r.unit, role: r.role }));
}

async function commandOf(
  { visit, text, all, sent }: Posted,
  about: BriefKey,
): Promise<BriefCommand | { readonly problem: string }> {
  const { w, hall, user } = visit;
  const document = documentOf(about);
  const textHash = text('hash');
  const as = text('as');
  switch (text('do')) {
    case 'file':
    case 'draft': {
      const opening = (sent.get('opening')?.[0] ?? '').trim();
      const next = (sent.get('next')?.[0] ?? '').trim();
      const drafted = await draftNow(visit, about, { ...(opening === '' ? {} : { opening }), next });
      const whole = writeText(drafted.text);
      if (whole.length > LONGEST) return { problem: w.briefTooLong };
      if (text('do') === 'draft') return { do: 'draft', document, text: whole };
      const found = figuresOf(briefMaterial(hall, about, hall.now, undefined), paperNames(hall), about).find(
        f => f.key === 'findings',
      );
      return {
        do: 'file',
        document,
        text: whole,
        unit: user.office?.unit ?? 'institution',
        found: found?.behind.length ?? 0,
      };
    }
    case 'sign':
      if (!signsAs(visit, about).includes(as)) return { problem: w.briefMayNotSign };
      return { do: 'sign', document, textHash, as, at: formatInstant(hall.now) };
    case 'withhold':
      if (!signsAs(visit, about).includes(as)) return { problem: w.briefMayNotSign };
      return { do: 'withhold', document, textHash, as, reason: text('reason') };
    case 'issue': {
      const material = briefMaterial(hall, about, hall.now, undefined);
      const figures = figuresOf(material, paperNames(hall), about);
      const behind = (key: string) => figures.find(f => f.key === key)?.behind ?? [];
      const cases =
        about.case === undefined
          ? [...behind('standing'), ...behind('closed')].flatMap(b => b.case ?? [])
          : [about.case];
      return {
        do: 'issue',
        document,
        textHash,
        unit: user.office?.unit ?? 'institution',
        cases: [...new Set(cases)],
        wanted: briefSigners(hall, about.kind),
        tabledAt: all('tabledAt'),
        upTo: all('upTo').filter(b => upwardBodies(hall).includes(b)),
      };
    }
    case 'send':
      return { do: 'send', document, to: all('to').filter(u => hall.book.org.isUnit(u)) };
    case 'receive':
      return { do: 'receive', document, unit: user.office?.unit ?? '' };
    default:
      return { problem: w.formOld };
  }
}

const made = async (visit: Visit): Promise<Paper | undefined> => {
  const about = aboutOf(visit);
  return about && (await shownOf(visit, about)).paper;
};
export const word: Show = async visit => {
  const paper = await made(visit);
  const bytes = paper && (await wordOf(visit, paper));
  if (!paper || !bytes) return visit.c.notFound() as Response;
  return handOut(visit, paper, bytes, 'docx');
};
export const pdf: Show = async visit => {
  const paper = await made(visit);
  const { papers } = visit.house.desk;
  if (!paper || !papers.pdf) return visit.c.notFound() as Response;
  return handOut(visit, paper, await papers.pdf(paper, {}), 'pdf');
};
