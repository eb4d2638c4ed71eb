/** One story: what to do with it, how it runs, on what grounds it is here, and every text with its copies. */
import { differenceOf, groupDifferences, isSame, runsOf } from '#triage';
import type { MatchCertificate } from '#core/text';
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { ErasedNote } from '../parts/erased.tsx';
import { gapText, HeatFigure } from '../parts/heat.tsx';
import { NotSaved, Time, Token } from '../parts/small.tsx';
import type { SourceGap, SourceNote, StoryItem } from '../ports-triage.ts';
import type { CaseHead } from '../view/cases.ts';
import type { Bar, StoryView } from '../view/stories.ts';
import { momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';
import { kindName, spikeText } from './inbox.tsx';
import { type Proposals, StoryForms } from './story-forms.tsx';

export interface StoryPane {
  readonly view: StoryView;
  readonly items: readonly StoryItem[];
  readonly more: number;
  /** Of the items whose pages were looked at, in words. */
  readonly evidence: ReadonlyMap<string, string>;
  readonly bars: readonly Bar[];
  readonly step: number;
  readonly usual: number | undefined;
  readonly gaps: readonly SourceGap[];
  readonly sources: readonly SourceNote[];
  readonly rules: readonly RuleShown[];
  readonly proposals: Proposals;
  readonly thresholds: {
    readonly near: number;
    readonly story: number;
    readonly days: number;
    readonly halfLife: number;
  };
  readonly knownCase?: CaseHead;
  readonly siblings: readonly { readonly id: string; readonly title: string }[];
  readonly next?: string;
  readonly query: string;
}
export interface RuleShown {
  readonly rule: string;
  readonly title: string;
  readonly version: string;
  readonly expression: string;
  readonly excluded: readonly string[];
  readonly onAt?: number;
}

export const Marked: FC<{ text: string; field: 'title' | 'text'; matched: readonly MatchCertificate[] }> = ({
  text,
  field,
  matched,
}) => <>{runsOf(text, field, matched).map(run => (run.marked ? <mark>{run.text}</mark> : run.text))}</>;

const at = (item: StoryItem): number => item.publishedAt ?? item.seenAt;

export const StoryPaneView: FC<{
  visit: Visit;
  pane: StoryPane;
  problem?: string;
  given: (name: string) => readonly string[];
}> = ({ visit, pane, problem, given }) => {
  const { w, language, hall } = visit;
  const { view, items } = pane;
  const { story } = view;
  const originals = items.filter(i => i.sameOf === undefined);
  const roots = originals.length > 0 ? originals : items.slice(0, 1);
  const tab = story.fresh > 0 ? 'new' : story.caseId === undefined ? 'dismissed' : 'taken';
  const first = [...items].sort((a, b) => at(a) - at(b))[0];
  return (
    <article class="sheet" aria-labelledby="story-title">
      <div class="in">
        <p class="note">
          {w.inboxTabs[tab]} · {w.storyNumber} <span class="code">{story.id}</span> ·{' '}
          {w.storyUpdated(momentText(language, story.lastAt, hall.now))}
        </p>
        <h2 id="story-title">
          {story.title || (items.some(i => i.erasedAt !== undefined) ? w.titleErased : w.noTitle)}
        </h2>
        <NotSaved w={w} why={problem} />
        <StoryForms visit={visit} pane={pane} items={items} given={given} />
        <div class="split facts">
          <figure>
            <h3>{w.heatTitle(w.everySpan(pane.step / 60_000))}</h3>
            <HeatFigure
              w={w}
              language={language}
              bars={pane.bars}
              step={pane.step}
              usual={pane.usual}
              strips={stripsOf(visit, pane)}
              now={hall.now}
            />
            <figcaption class="note">
              {pane.gaps.length === 0
                ? w.allRead
                : `${w.hatchSays}${pane.gaps.map(g => w.silentSays(g.title, gapText(w, language, g, hall.now))).join(w.semicolon)}${w.stop}`}
            </figcaption>
          </figure>
          <div>
            <h3>{w.grounds}</h3>
            <Grounds visit={visit} pane={pane} {...(first ? { first } : {})} />
          </div>
        </div>
        <div class="read">
          {roots.map(root => (
            <Copy
              visit={visit}
              item={root}
              copies={items.filter(i => i.sameOf === root.id)}
              evidence={pane.evidence.get(root.id)}
              chosen={given('item').includes(root.id)}
              mayChoose={roots.length > 1}
            />
          ))}
          {pane.more > 0 ? <p class="note">{w.moreItems(pane.more)}</p> : ''}
        </div>
      </div>
    </article>
  );
};

/** One line for each place where the story stood, and one for each source that was silent. */
function stripsOf({ w }: Visit, pane: StoryPane): { readonly title: string; readonly gaps: readonly SourceGap[] }[] {
  const places = new Map<string, number>();
  for (const i of pane.items) if (i.outlet) places.set(i.outlet, (places.get(i.outlet) ?? 0) + 1);
  const silent = new Set(pane.gaps.map(g => g.title));
  const named = [...places].sort((a, b) => b[1] - a[1]).map(([title]) => title);
  const sources = [...silent].filter(t => !named.some(n => t.startsWith(n)));
  return [...named.slice(0, 4), ...sources.slice(0, 3)]
    .map(title => ({
      title,
      gaps: pane.gaps.filter(g => g.title === title || g.title.startsWith(title)),
    }))
    .concat(pane.view.story.lane === 'hotline' && named.length === 0 ? [{ title: w.hotlineStrip, gaps: [] }] : []);
}

const Grounds: FC<{ visit: Visit; pane: StoryPane; first?: StoryItem }> = ({ visit, pane, first }) => {
  const { w, language, hall } = visit;
  const { view, thresholds: t } = pane;
  const { story } = view;
  return (
    <dl class="kv">
      <dt>{w.ruleHit}</dt>
      <dd>
        {pane.rules.length === 0
          ? w.matchedNone
          : pane.rules.map(r => (
              <p>
                <a href={`/concerns/${encodeURIComponent(r.rule)}`}>{r.title}</a>{' '}
                <span class="code">{r.expression}</span>
                <small>
                  {r.onAt === undefined
                    ? w.ruleVersionOnly(r.version)
                    : w.ruleVersionOn(r.version, momentText(language, r.onAt, hall.now))}
                  {r.excluded.length === 0 ? '' : `${w.semicolon}${w.notExcluded(r.excluded.join('、'))}`}
                </small>
              </p>
            ))}
      </dd>
      <dt>{w.merged}</dt>
      <dd>{w.originalsAndCopies(story.originals, story.copies)}</dd>
      {first ? (
        <>
          <dt>{w.firstPublisher}</dt>
          <dd>
            {w.firstBy(
              first.outlet ?? valueLabel(language, 'origin', first.origin),
              momentText(language, at(first), hall.now),
            )}
          </dd>
        </>
      ) : (
        ''
      )}
      {view.hotline > 0 ? (
        <>
          <dt>{w.hotlineSame}</dt>
          <dd>{w.hotlineSays(view.hotline)}</dd>
        </>
      ) : (
        ''
      )}
      <dt>{w.heatNow}</dt>
      <dd>
        <b>{Math.round(view.heat.heat * 10) / 10}</b>
        {spikeText(w, view) === undefined ? '' : `，${spikeText(w, view)}`}
        <details class="how">
          <summary>{w.heatFormula}</summary>
          <p class="note">{w.heatFormulaSays(t.halfLife)}</p>
          <ul>
            {view.heat.parts.map(p => (
              <li>
                {w.heatPart(
                  p.count,
                  `${w.copyKinds[p.kind]}${p.outletKind === null ? '' : ` · ${kindName(visit, p.outletKind)}`}`,
                  p.weight,
                  Math.round(p.heat * 100) / 100,
                )}
              </li>
            ))}
          </ul>
        </details>
      </dd>
      {pane.knownCase ? (
        <>
          <dt>{w.caseOf}</dt>
          <dd>
            <a href={`/cases/${pane.knownCase.key}`}>
              {pane.knownCase.title} {pane.knownCase.number}
            </a>
          </dd>
        </>
      ) : (
        ''
      )}
      <dt>{w.gradeProposal}</dt>
      <dd>
        {pane.knownCase ? (
          <a href={`/cases/${pane.knownCase.key}/do/classification.set`}>{w.gradeInCase}</a>
        ) : (
          w.gradeNone
        )}
        <TrendForm visit={visit} pane={pane} />
      </dd>
      <dt>{w.thresholds}</dt>
      <dd>
        {w.thresholdsSays(t.near, t.story, t.days)}
        <a href="/concerns#thresholds">{w.changeThresholds}</a>
      </dd>
    </dl>
  );
};

/** Direction by the day before; a person notes it, in the case. */
const TrendForm: FC<{ visit: Visit; pane: StoryPane }> = ({ visit, pane }) => {
  const { w, user } = visit;
  if (!pane.knownCase || pane.view.story.lane === 'hotline') return <></>;
  const day = pane.view.spikes.find(s => s.baseline === 'day');
  const direction = trendOf(pane.view);
  const outlets = new Set(pane.items.map(i => i.outlet).filter(o => o !== undefined)).size;
  return (
    <form method="post" action={`/inbox/${pane.view.story.id}/trend`} class="inline">
      <Token csrf={user.session.csrf} />
      <span>{w.trendSays(w.trends[direction], day?.count ?? 0, outlets)}</span>{' '}
      <button class="btn" type="submit">
        {w.noteTrend}
      </button>
    </form>
  );
};
/** The last day against the usual day: more than half more is rising, more than half less is falling. */
export function trendOf(view: StoryView): 'rising' | 'steady' | 'falling' {
  const day = view.spikes.find(s => s.baseline === 'day');
  const before = day?.windows.at(-1)?.value ?? day?.usual ?? 0;
  const now = day?.value ?? 0;
  if (now > before * 1.5 && now - before >= 1) return 'rising';
  return now < before * 0.5 ? 'falling' : 'steady';
}

const Copy: FC<{
  visit: Visit;
  item: StoryItem;
  copies: readonly StoryItem[];
  evidence: string | undefined;
  chosen: boolean;
  mayChoose: boolean;
}> = ({ visit, item, copies, evidence, chosen, mayChoose }) => {
  const { w, language, hall } = visit;
  const isPrivate = item.lane === 'hotline' || item.outletKind === 'forum' || item.outletKind === 'social';
  return (
    <div class="copy" id={`i-${item.id}`}>
      <p class="src">
        {mayChoose ? (
          <label class="pick">
            <input type="checkbox" name="item" value={item.id} form="split-form" checked={chosen} />
            <span class="vh">{w.splitOff}</span>
          </label>
        ) : (
          ''
        )}
        <b>{item.outlet ?? valueLabel(language, 'origin', item.origin)}</b>
        <span>{isPrivate ? w.itemKindPrivate : kindName(visit, item.outletKind ?? item.origin)}</span>
        <span>
          {item.publishedAt === undefined ? (
            `${w.noPublished}${w.comma}${w.seenAt(momentText(language, item.seenAt, hall.now))}`
          ) : (
            <Time at={item.publishedAt}>{momentText(language, item.publishedAt, hall.now)}</Time>
          )}
        </span>
        <span>{w.copyKinds[item.sameKind]}</span>
        {item.lane === 'public' && (item.url ?? evidence) !== undefined ? (
          <a href={`/inbox/${item.id}/evidence`}>{evidence ?? w.evidenceNotKept}</a>
        ) : (
          ''
        )}
        {(item.origin === 'hotline' || item.origin === 'petition') && item.erasedAt === undefined ? (
          <a href={`/contacts/new?item=${item.id}`}>{w.contactNew}</a>
        ) : (
          ''
        )}
        {item.state === 'in-case' && item.caseId !== undefined ? <a href={`/cases/${item.caseId}`}>{w.seeCase}</a> : ''}
        {item.url === undefined || !/^https?:/.test(item.url) ? (
          ''
        ) : (
          <a href={item.url} rel="noreferrer noopener">
            {w.sourceLink}
          </a>
        )}
      </p>
      {item.title === '' ? (
        ''
      ) : (
        <p class="q lead">
          <Marked text={item.title} field="title" matched={item.matched} />
        </p>
      )}
      {item.erasedAt === undefined ? (
        <p class="q">
          <Marked text={item.text} field="text" matched={item.matched} />
        </p>
      ) : (
        <ErasedNote visit={visit} of={item} />
      )}
      {copies.length === 0 ? '' : <Copies visit={visit} item={item} copies={copies} />}
    </div>
  );
};

const QUOTED = 40;
const short = (text: string): string => (text.length > QUOTED ? `${text.slice(0, QUOTED - 1)}…` : text);
const MOST_COMPARED = 200;

const Copies: FC<{ visit: Visit; item: StoryItem; copies: readonly StoryItem[] }> = ({
  visit,
  item,
  copies,
}): Child => {
  const { w, language, hall } = visit;
  // What has no words left differs from everything and says nothing.
  const worded = item.erasedAt === undefined ? copies.filter(c => c.erasedAt === undefined) : [];
  const groups = groupDifferences(item.text, worded.slice(0, MOST_COMPARED));
  const quoted = (list: readonly string[]): string => list.map(s => `“${short(s)}”`).join(w.and);
  const said = groups.flatMap(({ ids, difference: d }) => {
    if (isSame(d)) return [w.copySame(ids.length)];
    return [
      ...(d.cut.length > 0 ? [w.copyCut(ids.length, quoted(d.cut.slice(0, 2)))] : []),
      ...(d.added.length > 0 ? [w.copyAdded(ids.length, quoted(d.added.slice(0, 2)))] : []),
      ...d.changed.slice(0, 2).map(c => w.copyChanged(ids.length, short(c.from), short(c.to))),
    ];
  });
  const times = copies.map(at).sort((a, b) => a - b);
  return (
    <details class="fold">
      <summary>{w.copiesOf(copies.length)}</summary>
      <p class="note">
        {w.copiesSpan(momentText(language, times[0] ?? 0, hall.now), momentText(language, times.at(-1) ?? 0, hall.now))}
        {w.stop}
        {said.length === 0 ? '' : `${said.slice(0, 8).join(w.semicolon)}${w.stop}`}
      </p>
      <ul class="mini">
        {copies.slice(0, 60).map(c => (
          <li>
            <span class="code">{w.copyKinds[c.sameKind].slice(0, 2)}</span>
            <span>
              {c.url !== undefined && /^https?:/.test(c.url) ? (
                <a href={c.url} rel="noreferrer noopener">
                  {c.outlet ?? valueLabel(language, 'origin', c.origin)}
                </a>
              ) : (
                (c.outlet ?? valueLabel(language, 'origin', c.origin))
              )}
              {c.title !== '' && c.title !== item.title ? ` ${short(c.title)}` : ''}
              {c.erasedAt === undefined ? '' : ` ${w.titleErased}`}
              {worded.includes(c) ? <DifferenceLine visit={visit} first={item.text} copy={c} /> : ''}
            </span>
            <time datetime={new Date(at(c)).toISOString()}>{momentText(language, at(c), hall.now)}</time>
          </li>
        ))}
      </ul>
    </details>
  );
};

const DifferenceLine: FC<{ visit: Visit; first: string; copy: StoryItem }> = ({ first, copy }): Child => {
  if (copy.sameKind === 'exact') return <></>;
  const d = differenceOf(first, copy.text);
  return (
    <span class="delta">
      {d.cut.slice(0, 2).map(s => (
        <del>{short(s)}</del>
      ))}
      {d.changed.slice(0, 2).map(c => (
        <>
          <del>{short(c.from)}</del>
          <ins>{short(c.to)}</ins>
        </>
      ))}
      {d.added.slice(0, 2).map(s => (
        <ins>{short(s)}</ins>
      ))}
    </span>
  );
};
