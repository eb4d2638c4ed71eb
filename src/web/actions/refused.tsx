/** A refused act, said on the page it came from: which clause, what is missing, where it can be mended. */
import type { RefusedLine } from '#core/obligations';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Clause } from '../parts/small.tsx';
import { missingThing } from '../view/missing.ts';
import { naming } from '../view/naming.ts';
import { eventLabel } from '../words/index.ts';

export const refusedTitle = (visit: Visit, type: string): string =>
  visit.w.refusedHead(eventLabel(visit.language, type));

export const Refused: FC<{
  visit: Visit;
  type: string;
  refused: readonly Pick<RefusedLine, 'clause' | 'missing' | 'reason'>[];
  caseKey?: string;
  title?: string;
  kept?: boolean;
}> = props => {
  const { visit, type, refused, caseKey, title, kept } = props;
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  return (
    <div class="alert stop sec" role="alert" id="why-not">
      <b>{title ?? refusedTitle(visit, type)}</b>
      <dl>
        {refused.map(line => {
          const clause = hall.rulebook.clauses.find(c => c.id === line.clause);
          return (
            <>
              <dt>{w.basisWord}</dt>
              <dd>
                {clause ? names.prose(clause.prose) : line.reason} <Clause clause={names.clause(line.clause)} />
              </dd>
              {line.missing.length === 0 ? (
                ''
              ) : (
                <>
                  <dt>{w.missingWord}</dt>
                  <dd>
                    <ul>
                      {line.missing.map(m => {
                        const thing = missingThing(hall, language, names, m, caseKey);
                        return <li>{thing.href === undefined ? thing.text : <a href={thing.href}>{thing.text}</a>}</li>;
                      })}
                    </ul>
                  </dd>
                </>
              )}
            </>
          );
        })}
      </dl>
      {kept ? <p class="note">{w.refusedKept}</p> : ''}
    </div>
  );
};

/** The same in one line, for pages that keep a form open. */
export function refusedText(visit: Visit, line: Pick<RefusedLine, 'clause' | 'missing' | 'reason'>): string {
  const { hall, language, w } = visit;
  const names = naming(hall, language);
  const missing = line.missing.map(m => missingThing(hall, language, names, m, undefined).text);
  return `${names.clause(line.clause).article} ${line.clause}${w.colon}${missing.length > 0 ? `${w.missingWord} ${missing.join(w.and)}` : line.reason}`;
}
