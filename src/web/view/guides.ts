/** How a fact is asked for: one sentence of what it does, which of its optional fields are shown at once, which keys nobody types. */
import type { Rulebook } from '#core/rulebook';
import { VOCABULARY } from '#core/log';
import { offeredBy } from './offered.ts';

export interface Guide {
  readonly zh: string;
  readonly en: string;
  /** Optional fields shown beside those that must be filled and those the rulebook looks at. */
  readonly shown?: readonly string[];
}
const guide = (zh: string, en: string, ...shown: readonly string[]): Guide => ({ zh, en, shown });

export const GUIDES: Readonly<Record<string, Guide>> = {
  'classification.set': guide(
    '级别只决定答得多快。勾上符合的标准，写清理由；改级别是新的一笔，原来的留着。',
    'A grade sets only how fast we answer. Tick the criteria that hold and say why; a change is a new entry, the old one stays.',
    'criteria',
    'factors',
    'since',
    'dissent',
  ),
  'facts.verified': guide(
    '同知道情况的单位核对，写结论。没查到原因就不要勾“查到原因”。',
    'Check with those who know. Tick the cause only when it has been found.',
  ),
  'report.made': guide(
    '报到了才记。口头报的写谁接的；几家不同时间报到，分几笔记。',
    'Entered once it was delivered. An oral report names who took it; several recipients at several times are several entries.',
    'takenBy',
    'parts',
  ),
  'notice.received': guide('单位收到了，时限从收到时起算。', 'The unit has it; clocks of receipt start now.'),
  'handling.entered': guide('写做了什么，不写人。', 'What was done; nobody is named.'),
  'meeting.held': guide(
    '写谁召集、谁参加、定了什么。按规章要的几项分开写。',
    'Who convened, who took part, what was agreed, in the parts the regulation asks for.',
    'designates',
  ),
  'decision.made': guide('定什么、结果、理由，三样都要。', 'What was decided, the outcome, the reason: all three.'),
  'consent.given': guide(
    '上报或共享之前，有权的领导同意。写明同意报给谁。',
    'Consent before reporting or sharing; say to whom.',
    'to',
  ),
  'authorisation.given': guide(
    '采访、走访先授权。选好活动和地点。',
    'Interviews and visits are allowed first; choose event and place.',
    'event',
    'place',
  ),
  'evaluation.written': guide(
    '按规章定的几项写，每项写满才算完。',
    'Under the heads the regulation fixes; each must be filled.',
  ),
  'satisfaction.asked': guide(
    '问过一轮记一轮。不满意就补充再答，再问一轮。',
    'One entry a round. Not satisfied: supplement the answer, ask again.',
  ),
  'archive.bundled': guide('把归档的几类材料勾上。', 'Tick the kinds of material that are in the bundle.'),
  'filing.made': guide(
    '勾上报备的文件，写报给谁。逾期的附书面说明。',
    'Tick the documents filed and with whom; when late, with the written explanation.',
    'about',
  ),
  'explanation.written': guide(
    '逾期的书面说明：对应哪一条，为什么。存好后到“答复”页签字。',
    'Written explanation of lateness: which clause, and why. It is signed on its page.',
  ),
  'calm.declared': guide(
    '没有新的来信来电和报道了，写一句依据。',
    'Nothing new is coming in; one sentence on what that rests on.',
  ),
  'case.closed': guide(
    '还缺什么写在案件页上。缺着也可以试，规则会说缺哪一条。',
    'What is missing stands on the case page; the rules say so again.',
  ),
  'case.reopened': guide(
    '又出现了，或者办得不对，写理由重新立起来。',
    'It came back, or was put right wrongly: say why.',
  ),
  'case.joined': guide('并到另一件，说明为什么是一件事。', 'It becomes part of another case; say why they are one.'),
  'case.split': guide('分出一件不同的事，原件继续办。', 'A separate matter leaves; this case goes on.'),
  'recurrence.watched': guide('看过一轮，有没有再起来。', 'One look whether it flares up again.'),
  'press-event.planned': guide(
    '先定形式、主题和材料，再会签、授权、举行。',
    'Form, topic and pack first; then signatures, authorisation, the event.',
    'pack',
  ),
  'press-event.held': guide(
    '办完再记。谁主讲、带了哪些材料、有没有权威信息。',
    'Entered when it took place: who spoke, which papers, whether authoritative.',
    'pack',
    'place',
    'authoritative',
  ),
  'assignment.made': guide(
    '交给哪个单位，作什么。交完对方可以签收，也可以写理由退回。',
    'To which unit, as what. The unit takes it or sends it back with a reason.',
    'role',
    'why',
  ),
  'media.called': guide(
    '只记媒体和事由。不记记者姓名和手机。',
    'Outlet and matter only; no name or number of a reporter.',
  ),
  'track.finished': guide('哪一轨办完了，勾上依据。', 'Which track is done, and on what that rests.'),
  'reception.held': guide('只记联系过几位、用什么方式，不记是谁。', 'How many and in what way, never who.'),
  'mechanism.started': guide('启动应对处置程序。', 'The response procedure starts.'),
  'stage.reached': guide(
    '到了哪一步。跳过一步要写理由。',
    'Which stage was reached; skipping one needs a reason.',
    'skipReason',
  ),
  'obligation.lifted': guide('由别的办公室免除一项职责，写依据。', 'Another office lifts a duty; on whose authority.'),
  'first-public-item.fixed': guide(
    '首发时间往前改，写出处和理由。',
    'The first public item was earlier: where, and why.',
  ),
  'incident.occurred': guide(
    '线下发生了什么。时间填发生的时间，不是知道的时间。',
    'What happened offline. The time is when it happened, not when we learned.',
  ),
  'arrival.recorded': guide('谁到了现场，什么时候。', 'Which office reached the scene, and when.'),
  'proposal.made': guide('提一个办法，等决定。', 'A way of handling is proposed.'),
  'outside-rule.confirmed': guide(
    '同归口单位核对过那份外部规则的这一步。',
    'Confirmed with its owner that the step of the outside rule was taken.',
  ),
};

/** Keys that only tie entries together: filled in by the page, never typed where there is nothing to choose. */
const TIES: Readonly<Record<string, readonly string[]>> = {
  'instruction.received': ['instruction'],
  'press-event.planned': ['event'],
  'decision.proposed': ['decision'],
  'risk.registered': ['risk'],
  'explanation.written': ['document'],
  'case.split': ['new'],
};
/** Types whose event, notice or decision is a new one where the case has none. */
const TIES_IF_NEW: Readonly<Record<string, readonly string[]>> = {
  'press-event.held': ['event'],
  'authorisation.given': ['event'],
  'notice.drawn-up': ['notice'],
  'notice.sent': ['notice'],
  'risk.assessed': ['decision'],
};
export const isTie = (type: string, field: string, hasChoices: boolean): boolean =>
  (TIES[type]?.includes(field) ?? false) || (!hasChoices && (TIES_IF_NEW[type]?.includes(field) ?? false));
export const tiesOf = (type: string): readonly string[] => [...(TIES[type] ?? []), ...(TIES_IF_NEW[type] ?? [])];

/** Fields of a type that are shown at once; the others wait behind a fold. */
export function shownFields(rulebook: Rulebook, type: string): ReadonlySet<string> {
  const looked = offeredBy(rulebook).fields(type);
  const own = GUIDES[type]?.shown ?? [];
  return new Set(
    (VOCABULARY.get(type)?.fields ?? [])
      .filter(f => !f.optional || looked.has(f.name) || own.includes(f.name))
      .map(f => f.name),
  );
}
