/** Cases listed and shown; any fact of the vocabulary entered through the form that fits it. */
import { type GradeProposal, gradeProposal } from '../view/grade-proposal.ts';
import { GradeReasons, sayGrade } from '../parts/grade-reasons.tsx';
import { readFields, type Sent } from '#case';
import { NOTICE_FORMS } from '#reply';
import { VOCABULARY } from '#core/log';
import type { Proposal } from '../acting.ts';
import type { Visit } from '../context.ts';
import { ActForm } from '../pages/act-form.tsx';
import { CaseList } from '../pages/cases.tsx';
import { CaseShow } from '../pages/case-show.tsx';
import type { FieldContext } from '../parts/fields.tsx';
import { type CaseHead, caseHead } from '../view/cases.ts';
import { answersFor } from '../view/responsibility.ts';
import { documentsOf } from '../view/texts.ts';
import { proposed } from './proposed.ts';
import { textHash } from './replies.tsx';
import { inputMoment, momentOfInput } from '../view/times.ts';
import { type Act, countsOf, goWith, type Show } from '../visiting.tsx';
import { eventLabel, fieldLabel } from '../words/index.ts';

export const list: Show = (visit, counts) => <CaseList visit={visit} counts={counts} />;
export const show: Show = (visit, counts) => {
  const head = caseHead(visit.hall, visit.w, visit.c.req.param('case') ?? '');
  if (!head) return visit.c.notFound() as Response;
  const attempted = visit.c.req.query('refused');
  return <CaseShow visit={visit} counts={counts} head={head} {...(attempted === undefined ? {} : { attempted })} />;
};

/** Facts that a form cannot take or that have pages of their own. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'draft.written': 'reply',
  'signature.given': 'reply',
  'publication.made': 'reply',
  'notice.drawn-up': 'reply/new?form=notice',
  'instruction.received': 'orders',
  'instruction.item-done': 'orders',
  'instruction.item-declined': 'orders',
  'instruction.closed': 'orders',
  'release-plan.made': 'events',
};

/** A notice of the kind that was asked for is drawn up as a text of that kind. */
function placeOf(visit: Visit, place: string): string {
  const kind = visit.c.req.query('kind') ?? '';
  return place.startsWith('reply/new') && (NOTICE_FORMS as readonly string[]).includes(kind)
    ? `reply/new?form=${kind}`
    : place;
}
const INSPECTED: ReadonlySet<string> = new Set(['fault.found', 'referral.filed']);

export interface Asked {
  readonly type: string;
  readonly head?: CaseHead;
}
/** What the address asks for; `missing` where there is no such type or case. */
function asked(visit: Visit): Asked | Response | 'missing' {
  const type = visit.c.req.param('type') ?? '';
  const key = visit.c.req.param('case');
  if (!VOCABULARY.has(type) || type === 'act.refused') return 'missing';
  // A fault is found where the other side is heard first, and nowhere else.
  if (INSPECTED.has(type)) return visit.c.redirect('/inspection');
  if (key === undefined) return { type };
  const head = caseHead(visit.hall, visit.w, key);
  if (!head) return 'missing';
  const place = ELSEWHERE[type];
  return place === undefined ? { type, head } : visit.c.redirect(`/cases/${key}/${placeOf(visit, place)}`);
}

/** Where nothing else names the unit for an assignment, the responsibility map does. */
async function byTheMap(visit: Visit, { type, head }: Asked, given: Sent): Promise<Sent> {
  if (type !== 'assignment.made' || !head || given.has('to')) return given;
  const { responsibilities = [] } = await visit.house.desk.settings.read();
  const answer = answersFor(responsibilities, head.title);
  return answer ? new Map([...given, ['to', [answer.line.unit]]]) : given;
}

/** A grade is proposed from what can be counted of the case's stories; what somebody has chosen already stays. */
async function byTheCount(
  visit: Visit,
  { type, head }: Asked,
  given: Sent,
): Promise<{ readonly given: Sent; readonly proposal?: GradeProposal }> {
  const scale = given.get('scale')?.[0];
  if (type !== 'classification.set' || !head) return { given };
  const proposal = await gradeProposal(visit, head.key);
  if (!proposal || (scale !== undefined && scale !== '' && scale !== proposal.scale)) return { given };
  const filled = new Map(given);
  if (!given.has('scale')) filled.set('scale', [proposal.scale]);
  if (!given.has('value') && proposal.value !== undefined) filled.set('value', [proposal.value]);
  if (!given.has('reason') && sayGrade(visit, proposal) !== '') filled.set('reason', [sayGrade(visit, proposal)]);
  return { given: filled, proposal };
}

function contextFor(
  visit: Visit,
  { type, head }: Asked,
  given: Sent,
  bad: ReadonlyMap<string, string> = new Map(),
): FieldContext {
  return { visit, type, given, bad, ...(head ? { caseKey: head.key } : {}) };
}

export const showForm: Show = async (visit, counts) => {
  const a = asked(visit);
  if (a === 'missing') return visit.c.notFound();
  if (a instanceof Response) return a;
  const duty = visit.c.req.query('duty');
  const { given, proposal } = await byTheCount(visit, a, await byTheMap(visit, a, proposed(visit, a)));
  return (
    <ActForm
      visit={visit}
      counts={counts}
      context={contextFor(visit, a, given)}
      {...(proposal ? { reasons: <GradeReasons visit={visit} proposal={proposal} /> } : {})}
      problems={[]}
      {...(a.head ? { head: a.head } : {})}
      {...(duty === undefined ? {} : { duty })}
    />
  );
};

export const record: Act = async ({ visit, sent, text }) => {
  const { house, user, w, c, language } = visit;
  const a = asked(visit);
  if (a === 'missing') return visit.c.notFound();
  if (a instanceof Response) return a;
  const again = async (
    problems: readonly string[],
    bad: ReadonlyMap<string, string> = new Map(),
  ): Promise<Response> => {
    const counts = await countsOf(visit);
    return c.html(
      <ActForm
        visit={visit}
        counts={counts}
        context={contextFor(visit, a, sent, bad)}
        problems={problems}
        {...(a.head ? { head: a.head } : {})}
        {...(text('duty-clause') === '' ? {} : { duty: text('duty-clause') })}
      />,
      422,
    );
  };
  if (!user.office) return again([w.noOffice]);
  const read = readFields(a.type, withHash(visit, a, sent));
  if (!read.ok) {
    const bad = new Map(
      read.faults.map(f => [
        f.field,
        f.fault === 'missing'
          ? w.fieldMissing(fieldLabel(language, f.field))
          : w.fieldWrong(fieldLabel(language, f.field)),
      ]),
    );
    return again([...bad.values()], bad);
  }
  const at = text('entry-at') === '' ? undefined : momentOfInput(text('entry-at'));
  // The form shows minutes: an entry of this very minute happened now, not at its beginning.
  const isNow =
    text('entry-at') === '' ||
    at?.slice(0, 16) === momentOfInput(inputMoment(house.desk.now()))?.slice(0, 16) ||
    Date.parse(at ?? '') > house.desk.now();
  const proposal: Proposal = {
    type: a.type,
    ...(a.head ? { case: a.head.key } : {}),
    ...(at === undefined || isNow ? {} : { at }),
    ...(text('entry-late') === '' ? {} : { lateEntryReason: text('entry-late') }),
    data: read.data,
  };
  const outcome = await house.actor.act(user.office, () => [proposal]);
  if (outcome.kind === 'invalid') return again(outcome.faults);
  const back = a.head ? `/cases/${a.head.key}` : a.type === 'media.called' ? '/inbox' : '/desk';
  if (outcome.kind === 'refused' && !a.head) {
    const counts = await countsOf(visit);
    return c.html(
      <ActForm
        visit={visit}
        counts={counts}
        context={contextFor(visit, a, sent)}
        problems={[]}
        refused={outcome.refused}
      />,
      422,
    );
  }
  if (outcome.kind === 'refused') {
    const hall = await house.keeper.look();
    const last = hall.events.findLast(e => e.type === 'act.refused');
    return c.redirect(`${back}?refused=${last?.id ?? ''}`, 303);
  }
  return goWith(c, back, w.savedFlash(eventLabel(language, a.type)));
};

/** A fact about a text is about its newest wording, an explanation is its own text: no hash is typed. */
function withHash(visit: Visit, { type, head }: Asked, sent: Sent): Sent {
  if (!VOCABULARY.get(type)?.byName.has('textHash') || !head) return sent;
  if (type === 'explanation.written')
    return new Map([...sent, ['textHash', [textHash((sent.get('reason')?.[0] ?? '').trim())]]]);
  const key = sent.get('document')?.[0];
  const hash = documentsOf(visit.hall, head.key)
    .find(d => d.key === key)
    ?.versions.at(-1)?.hash;
  return hash === undefined ? sent : new Map([...sent, ['textHash', [hash]]]);
}
