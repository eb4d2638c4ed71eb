/** Texts: drafted, signed, sent back, confirmed, published. The stage decides, the rules judge, the log keeps. */
import { decideReply, documentsIn, type ReplyCommand, type ReplyDocument, type ReplyFault } from '#reply';
import { createHash } from 'node:crypto';
import type { Visit } from '../context.ts';
import { readReason } from '../acting.ts';
import { type EditGiven, ReplyEdit } from '../pages/reply-edit.tsx';
import { Replies } from '../pages/replies.tsx';
import { ReplyShow } from '../pages/reply-show.tsx';
import { type CaseHead, caseHead } from '../view/cases.ts';
import { documentsOf, documentState } from '../view/texts.ts';
import { type Act, goWith, type Posted, type Show } from '../visiting.tsx';

export const textHash = (text: string): string => `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;

interface At {
  readonly head: CaseHead;
  readonly document: ReplyDocument | undefined;
  readonly key: string;
}
function at(visit: Visit): At | undefined {
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
  const newest = documentsOf(visit.hall, place.head.key).at(-1);
  return visit.c.redirect(
    newest ? `/cases/${place.head.key}/reply/${newest.key}` : `/cases/${place.head.key}/reply/new`,
  );
};

export const show: Show = (visit, counts) => {
  const place = at(visit);
  if (!place?.document) return missing(visit);
  const id = visit.c.req.query('refused');
  const last = id === undefined ? undefined : place.head.events.find(e => e.id === id);
  const refused = last
    ? place.head.events
        .filter(e => e.type === 'act.refused' && e.recordedAt === last.recordedAt)
        .map(e => ({ clause: String(e.data['clause']), ...readReason(String(e.data['reason'])) }))
    : [];
  return <ReplyShow visit={visit} counts={counts} head={place.head} document={place.document} refused={refused} />;
};

export const showEdit: Show = (visit, counts) => {
  const place = at(visit);
  if (!place) return missing(visit);
  const { head, document } = place;
  const given: EditGiven = document
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
        document: freshKey(visit, head),
        form: visit.c.req.query('form') ?? 'reply',
        text: '',
        parts: [],
        mentions: [],
        topic: '',
        forUnit: head.responsible ?? '',
      };
  return (
    <ReplyEdit
      visit={visit}
      counts={counts}
      head={head}
      given={given}
      isNew={!document}
      valid={document ? documentState(visit.hall, document).valid : 0}
      published={(document?.publications.length ?? 0) > 0}
    />
  );
};
/** `reply-3`: the log's counter makes it new. */
const freshKey = (visit: Visit, head: CaseHead): string =>
  `reply-${head.number.replaceAll(/\D+/g, '')}-${documentsOf(visit.hall, head.key).length + 1}`;

const FAULTS: Readonly<Record<ReplyFault, (w: Visit['w']) => string>> = {
  'no-text': w => w.draftEmpty,
  'same-text': w => w.draftSame,
  'no-document': w => w.notFoundTitle,
  'changed-since': w => w.formOld,
  'no-reason': w => w.fieldMissing(w.withholdReason),
  'already-signed': w => w.formOld,
};

/** Runs one command; a refusal is stored and shown on the page of the text. */
async function run(posted: Posted, place: At, command: ReplyCommand, said: string): Promise<Response> {
  const { visit } = posted;
  const { house, user, c, w } = visit;
  const base = `/cases/${place.head.key}/reply/${place.key}`;
  const problem = async (text: string): Promise<Response> => {
    const hall = await house.keeper.look();
    const counts = { inbox: await house.desk.findings.count('new') };
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
          problem={text}
        />,
        422,
      );
    }
    if (!place.document) return missing(visit);
    return c.html(
      <ReplyShow visit={fresh} counts={counts} head={place.head} document={place.document} problem={text} />,
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
    return c.redirect(`${base}?refused=${hall.events.findLast(e => e.type === 'act.refused')?.id ?? ''}`, 303);
  }
  return goWith(c, base, said);
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
  };
  return run(posted, place, command, visit.w.draftVersion((place.document?.versions.length ?? 0) + 1));
};

export const sign: Act = posted => {
  const { visit, text } = posted;
  const place = at(visit);
  if (!place) return missing(visit);
  const about = { case: place.head.key, document: place.key, textHash: text('hash'), as: text('as') };
  return text('do') === 'withhold'
    ? run(posted, place, { do: 'withhold', ...about, reason: text('reason') }, visit.w.withhold)
    : run(posted, place, { do: 'sign', ...about }, visit.w.savedFlash(visit.w.signThis));
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

export const publish: Act = posted => {
  const { visit, text, all } = posted;
  const place = at(visit);
  const office = visit.user.office;
  if (!place || !office) return missing(visit);
  const command: ReplyCommand = {
    do: 'publish',
    case: place.head.key,
    document: place.key,
    textHash: text('hash'),
    channel: text('channel'),
    kind: text('kind') || 'reply',
    speaker: office,
    crossLinks: all('crossLinks').filter(x => x !== text('channel')),
    ...(text('disclosureRef') === '' ? {} : { disclosureRef: text('disclosureRef') }),
    ...(text('url') === '' ? {} : { url: text('url') }),
  };
  return run(posted, place, command, visit.w.publishedHere(''));
};
