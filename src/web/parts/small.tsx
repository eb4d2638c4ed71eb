/** Small parts that many pages share: clause chip, grade bars, spans of time, empty states, notices. */
import type { Child, FC } from 'hono/jsx';
import type { ClauseName } from '../view/naming.ts';
import { clockText } from '../view/times.ts';
import { spellParts, type Words } from '../words/index.ts';
import { Hui } from './hui.tsx';

export const Clause: FC<{ clause: ClauseName; local?: boolean }> = ({ clause, local }) => (
  <a class={local ? 'cl local' : 'cl'} href={clause.href}>
    {clause.article}
    <i>{clause.id}</i>
  </a>
);

export const Grade: FC<{ bars: number; text: string }> = ({ bars, text }) => (
  <span class="grade">
    <span class="st" aria-hidden="true">
      {[1, 2, 3, 4].map(n => (
        <i class={n <= bars ? 'on' : ''}></i>
      ))}
    </span>
    {text}
  </span>
);

/** Where figures are a little older than the log: until when they were reckoned. */
export const AsOf: FC<{ w: Words; at: number | undefined }> = ({ w, at }) =>
  at === undefined ? <></> : <p class="note">{w.reckonedUntil(clockText(at))}</p>;

/** 6<u>小时</u>28<u>分</u> */
export const SpellOf: FC<{ w: Words; seconds: number }> = ({ w, seconds }) => (
  <>
    {spellParts(w, seconds).map(part => (
      <>
        {part.n}
        <u>{part.unit}</u>
      </>
    ))}
  </>
);

/** A span that a script keeps counting; the moment itself stands beside it, so without script nothing is lost. */
export const Countdown: FC<{ w: Words; dueAt: number; now: number; from?: string }> = ({ w, dueAt, now, from }) => (
  <b class="big" data-due={new Date(dueAt).toISOString()} {...(from === undefined ? {} : { 'data-from': from })}>
    <SpellOf w={w} seconds={(dueAt - now) / 1000} />
  </b>
);

export const Empty: FC<{ title: string; says: string; children?: Child }> = ({ title, says, children }) => (
  <div class="empty">
    <Hui look="done" />
    <div>
      <b>{title}</b>
      <p>{says}</p>
      {children === undefined ? '' : <div class="acts">{children}</div>}
    </div>
  </div>
);

export const Alert: FC<{ title: string; stop?: boolean; id?: string; children?: Child }> = ({
  title,
  stop,
  id,
  children,
}) => (
  <div
    class={stop ? 'alert stop sec' : 'alert sec'}
    role={stop ? 'alert' : 'status'}
    {...(id === undefined ? {} : { id })}
  >
    <b>{title}</b>
    {children}
  </div>
);

export const Time: FC<{ at: number; children: Child }> = ({ at, children }) => (
  <time datetime={new Date(at).toISOString()}>{children}</time>
);
/** The hidden field that every form carries. */
export const Token: FC<{ csrf: string }> = ({ csrf }) => <input type="hidden" name="csrf" value={csrf} />;

/** Why nothing was saved, in a sentence or several; nothing where all is well. */
export const NotSaved: FC<{ w: Words; why: string | readonly string[] | undefined }> = ({ w, why }) => {
  const reasons = why === undefined ? [] : typeof why === 'string' ? [why] : why;
  if (reasons.length === 0) return <></>;
  return (
    <Alert title={w.notSaved} stop>
      {reasons.length === 1 ? (
        <p>{reasons[0]}</p>
      ) : (
        <ul>
          {reasons.map(r => (
            <li>{r}</li>
          ))}
        </ul>
      )}
    </Alert>
  );
};
