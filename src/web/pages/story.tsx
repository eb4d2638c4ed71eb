/** One story: what to do with it, how it runs, on what grounds it is here, and its texts. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { gapText, HeatFigure } from '../parts/heat.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import type { SourceGap, SourceNote, StoryItem } from '../ports-triage.ts';
import type { CaseHead } from '../view/cases.ts';
import type { Bar, StoryView } from '../view/stories.ts';
import { momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';
import { kindName, spikeText } from './inbox.tsx';
import { type Proposals, StoryForms } from './story-forms.tsx';
import { momentOf, StoryText } from './story-texts.tsx';

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
  const first = [...items].sort((a, b) => momentOf(a) - momentOf(b))[0];
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
            <StoryText
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
              momentText(language, momentOf(first), hall.now),
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
