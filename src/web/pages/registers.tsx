/** The registers of the house on one page, and the frame that every single one stands in. */
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Clause, Empty, NotSaved, Token } from '../parts/small.tsx';
import { Fields } from '../parts/fields.tsx';
import { headsByKey, dutyRow } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import {
  entriesOf,
  isAskedFor,
  owedIn,
  quotasIn,
  REGISTERS,
  type RegisterKey,
  roundsIn,
  TYPES_OF,
} from '../view/registers.ts';
import { keptOf } from '../state.ts';
import { asked, locals } from '../view/settled.ts';
import { sentence } from '../view/sentences.ts';
import { momentText } from '../view/times.ts';
import { eventLabel } from '../words/index.ts';

/** What a register still waits for: duties, open questions, figures that were never set. */
export function waitingIn(visit: Visit, key: RegisterKey): number {
  const { hall } = visit;
  if (key === 'questions') return asked(hall).filter(q => q.answered === undefined).length;
  if (key === 'locals') return locals(hall).filter(l => l.value === '' && l.needed).length;
  return owedIn(hall, key).length;
}

export const Registers: FC<{ visit: Visit; counts: Counts }> = ({ visit, counts }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  return (
    <Page visit={visit} tab="registers" title={w.reg.title} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.reg.title}</h1>
          <p class="sub">{w.reg.sub}</p>
        </div>
        <div class="acts">
          <a class="btn" href="/people">
            {w.nav.people}
          </a>
          <a class="btn" href="/settings">
            {w.nav.settings}
          </a>
        </div>
      </div>
      <ul class="duties reg-list">
        {REGISTERS.map(key => {
          const entries = entriesOf(hall, key);
          const waiting = waitingIn(visit, key);
          const last = entries.at(-1);
          return (
            <li class="reg-row" data-row>
              <Hui size="s" look={waiting > 0 ? '' : entries.length > 0 ? 'done' : 'soft'} />
              <div>
                <b>
                  <a href={`/registers/${key}`} data-go>
                    {w.reg.names[key]}
                  </a>
                </b>
                <p class="note">{w.reg.says[key]}</p>
              </div>
              <p class="of">
                {waiting > 0 ? <span class="tag acc">{w.reg.waiting(waiting)}</span> : ''}
                {isAskedFor(hall, key) ? '' : <span class="tag dash">{w.reg.notAsked}</span>}
                {entries.length > 0 ? <span>{w.reg.entries(entries.length)}</span> : ''}
                {last ? (
                  <span class="note">
                    {w.reg.last} {momentText(language, Date.parse(last.at), hall.now)}{' '}
                    {sentence(last, language, names).label}
                  </span>
                ) : (
                  ''
                )}
              </p>
            </li>
          );
        })}
      </ul>
    </Page>
  );
};

export interface Said {
  readonly problems?: readonly string[];
  /** What was typed, so that a refused form keeps it. */
  readonly given?: ReadonlyMap<string, readonly string[]>;
}
export const typed = (said: Said, name: string): string => said.given?.get(name)?.[0] ?? '';

/** Name, what is owed here by which clause, then the register itself. */
export const RegisterFrame: FC<{
  visit: Visit;
  counts: Counts;
  register: RegisterKey;
  said: Said;
  table?: boolean;
  children: Child;
}> = ({ visit, counts, register, said, table, children }) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  const heads = headsByKey(hall, w);
  const owed = owedIn(hall, register);
  const rounds = roundsIn(hall, register).filter(r => r.state !== 'done');
  const quotas = quotasIn(hall, register);
  return (
    <Page visit={visit} tab="registers" title={w.reg.names[register]} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/registers">{w.reg.title}</a>
          </p>
          <h1>{w.reg.names[register]}</h1>
          <p class="sub">{w.reg.says[register]}</p>
        </div>
        <div class="acts">
          <a class="btn" href={`/files/of/register:${register}`}>
            {w.files.title}
          </a>
          {table === false ? (
            ''
          ) : (
            <a class="btn" href={`/registers/${register}/table`}>
              {w.reg.toExcel}
            </a>
          )}
        </div>
      </div>
      <NotSaved w={w} why={said.problems} />
      {owed.length + rounds.length + quotas.length === 0 ? (
        ''
      ) : (
        <section class="sec">
          <h2>{w.reg.owedHere}</h2>
          <ul class="mini reg-owed">
            {owed.slice(0, 8).map(one => {
              const line = keptOf(hall).live.lineOf(one);
              const row = dutyRow(hall, w, language, names, heads, line);
              return (
                <li>
                  <Hui size="xs" look={row.tone === 'late' ? 'late' : row.tone === 'soft' ? 'soft' : ''} />
                  <span>
                    <a href={row.next.href}>{row.title}</a> <Clause clause={row.clause} /> {row.owedBy}
                    {row.forUnit === undefined ? '' : `（${row.forUnit}）`}
                  </span>
                  <time>{row.due}</time>
                </li>
              );
            })}
            {rounds.map(r => (
              <li>
                <Hui size="xs" look={r.state === 'missed' ? 'late' : 'far'} />
                <span>
                  {w.reg.round} <Clause clause={names.clause(r.clause)} local />
                </span>
                <time>{momentText(language, Date.parse(r.dueAt), hall.now)}</time>
              </li>
            ))}
            {quotas.map(q => (
              <li>
                <Hui size="xs" look={q.state === 'met' ? 'done' : 'far'} />
                <span>
                  {w.reg.quota(
                    Object.values(q.counts).reduce((a, b) => a + b, 0),
                    Object.values(q.targets).reduce((a, b) => a + b, 0),
                  )}{' '}
                  <Clause clause={names.clause(q.clause)} />
                </span>
                <time>{q.to}</time>
              </li>
            ))}
          </ul>
        </section>
      )}
      {children}
      <Recent visit={visit} register={register} />
    </Page>
  );
};

const Recent: FC<{ visit: Visit; register: RegisterKey }> = ({ visit, register }) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  const entries = entriesOf(hall, register).slice(-12).reverse();
  if (entries.length === 0) return <></>;
  return (
    <section class="sec">
      <h2 class="under">{w.reg.written}</h2>
      <ul class="mini">
        {entries.map(e => {
          const said = sentence(e, language, names);
          return (
            <li>
              <Hui size="xs" look="done" />
              <span>
                {said.label} {said.detail} <span class="note">{names.office(e.by)}</span>
              </span>
              <time datetime={e.at}>
                {momentText(language, Date.parse(e.at), hall.now)} #{e.seq}
              </time>
            </li>
          );
        })}
      </ul>
    </section>
  );
};

/** One kind of entry as a folded form, drawn from the vocabulary; open where it was refused or asked for. */
export const EntryForm: FC<{
  visit: Visit;
  register: RegisterKey;
  type: string;
  said: Said;
  proposed?: ReadonlyMap<string, readonly string[]>;
  open?: boolean;
}> = ({ visit, register, type, said, proposed, open }) => {
  const { w, language, user } = visit;
  const mine = said.given?.get('type')?.[0] === type;
  const given = mine ? (said.given ?? new Map()) : (proposed ?? new Map());
  return (
    <details class="pane" open={mine || open === true} id={`new-${type.replace('.', '-')}`}>
      <summary>{eventLabel(language, type)}</summary>
      <form method="post" action={`/registers/${register}`} data-draft={`${register}-${type}`}>
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="do" value="entry" />
        <input type="hidden" name="type" value={type} />
        <Fields context={{ visit, type, given, bad: new Map() }} />
        <div class="acts">
          <button class="btn go" type="submit">
            {w.recordIt}
          </button>
        </div>
      </form>
    </details>
  );
};

/** An empty register says what it is for and who may fill it. */
export const EmptyRegister: FC<{ visit: Visit; register: RegisterKey; children?: Child }> = ({
  visit,
  register,
  children,
}) => {
  const { w, hall } = visit;
  return (
    <Empty
      title={w.reg.emptyTitle}
      says={`${w.reg.empty[register]}${isAskedFor(hall, register) ? '' : w.reg.emptyNotAsked}`}
    >
      {children}
    </Empty>
  );
};
export const typesIn = (register: RegisterKey): readonly string[] => TYPES_OF[register];
