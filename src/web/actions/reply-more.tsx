/** What happens to a text beside drafting, signing and publishing: kept, checked, confirmed, handed over, sent to an outlet. */
import { publicFiles } from './attachments.tsx';
import { type ReplyCommand, normaliseText } from '#reply';
import { ReplySign } from '../pages/reply-sign.tsx';
import { AnswerShow } from '../pages/answers.tsx';
import { publicAnswers } from '../view/answers.ts';
import { naming } from '../view/naming.ts';
import { type Act, goWith, type Posted, type Show } from '../visiting.tsx';
import { missingPage } from './in-case.tsx';
import { type At, at, run } from './replies.tsx';

/** The page a leader signs on. */
export const showSign: Show = (visit, counts) => {
  const place = at(visit);
  return place?.document ? (
    <ReplySign visit={visit} counts={counts} head={place.head} document={place.document} />
  ) : (
    missingPage(visit)
  );
};

/** Exactly the page the public will see, before anybody does. */
export const preview: Show = async visit => {
  const place = at(visit);
  const newest = place?.document?.versions.at(-1);
  if (!place || !newest) return missingPage(visit);
  const { hall, w, language, user, c } = visit;
  const settings = await visit.house.desk.settings.read();
  const known = publicAnswers(hall, w, language).filter(a => a.caseKey === place.head.key);
  const base = `/cases/${place.head.key}/reply/${place.key}`;
  const opened = { at: place.head.openedAt, kind: 'weOpened' as const };
  const first = newest.text.split('\n')[0] ?? '';
  return (
    <AnswerShow
      front={{ c, institution: hall.institution, settings, now: hall.now, preview: base }}
      answer={{
        n: hall.seq + 1,
        at: hall.now,
        title: first,
        opening: first,
        text: newest.text,
        hash: newest.hash,
        speaker: user.office ? naming(hall, language).office(user.office) : w.noOffice,
        caseKey: place.head.key,
        document: place.key,
        corrections: [],
        timeline: [opened, { at: hall.now, kind: 'weAnswered' }],
        kept: [],
      }}
      others={known}
      files={await publicFiles(visit.house, place.key)}
    />
  );
};

/** Approved by word of mouth: entered by who heard it, in the capacity of who said it. */
export const oral: Act = posted => {
  const { visit, text } = posted;
  const place = at(visit);
  if (!place) return missingPage(visit);
  const command: ReplyCommand = {
    do: 'sign',
    case: place.head.key,
    document: place.key,
    textHash: text('hash'),
    as: text('as'),
    oral: true,
  };
  return run(posted, place, command, visit.w.oralRecorded);
};

function commandOf(posted: Posted, place: At): ReplyCommand | undefined {
  const { text, all, visit } = posted;
  const about = { case: place.head.key, document: place.key, textHash: text('hash') };
  switch (text('do')) {
    case 'checklist':
      return { do: 'checklist', ...about, checklist: text('checklist'), found: all('found') };
    case 'secrecy': {
      const outcome = (['clear', 'removed', 'blocked'] as const).find(o => o === text('outcome'));
      return outcome && { do: 'secrecy', ...about, outcome, left: normaliseText(posted.sent.get('left')?.[0] ?? '') };
    }
    case 'confirm-oral':
      return { do: 'confirm-oral', ...about, signature: text('signature') };
    case 'hand-over':
      return { do: 'hand-over', ...about, to: text('to') || 'spokesperson' };
    case 'to-outlet':
      return {
        do: 'to-outlet',
        ...about,
        unit: visit.user.office?.unit ?? '',
        outlet: text('outlet'),
        kind: text('kind') || 'full',
      };
    default:
      return undefined;
  }
}
export const check: Act = posted => {
  const { visit } = posted;
  const place = at(visit);
  const command = place && commandOf(posted, place);
  if (!place || !command) return missingPage(visit);
  return run(posted, place, command, visit.w.eventSaved);
};

/** Most characters of one kept form: a page of text is far below. */
const MOST_KEPT = 200_000;
/** The draft of one person, kept on the server until it is saved as a wording; the same press with and without script. */
export const keep: Act = async posted => {
  const { visit, sent, text } = posted;
  const { house, user, c, w } = visit;
  const place = at(visit);
  if (!place) return missingPage(visit);
  const { writing } = house.desk;
  const edit = place.document
    ? `/cases/${place.head.key}/reply/${place.key}/edit`
    : `/cases/${place.head.key}/reply/new?form=${text('form') || 'reply'}`;
  if (text('do') === 'drop') {
    await writing.drop(user.person.code, place.head.key, place.key);
    return goWith(c, edit, w.keptDropped);
  }
  const fields: Record<string, readonly string[]> = {};
  for (const name of ['form', 'text', 'parts', 'mentions', 'topic', 'forUnit', 'unsolved', 'number', 'judgement']) {
    const values = sent.get(name);
    if (values) fields[name] = values;
  }
  if (JSON.stringify(fields).length > MOST_KEPT) return c.text(w.keptTooLong, 413);
  const now = house.desk.now();
  await writing.keep(user.person.code, place.head.key, place.key, { fields, baseHash: text('base'), keptAt: now });
  if (c.req.header('x-kept') === 'script') return c.body(null, 204);
  return goWith(c, edit, w.keptFlash);
};

/** The questions an answer has to meet, and the paragraph that meets each. */
export const questions: Act = async posted => {
  const { visit, text } = posted;
  const { house, c, w } = visit;
  const place = at(visit);
  if (!place?.document) return missingPage(visit);
  const rows = Array.from({ length: MOST_QUESTIONS }, (_, i) => i + 1).flatMap(n => {
    const question = text(`question-${n}`).slice(0, 300);
    const paragraph = Number(text(`paragraph-${n}`));
    return question === '' ? [] : [{ question, ...(paragraph >= 1 && paragraph <= 999 ? { paragraph } : {}) }];
  });
  await house.desk.writing.setQuestions(place.head.key, place.key, rows);
  const open = rows.filter(q => q.paragraph === undefined).length;
  return goWith(
    c,
    `/cases/${place.head.key}/reply/${place.key}#questions`,
    open === 0 ? w.questionsAll(rows.length) : w.questionsOpen(open),
  );
};
const MOST_QUESTIONS = 40;
