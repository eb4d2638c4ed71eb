/** The public pages: no sign-in, nothing about who spoke, the exact text. */
import type { Handler } from 'hono';
import type { Ask, Env, House } from '../context.ts';
import type { RuleSource } from '#core/text';
import { concernsOf } from '../view/concerns.ts';
import { withoutExclusions } from '../view/rule-text.ts';
import { AnswerList, AnswerShow, type Front, PublicRules } from '../pages/answers.tsx';
import { AnswerSources } from '../pages/answers-sources.tsx';
import { Notice } from '../pages/door.tsx';
import { publicFiles } from './attachments.tsx';
import { type PublicAnswer, publicAnswers } from '../view/answers.ts';

async function front(
  house: House,
  c: Ask,
): Promise<{ readonly front: Front; readonly answers: readonly PublicAnswer[] } | undefined> {
  if (!(await house.desk.institution())) return undefined;
  const hall = await house.keeper.look();
  const settings = await house.desk.settings.read();
  return {
    front: { c, institution: hall.institution, settings, now: hall.now },
    answers: publicAnswers(hall, c.get('w'), c.get('language')),
  };
}
const nothing = (c: Ask): Response | Promise<Response> =>
  c.html(<Notice c={c} title={c.get('w').notFoundTitle} says={c.get('w').answersEmptySays} />, 404);

export const list =
  (house: House): Handler<Env> =>
  async c => {
    const found = await front(house, c);
    return found ? c.html(<AnswerList front={found.front} answers={found.answers} />) : nothing(c);
  };

export const show =
  (house: House): Handler<Env> =>
  async c => {
    const found = await front(house, c);
    const answer = found?.answers.find(a => String(a.n) === c.req.param('n'));
    if (!found || !answer) return nothing(c);
    return c.html(
      <AnswerShow
        front={found.front}
        answer={answer}
        files={await publicFiles(house, answer.document)}
        others={found.answers.filter(a => a.caseKey === answer.caseKey && a.n !== answer.n)}
      />,
    );
  };

/** Which public sources are read, by whom and why: everybody may know. */
export const sources =
  (house: House): Handler<Env> =>
  async c => {
    const found = await front(house, c);
    if (!found) return nothing(c);
    const read = (await house.desk.sources.list()).filter(s => s.state === 'on');
    return c.html(<AnswerSources front={found.front} sources={read} kinds={house.desk.sources.kinds} />);
  };

/** The bytes that were signed: their SHA-256 is the one on the page. */
export const plain =
  (house: House): Handler<Env> =>
  async c => {
    const found = await front(house, c);
    const answer = found?.answers.find(a => String(a.n) === c.req.param('n'));
    if (!answer) return nothing(c);
    return c.body(answer.text, 200, {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="answer-${answer.n}.txt"`,
    });
  };

/** That this answer stands in the log, to be checked without us (docs/specs/event-log.md). */
export const proof =
  (house: House): Handler<Env> =>
  async c => {
    const found = await front(house, c);
    const answer = found?.answers.find(a => String(a.n) === c.req.param('n'));
    const text = answer && (await house.desk.proofs.ofEntry(answer.n));
    if (!answer || text === undefined) return nothing(c);
    return c.body(text, 200, {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="answer-${answer.n}.tlog-proof"`,
    });
  };

/** What we look at, for everybody: the rules that are on, without what they exclude. */
export const rules =
  (house: House): Handler<Env> =>
  async c => {
    const found = await front(house, c);
    if (!found) return nothing(c);
    const on = concernsOf(await house.desk.triage.ruleVersions()).flatMap(r => r.on ?? []);
    return c.html(
      <PublicRules
        front={found.front}
        rules={on.map(v => ({
          title: v.title,
          expression: withoutExclusions(v.body as RuleSource),
          ...(v.onAt === undefined ? {} : { since: v.onAt }),
        }))}
      />,
    );
  };
