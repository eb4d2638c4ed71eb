/** What the public sees, without signing in: every answer published by name, how long it took, how to check it. */
import { diffTexts, titleAndBody } from '#reply';
import type { Child, FC } from 'hono/jsx';
import type { Ask } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { Shell, Strips } from '../parts/layout.tsx';
import { Empty } from '../parts/small.tsx';
import type { Institution, Settings } from '../ports.ts';
import type { Attachment } from '../ports-attachments.ts';
import { sizeText } from './attachments.tsx';
import type { PublicAnswer } from '../view/answers.ts';
import { dateText, dayText, fullMoment } from '../view/times.ts';
import { spellText } from '../words/index.ts';
import { groups } from './reply-show.tsx';

export interface Front {
  readonly c: Ask;
  readonly institution: Institution;
  readonly settings: Settings;
  readonly now: number;
  /** Where a preview leads back to; absent on the public page itself. */
  readonly preview?: string;
}
export const Frame: FC<{ front: Front; title: string; children: Child }> = ({ front, title, children }) => {
  const { c, institution, settings } = front;
  const w = c.get('w');
  const language = c.get('language');
  return (
    <Shell c={c} title={title} bodyClass="public">
      <a class="skip" href="#main">
        {w.skip}
      </a>
      {institution.practice ? (
        <div class="practice-mark" aria-hidden="true">
          <span>{w.practice.word}</span>
        </div>
      ) : (
        ''
      )}
      <section class="help" aria-label={w.helpNumbers}>
        <div>
          <b>{w.helpFirst}</b>
          {settings.helpNumbers.map(h => (
            <a href={`tel:${h.number}`}>
              <b>{h.number}</b> {h.label[language]}
            </a>
          ))}
        </div>
      </section>
      <header class="ph">
        <div>
          <b>{institution.name[language]}</b>
          <span class="note">{w.publicAnswers}</span>
          <nav aria-label={w.publicAnswers}>
            <a href="/answers" {...(title === w.publicAnswers ? { 'aria-current': 'page' as const } : {})}>
              {w.nav.answers}
            </a>
            <a href="/answers/sources" {...(title === w.src.answersTitle ? { 'aria-current': 'page' as const } : {})}>
              {w.sourcesTitle}
            </a>
            <a href={`?lang=${language === 'zh' ? 'en' : 'zh'}`}>{w.otherLanguage}</a>
          </nav>
        </div>
      </header>
      {front.preview === undefined ? (
        ''
      ) : (
        <div class="strip warn no-print" role="note">
          <div>
            <b>{w.previewStrip}</b>
            <a href={front.preview}>{w.backToText}</a>
          </div>
        </div>
      )}
      <Strips c={c} example={institution.example} />
      {children}
    </Shell>
  );
};

export const AnswerList: FC<{ front: Front; answers: readonly PublicAnswer[] }> = ({ front, answers }) => {
  const { c, now } = front;
  const w = c.get('w');
  const language = c.get('language');
  return (
    <Frame front={front} title={w.publicAnswers}>
      <main class="pub one" id="main">
        <h1>{w.publicAnswers}</h1>
        {answers.length === 0 ? (
          <Empty title={w.answersEmptyTitle} says={w.answersEmptySays} />
        ) : (
          <ol class="ans-list">
            {answers.map(a => (
              <li>
                <time>{dayText(language, dateText(a.at), now)}</time>
                <div>
                  <h2>
                    <a href={`/answers/${a.n}`}>{a.title}</a>
                  </h2>
                  <p>{a.opening}</p>
                  <p class="note">
                    {w.signedBy(a.speaker)}
                    {a.corrections.length > 0
                      ? `，${w.correctedAt(fullMoment(language, a.corrections.at(-1)?.at ?? 0, now))}`
                      : ''}
                  </p>
                </div>
              </li>
            ))}
          </ol>
        )}
        <section>
          <h2>{w.notHere}</h2>
          <p class="note">{w.notHereSays}</p>
          <p>
            <a href="/answers/rules">{w.publicRules}</a>
          </p>
        </section>
      </main>
    </Frame>
  );
};

export const AnswerShow: FC<{
  front: Front;
  answer: PublicAnswer;
  others: readonly PublicAnswer[];
  /** Files that somebody chose to show here. */
  files: readonly Attachment[];
}> = ({ front, answer, others, files }) => {
  const { c, now } = front;
  // A text that is still to come out has no address of its own yet.
  const out = front.preview === undefined;
  const w = c.get('w');
  const language = c.get('language');
  const { title, paragraphs } = titleAndBody(answer.text);
  return (
    <Frame front={front} title={answer.title}>
      <main class="pub" id="main">
        <article>
          <h1>{title || answer.title}</h1>
          <p class="by">
            <span>{w.signedBy(answer.speaker)}</span>
            <span>{fullMoment(language, answer.at, now)}</span>
            <span>{w.answerNumber(`${dateText(answer.at).slice(0, 4)}-${answer.n}`)}</span>
          </p>
          <div class="body">
            {paragraphs.map(p => (
              <p>{p}</p>
            ))}
          </div>
          {answer.corrections.map(k => {
            const diff = diffTexts(answer.text, k.text);
            return (
              <section class="fix">
                <h2>{w.correctedAt(fullMoment(language, k.at, now))}</h2>
                <div class="diff">
                  <div>
                    <h3>{w.originalText}</h3>
                    {diff.changes.map(ch => (
                      <p>{ch.before.map(p => (p.kind === 'removed' ? <del>{p.text}</del> : p.text))}</p>
                    ))}
                  </div>
                  <div>
                    <h3>{w.correctedText}</h3>
                    {diff.changes.map(ch => (
                      <p>{ch.after.map(p => (p.kind === 'added' ? <ins>{p.text}</ins> : p.text))}</p>
                    ))}
                  </div>
                </div>
              </section>
            );
          })}
          {files.length === 0 ? (
            ''
          ) : (
            <section>
              <h2>{w.files.publicTitle}</h2>
              <ul>
                {files.map(f => (
                  <li>
                    <a href={`/answers/${answer.n}/files/${f.id}`}>{f.note || f.name}</a>{' '}
                    <span class="note">
                      {w.files.kinds[f.kind as 'pdf']}，{sizeText(f.size)}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {others.length === 0 ? (
            ''
          ) : (
            <section>
              <h2>{w.moreOfCase}</h2>
              <ul>
                {others.map(o => (
                  <li>
                    <a href={`/answers/${o.n}`}>{o.title}</a>{' '}
                    <span class="note">{fullMoment(language, o.at, now)}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </article>
        <aside class="side">
          <section>
            <h2>{w.howLong}</h2>
            <ol class="timeline">
              {answer.timeline.map(t => (
                <li>
                  {t.kind === 'weAnswered' ? <Hui size="xs" look="done" /> : <i class="sq"></i>}
                  <time>{fullMoment(language, t.at, now)}</time>
                  <span>{t.kind === 'weAnswered' ? <b>{w[t.kind]}</b> : w[t.kind]}</span>
                </li>
              ))}
            </ol>
            {answer.kept.map(k => (
              <p class="kept">
                {w.ruleSays}
                {w.colon}
                {k.rule}
                <br />
                {w.actually}
                {w.colon}
                <b>{spellText(w, k.seconds)}</b>，
                {k.late === undefined ? w.onTime : <span class="tag late">{w.notOnTime(spellText(w, k.late))}</span>}
              </p>
            ))}
          </section>
          <section class="vf" aria-labelledby="vf">
            <h2 id="vf">{w.verifyTitle}</h2>
            <p class="note">{w.verifySays}</p>
            <ol>
              {w.verifySteps.map((s, i) => (
                <li>
                  <span>{i === 0 && out ? <a href={`/answers/${answer.n}/text`}>{s}</a> : s}</span>
                </li>
              ))}
            </ol>
            <div class="stamp">
              SHA-256
              <span class="code hash">{groups(answer.hash)}</span>
              {w.verifyLog(answer.n)}
            </div>
            <p class="note">
              {out ? <a href={`/answers/${answer.n}/proof`}>{w.verifyProof}</a> : w.verifyProof}
              {w.verifyProofSays}
            </p>
          </section>
          <section>
            <h2>{w.notHere}</h2>
            <p class="note">{w.notHereSays}</p>
          </section>
        </aside>
      </main>
    </Frame>
  );
};

/** By which words this body looks at what is public: with their date, without what they exclude. */
export const PublicRules: FC<{
  front: Front;
  rules: readonly { readonly title: string; readonly expression: string; readonly since?: number }[];
}> = ({ front, rules }) => {
  const { c, now } = front;
  const w = c.get('w');
  const language = c.get('language');
  return (
    <Frame front={front} title={w.publicRules}>
      <main class="pub" id="main">
        <h1>{w.publicRules}</h1>
        <p>{w.publicRulesSays}</p>
        {rules.length === 0 ? (
          <Empty title={w.concernsNone} says={w.publicRulesSays} />
        ) : (
          <dl class="public-rules">
            {rules.map(r => (
              <>
                <dt>
                  {r.title}
                  {r.since === undefined ? (
                    ''
                  ) : (
                    <small> {w.publicRulesSince(fullMoment(language, r.since, now))}</small>
                  )}
                </dt>
                <dd class="code">{r.expression}</dd>
              </>
            ))}
          </dl>
        )}
      </main>
    </Frame>
  );
};
