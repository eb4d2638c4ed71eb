/** The public list of what is read: outlets, authorities, public boards and searches, each with its purpose and who answers for it. */
import type { FC } from 'hono/jsx';
import type { SourceKind } from '#watch';
import { Empty } from '../parts/small.tsx';
import { SOURCE_CLASSES, type Source } from '../ports-sources.ts';
import { Frame, type Front } from './answers.tsx';

export const AnswerSources: FC<{ front: Front; sources: readonly Source[]; kinds: readonly SourceKind[] }> = ({
  front,
  sources,
  kinds,
}) => {
  const w = front.c.get('w');
  const language = front.c.get('language');
  const names = front.institution.names;
  return (
    <Frame front={front} title={w.src.answersTitle}>
      <main class="pub one" id="main">
        <h1>{w.src.answersTitle}</h1>
        <p>{w.src.answersSays}</p>
        {sources.length === 0 ? <Empty title={w.src.answersNone} says={w.notHereSays} /> : ''}
        {SOURCE_CLASSES.map(c => {
          const here = sources.filter(s => s.class === c);
          return here.length === 0 ? (
            ''
          ) : (
            <section>
              <h2>{w.src.classes[c]}</h2>
              <ul class="src-public">
                {here.map(s => (
                  <li>
                    <b>{s.title}</b>
                    <span class="note">
                      {kinds.find(k => k.kind === s.kind)?.title[language] ?? s.kind}
                      {w.src.comma}
                      {w.src.reaches[s.reach]}
                    </span>
                    <span>
                      {w.src.answersPurpose}
                      {w.colon}
                      {s.purpose}
                    </span>
                    <span class="note">
                      {w.src.answersOwner}
                      {w.colon}
                      {names[s.ownerUnit]?.[language] ?? s.ownerUnit}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </main>
    </Frame>
  );
};
