/** Texts: drafted, signed, sent back, confirmed, published. The stage decides, the rules judge, the log keeps. */
import {
  decideReply,
  documentsIn,
  NOTICE_FORMS,
  titleAndBody,
  type ReplyCommand,
  type ReplyDocument,
  type ReplyFault,
} from '#reply';
import { createHash } from 'node:crypto';
import { formatInstant } from '#core/calendar';
import { type Office, VOCABULARY } from '#core/log';
import { nextNumber, numberSeries } from '#report';
import type { Visit } from '../context.ts';
import type { AnswerQuestion } from '../ports-writing.ts';
import { waitingFor } from '../view/signing.ts';
import { readReason } from '../acting.ts';
import { type EditGiven, ReplyEdit } from '../pages/reply-edit.tsx';
import { Replies } from '../pages/replies.tsx';
import { Question, ReplyConfirm } from '../pages/reply-confirm.tsx';
import { ReplyShow } from '../pages/reply-show.tsx';
import { type CaseHead, caseHead } from '../view/cases.ts';
import { channelsOf, ownPage, publishingRefusals } from '../view/publishing.ts';
import { documentsOf, documentState } from '../view/texts.ts';
import { publicFiles } from './attachments.tsx';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';

export const textHash = (text: string): string => `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;

export interface At {
  readonly head: CaseHead;
  readonly document: ReplyDocument | undefined;
  readonly key: string;
}
export function at(visit: Visit): At | undefined {
  const head = caseHead(visit.hall, visit.w, visit.c.req.param('case') ?? '');
  const key = visit.c.req.param('document') ?? '';
  if (!head) return undefined;
  return { head, key, document: documentsIn(head.events).find(d => d.key === key) };
}
const missing = (visit: Visit): Response => visit.c.notFound() as Response;

export const list: Show = (visit, counts) => <Replies visit={visit} counts={counts} />;

/** The text of the case: the newest one, or a new draft. */
export const choose: Show = visit => {
  const place = at(visit);
  if (!place) return missing(visit);
  // Whoever is to sign comes to the page that is signed.
  const mine = waitingFor(visit.hall, visit.user.office).find(x => x.caseKey === place.head.key);
  if (mine) return visit.c.redirect(`/cases/${place.head.key}/reply/${mine.document.key}${mine.oral ? '' : '/sign'}`);
  const newest = documentsOf(visit.hall, place.head.key).at(-1);
  return visit.c.redirect(
    newest ? `/cases/${place.head.key}/reply/${newest.key}` : `/cases/${place.head.key}/reply/new`,
  );
};

export const show: Show = async (visit, counts) => {
  const place = at(visit);
  if (!place?.document) return missing(visit);
  const id = visit.c.req.query('refused');
  const last = id === undefined ? undefined : place.head.events.find(e => e.id === id);
  const refused = last
    ? place.head.events
        .filter(e => e.type === 'act.refused' && e.recordedAt === last.recordedAt)
        .map(e => ({ clause: String(e.data['clause']), ...readReason(String(e.data['reason'])) }))
    : [];
  return (
    <ReplyShow
      visit={visit}
      counts={counts}
      head={place.head}
      document={place.document}
      questions={await questionsOf(visit, place)}
      refused={refused}
    />
  );
};

const questionsOf = (visit: Visit, place: At): Promise<readonly AnswerQuestion[]> =>
  visit.house.desk.writing.questions(place.head.key, place.key);

export const showEdit: Show = async (visit, counts) => {
  const place = at(visit);
  if (!place) return missing(visit);
  const { head, document } = place;
  const saved: EditGiven = document
    ? {
        document: document.key,
        form: document.form,
        text: document.versions.at(-1)?.text ?? '',
        parts: document.parts,
        mentions: document.mentions,
        topic: document.topic ?? '',
        forUnit: document.forUnit ?? '',
      }
    : {
        document: freshKey(visit, head, visit.c.req.query('form') ?? 'reply'),
        form: visit.c.req.query('form') ?? 'reply',
        text: '',
        parts: [],
        mentions: [],
        topic: '',
        forUnit: visit.c.req.query('unit') ?? ownUnit(visit, head),
        ...numberOf(visit, visit.c.req.query('form') ?? 'reply'),
      };
  const baseHash = document?.versions.at(-1)?.hash ?? '';
  const kept = await visit.house.desk.writing.kept(visit.user.person.code, head.key, saved.document);
  const given = kept ? withKept(saved, kept.fields) : saved;
  return (
    <ReplyEdit
      visit={visit}
      counts={counts}
      head={head}
      given={given}
      isNew={!document}
      valid={document ? documentState(visit.hall, document).valid : 0}
      published={(document?.publications.length ?? 0) > 0}
      baseHash={baseHash}
      {...(kept ? { kept: { at: kept.keptAt, overtaken: kept.baseHash !== baseHash } } : {})}
    />
  );
};
/** `reply-20263-1`: what it is, the case's number, its place among the texts of the case. */
const freshKey = (visit: Visit, head: CaseHead, form: string): string =>
  `${/^[a-z][a-z0-9-]*$/.test(form) ? form : 'reply'}-${head.number.replaceAll(/\D+/g, '')}-${documentsOf(visit.hall, head.key).length + 1}`;
/** A unit that answers for itself drafts for itself; else the responsible one. */
const ownUnit = (visit: Visit, head: CaseHead): string => {
  const unit = visit.user.office?.unit ?? '';
  return head.concerns.includes(unit) ? unit : (head.responsible ?? '');
};
function numberOf(visit: Visit, form: string): { readonly number?: string } {
  if (!(NOTICE_FORMS as readonly string[]).includes(form)) return {};
  const series = numberSeries({ type: 'notice.drawn-up', data: { kind: form, form: '' } });
  return series ? { number: nextNumber(visit.hall.events, series, formatInstant(visit.hall.now)) } : {};
}
const withKept = (saved: EditGiven, fields: Readonly<Record<string, readonly string[]>>): EditGiven => {
  const one = (name: string, other: string): string => fields[name]?.[0] ?? other;
  return {
    document: saved.document,
    form: one('form', saved.form),
    text: one('text', saved.text),
    parts: fields['parts'] ?? [],
    mentions: fields['mentions'] ?? [],
    topic: one('topic', saved.topic),
    forUnit: one('forUnit', saved.forUnit),
    unsolved: one('unsolved', '') === 'true',
    number: one('number', saved.number ?? ''),
    judgement: one('judgement', saved.judgement ?? ''),
  };
};

const FAULTS: Readonly<Record<ReplyFault, (w: Visit['w']) => string>> = {
  'no-text': w => w.draftEmpty,
  'same-text': w => w.draftSame,
  'no-document': w => w.notFoundTitle,
  'changed-since': w => w.formOld,
  'no-reason': w => w.fieldMissing(w.withholdReason),
  'already-signed': w => w.formOld,
  'too-late': w => w.takeBackLate,
  'nothing-removed': w => w.secrecyNothing,
  'no-outlet': w => w.outletNone,
};

/** Runs one command; a refusal is stored and shown on the page of the text. */
export async function run(
  posted: Posted,
  place: At,
  command: ReplyCommand,
  said: string,
  back = '',
): Promise<Response> {
  const { visit } = posted;
  const { house, user, c, w } = visit;
  const base = `/cases/${place.head.key}/reply/${place.key}`;
  const problem = async (text: string): Promise<Response> => {
    const hall = await house.keeper.look();
    const counts = await countsOf(visit);
    const fresh = { ...visit, hall };
    if (command.do === 'draft') {
      const given: EditGiven = { ...command, topic: command.topic ?? '', forUnit: command.forUnit ?? '' };
      return c.html(
        <ReplyEdit
          visit={fresh}
          counts={counts}
          head={place.head}
          given={given}
          isNew={!place.document}
          valid={0}
          published={false}
          baseHash={posted.text('base')}
          problem={text}
        />,
        422,
      );
    }
    if (!place.document) return missing(visit);
    return c.html(
      <ReplyShow
        visit={fresh}
        counts={counts}
        head={place.head}
        document={place.document}
        questions={await questionsOf(visit, place)}
        problem={text}
      />,
      422,
    );
  };
  if (!user.office) return problem(w.noOffice);
  const outcome = await house.actor.act(user.office, hall => {
    const decided = decideReply(command, { events: hall.byCase.get(command.case) ?? [], hash: textHash });
    return 'fault' in decided ? { faults: [FAULTS[decided.fault](w)] } : decided.append;
  });
  if (outcome.kind === 'invalid') return problem(outcome.faults.join(' '));
  if (outcome.kind === 'refused') {
    const hall = await house.keeper.look();
    const last = hall.events.findLast(e => e.type === 'act.refused');
    return c.redirect(`${base}${back}?refused=${last?.id ?? ''}&act=${String(last?.data['type'] ?? '')}`, 303);
  }
  // What is saved as a wording need not be kept any longer.
  if (command.do === 'draft') await house.desk.writing.drop(user.person.code, place.head.key, place.key);
  return goWith(c, `${base}${back}`, said);
}

export const draft: Act = posted => {
  const { visit, text, all, sent } = posted;
  const place = at(visit);
  if (!place) return missing(visit);
  const command: ReplyCommand = {
    do: 'draft',
    case: place.head.key,
    document: place.key,
    form: text('form') || 'reply',
    text: sent.get('text')?.[0] ?? '',
    parts: all('parts'),
    mentions: all('mentions'),
    ...(text('topic') === '' ? {} : { topic: text('topic') }),
    ...(text('forUnit') === '' ? {} : { forUnit: text('forUnit') }),
    ...(text('unsolved') === 'true' ? { unsolved: true } : {}),
    ...(text('number') === '' ? {} : { number: text('number') }),
    ...(text('judgement') === '' ? {} : { judgement: text('judgement') }),
  };
  return run(posted, place, command, visit.w.draftVersion((place.document?.versions.length ?? 0) + 1));
};

export const sign: Act = posted => {
  const { visit, text } = posted;
  const place = at(visit);
  if (!place) return missing(visit);
  const { w } = visit;
  const about = { case: place.head.key, document: place.key, textHash: text('hash'), as: text('as') };
  // From the page for signing one comes back to it: the next half minute it offers to take the signature back.
  const back = text('page') === 'sign' ? '/sign' : '';
  switch (text('do')) {
    case 'withhold':
      return run(posted, place, { do: 'withhold', ...about, reason: text('reason') }, w.withhold);
    case 'take-back':
      return run(
        posted,
        place,
        { do: 'take-back', ...about, reason: w.takeBackReason, now: visit.house.desk.now() },
        w.takenBack,
        '/sign',
      );
    default:
      return run(
        posted,
        place,
        { do: 'sign', ...about, ...(text('number') === '' ? {} : { number: text('number') }) },
        w.savedFlash(w.signThis),
        back,
      );
  }
};

export const confirm: Act = posted => {
  const { visit, text } = posted;
  const place = at(visit);
  if (!place) return missing(visit);
  return run(
    posted,
    place,
    { do: 'confirm', case: place.head.key, document: place.key, textHash: text('hash'), agency: text('agency') },
    visit.w.savedFlash(visit.w.confirmTitle),
  );
};

export const override: Act = posted => {
  const { visit, text } = posted;
  const place = at(visit);
  if (!place) return missing(visit);
  return run(
    posted,
    place,
    {
      do: 'override',
      case: place.head.key,
      document: place.key,
      textHash: text('hash'),
      lint: text('lint'),
      reason: text('reason'),
    },
    visit.w.lintKept,
  );
};

/** What the public will see, where and under whose name, before it does. An older wording than the newest is never asked about. */
export const showPublish: Show = async (visit, counts) => {
  const place = at(visit);
  const newest = place?.document?.versions.at(-1);
  if (!place?.document || !newest) return missing(visit);
  const { hall, user, c, w } = visit;
  const base = `/cases/${place.head.key}/reply/${place.key}`;
  const asked = c.req.query('hash');
  if (asked !== undefined && asked !== newest.hash) return goWith(c, base, w.formOld);
  const kinds = VOCABULARY.get('publication.made')?.byName.get('kind')?.values ?? [];
  const known = new Set(channelsOf(hall));
  const chosen = {
    kind: kinds.find(k => k === c.req.query('kind')) ?? 'reply',
    disclosureRef: (c.req.query('disclosureRef') ?? '').trim().slice(0, 200),
    crossLinks: (c.req.queries('crossLinks') ?? []).filter(x => known.has(x)),
  };
  const { office } = user;
  const said = new Map(
    Object.entries({
      hash: newest.hash,
      channel: ownPage(hall),
      kind: chosen.kind,
      disclosureRef: chosen.disclosureRef,
    }),
  );
  const command =
    office &&
    publication(
      place,
      { text: name => said.get(name) ?? '' },
      await questionsOf(visit, place),
      office,
      chosen.crossLinks,
    );
  const shown = {
    visit,
    head: place.head,
    document: place.document,
    newest,
    chosen,
    files: await publicFiles(visit.house, place.key),
    refusals: command ? publishingRefusals(hall, command, office) : [],
  };
  return c.req.query('part') === 'confirm' ? <Question {...shown} /> : <ReplyConfirm {...shown} counts={counts} />;
};

export const publish: Act = async posted => {
  const { visit, all } = posted;
  const place = at(visit);
  const office = visit.user.office;
  if (!place || !office) return missing(visit);
  return run(
    posted,
    place,
    publication(place, posted, await questionsOf(visit, place), office, all('crossLinks')),
    visit.w.publishedHere(''),
  );
};

/** What a publication says, with how many questions were raised and how many this wording answers. */
export function publication(
  place: At,
  { text }: Pick<Posted, 'text'>,
  questions: readonly AnswerQuestion[],
  speaker: Office,
  crossLinks: readonly string[],
): Extract<ReplyCommand, { do: 'publish' }> {
  const version = place.document?.versions.find(v => v.hash === text('hash'));
  const paragraphs = version ? titleAndBody(version.text).paragraphs.length : 0;
  return {
    do: 'publish',
    case: place.head.key,
    document: place.key,
    textHash: text('hash'),
    channel: text('channel'),
    kind: text('kind') || 'reply',
    speaker,
    crossLinks: crossLinks.filter(x => x !== text('channel')),
    ...(text('disclosureRef') === '' ? {} : { disclosureRef: text('disclosureRef') }),
    ...(text('url') === '' ? {} : { url: text('url') }),
    ...(questions.length === 0
      ? {}
      : {
          questions: questions.length,
          answered: questions.filter(q => q.paragraph !== undefined && q.paragraph <= paragraphs).length,
        }),
  };
}
