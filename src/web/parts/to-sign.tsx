/** Texts that wait for this office's signature: one tap from the desk to the page that is signed. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { caseHead } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { waitingFor } from '../view/signing.ts';
import { Hui } from './hui.tsx';

export const ToSign: FC<{ visit: Visit }> = ({ visit }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const waiting = waitingFor(hall, user.office);
  if (waiting.length === 0) return <></>;
  return (
    <section class="sec to-sign">
      <div class="sec-h">
        <h2>{w.toSignTitle}</h2>
        <span class="num">{w.countItems(waiting.length)}</span>
      </div>
      <ul>
        {waiting.map(x => (
          <li>
            <a
              class="to-sign-row"
              data-row=""
              href={`/cases/${x.caseKey}/reply/${x.document.key}${x.oral === undefined ? '/sign' : '#chain'}`}
            >
              <Hui size="s" />
              <span>
                <b>
                  {x.oral === undefined
                    ? w.signTitle(names.form(x.document.form), x.document.versions.length)
                    : w.oralConfirm}
                </b>{' '}
                {caseHead(hall, w, x.caseKey)?.title ?? x.caseKey}
              </span>
              <span class="note">{w.signAs(names.capacity(x.capacity))}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
};
