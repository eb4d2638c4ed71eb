/** Parts of the pages about sources: the form of a kind, what a look at it shows, one row of the list. */
import type { Child, FC } from 'hono/jsx';
import type { SourceKind } from '#watch';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { Time, Token } from '../parts/small.tsx';
import { SOURCE_CLASSES, SOURCE_PACES, type Source, type SourceTry } from '../ports-sources.ts';
import { naming } from '../view/naming.ts';
import { faultText } from '../view/source-faults.ts';
import { momentText } from '../view/times.ts';

/** What was typed or is kept, by field name; settings are called `set.<name>`. */
export type Given = (name: string) => string;
const SHOWN = 12;

/** The settings that this kind asks for. A secret that is kept is never sent to a page. */
export const KindFields: FC<{ visit: Visit; kind: SourceKind; given: Given; secretKept?: boolean }> = props => {
  const { visit, kind, given, secretKept } = props;
  const { w, language } = visit;
  return (
    <>
      {kind.settings.map((s): Child => {
        const id = `k-${s.name}`;
        const name = `set.${s.name}`;
        const kept = s.secret && secretKept;
        return (
          <div class="field">
            <label for={id}>
              {s.label[language]}
              {s.needed && !kept ? '' : <span class="opt-t">{w.optional}</span>}
            </label>
            {s.hint || kept ? <span class="hint">{kept ? w.src.secretKept : s.hint?.[language]}</span> : ''}
            {s.choices ? (
              <select id={id} name={name}>
                {s.choices.map(c => (
                  <option value={c.value} selected={given(name) === c.value}>
                    {c.label[language]}
                  </option>
                ))}
              </select>
            ) : s.long ? (
              <textarea id={id} name={name} rows={4}>
                {given(name)}
              </textarea>
            ) : (
              <input
                id={id}
                name={name}
                type={s.secret ? 'password' : 'text'}
                autocomplete="off"
                value={s.secret ? '' : given(name)}
              />
            )}
          </div>
        );
      })}
    </>
  );
};

/** What is said of every source, whatever its kind: who answers for it and why it is read stand on the public page. */
export const CommonFields: FC<{ visit: Visit; kind: SourceKind; given: Given }> = ({ visit, kind, given }) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  const units = hall.institution.setup.units.filter(u => !['outside', 'superior', 'contractor'].includes(u.kind));
  return (
    <>
      <div class="field">
        <label for="s-title">{w.src.nameWord}</label>
        <input id="s-title" name="title" required maxlength={120} value={given('title')} />
      </div>
      <div class="two">
        <div class="field">
          <label for="s-owner">{w.src.ownerWord}</label>
          <select id="s-owner" name="owner">
            {units.map(u => (
              <option value={u.key} selected={given('owner') === u.key}>
                {names.unit(u.key)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="s-class">{w.src.classWord}</label>
          <select id="s-class" name="class">
            {SOURCE_CLASSES.map(c => (
              <option value={c} selected={given('class') === c}>
                {w.src.classes[c]}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div class="field">
        <label for="s-purpose">{w.src.purposeWord}</label>
        <span class="hint">{w.src.purposeHint}</span>
        <input id="s-purpose" name="purpose" required maxlength={200} value={given('purpose')} />
      </div>
      <div class="two">
        <div class="field">
          <label for="s-reach">{w.src.reachWord}</label>
          <select id="s-reach" name="reach">
            {(['domestic', 'foreign'] as const).map(r => (
              <option value={r} selected={given('reach') === r}>
                {w.src.reaches[r]}
              </option>
            ))}
          </select>
        </div>
        {kind.way === 'fetched' || kind.way === 'mailbox' ? (
          <div class="field">
            <label for="s-pace">{w.src.paceWord}</label>
            <select id="s-pace" name="pace">
              {SOURCE_PACES.map(p => (
                <option value={p} selected={(given('pace') || 'hour') === p}>
                  {w.src.paces[p]}
                </option>
              ))}
            </select>
          </div>
        ) : (
          ''
        )}
      </div>
      <div class="field">
        <label for="s-outlet-kind">
          {w.src.outletKindWord}
          <span class="opt-t">{w.optional}</span>
        </label>
        <span class="hint">{w.src.outletKindHint}</span>
        <input id="s-outlet-kind" name="outletKind" maxlength={40} value={given('outletKind')} />
      </div>
    </>
  );
};

/** What a look shows: the items as they would be stored, masked, and what is wrong. */
export const Preview: FC<{ visit: Visit; tried: SourceTry | undefined }> = ({ visit, tried }) => {
  const { w, language, hall } = visit;
  if (!tried) return <p class="note">{w.src.previewNone}</p>;
  if (!tried.ok)
    return (
      <div class="alert stop" role="status">
        <b>{w.src.previewFailed}</b>
        <ul>
          {(tried.said?.map(s => s[language]) ?? tried.problems.map(p => faultText(language, p))).map(p => (
            <li>{p}</li>
          ))}
        </ul>
      </div>
    );
  const masked = tried.items.reduce((n, i) => n + Object.values(i.masked).reduce((a, b) => a + b, 0), 0);
  return (
    <>
      <p class="note" role="status">
        {w.src.previewCount(tried.items.length)}
        {masked > 0 ? `${w.src.comma}${w.src.previewMasked(masked)}` : ''}
      </p>
      {tried.problems.map(p => (
        <p class="note">△ {faultText(language, p)}</p>
      ))}
      <ol class="src-look">
        {tried.items.slice(0, SHOWN).map(i => (
          <li>
            <b class="song">{i.title || i.text.slice(0, 60)}</b>
            <span class="note">
              {i.publishedAt === undefined ? (
                w.src.undated
              ) : (
                <Time at={i.publishedAt}>{momentText(language, i.publishedAt, hall.now)}</Time>
              )}
              {i.outlet === undefined ? '' : ` · ${i.outlet}`}
            </span>
            {i.url === undefined ? '' : <span class="code">{i.url}</span>}
            {i.text === '' || i.text === i.title ? '' : <p class="song">{i.text.slice(0, 160)}</p>}
          </li>
        ))}
      </ol>
      {tried.page === undefined ? (
        ''
      ) : (
        <details>
          <summary>{w.src.previewPage}</summary>
          <p class="song src-page">{tried.page.text.slice(0, 2000)}</p>
        </details>
      )}
    </>
  );
};

export interface SourceRow extends Source {
  /** New items in the last seven days. */
  readonly fresh: number;
}
/** What has to happen next with a source, from the seat of whoever looks. */
export function nextOf({ w, user }: Visit, source: Source): string {
  if (source.state === 'off') return w.src.nextOff;
  if (source.state === 'proposed') return w.src.nextTry;
  if (source.state === 'tried') return source.proposedBy === user.person.code ? w.src.nextSecond : w.src.nextSecondYou;
  return source.problem === undefined ? w.src.nextNothing : w.src.nextFix;
}
const lookOf = (s: Source): 'soft' | 'void' | 'far' | 'done' =>
  s.state === 'off' ? 'soft' : s.problem !== undefined && s.state === 'on' ? 'void' : s.state === 'on' ? 'done' : 'far';

export const SourceLine: FC<{ visit: Visit; source: SourceRow; may: boolean }> = ({ visit, source: s, may }) => {
  const { w, language, hall, house, user } = visit;
  const names = naming(hall, language);
  const kind = house.desk.sources.kinds.find(k => k.kind === s.kind);
  const address = s.settings['url'] ?? `${s.settings['base'] ?? ''}${s.settings['route'] ?? s.settings['host'] ?? ''}`;
  return (
    <li class={s.state === 'on' && s.problem !== undefined ? 'duty late' : 'duty'}>
      <Hui look={lookOf(s)} />
      <div class="left">
        <span>{kind?.title[language] ?? s.kind}</span>
        <span>{w.src.states[s.state]}</span>
      </div>
      <div class="body">
        <p class="what">
          <a href={`/sources/${s.key}`}>{s.title}</a>
        </p>
        <p class="of">
          <span>{w.src.classes[s.class]}</span>
          {s.reach === 'foreign' ? <span class="tag">{w.src.reaches.foreign}</span> : ''}
          <span>{names.unit(s.ownerUnit)}</span>
          <span>
            {s.lastReadAt === undefined ? w.src.neverRead : w.src.read(momentText(language, s.lastReadAt, hall.now))}
          </span>
          {s.state === 'on' ? <span>{w.src.yield(s.fresh)}</span> : ''}
        </p>
        {address === '' ? '' : <p class="code note">{address}</p>}
        {s.problem === undefined || s.state === 'off' ? (
          ''
        ) : (
          <p class="note">
            {w.sourceProblem}
            {w.colon}
            {faultText(language, s.problem)}
          </p>
        )}
        <p class="then" data-lead={w.src.next}>
          {nextOf(visit, s)}
        </p>
      </div>
      {may ? (
        <form class="acts" method="post" action={`/sources/${s.key}`}>
          <Token csrf={user.session.csrf} />
          {s.state === 'on' ? (
            <button class="btn" type="submit" name="do" value="read">
              {w.src.readNow}
            </button>
          ) : s.state !== 'proposed' && s.proposedBy !== user.person.code ? (
            <button class="btn go" type="submit" name="do" value="on">
              {w.src.switchOn}
            </button>
          ) : (
            <a class="btn" href={`/sources/${s.key}`}>
              {w.src.tryIt}
            </a>
          )}
        </form>
      ) : (
        ''
      )}
    </li>
  );
};
