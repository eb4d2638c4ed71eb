/** The inbox: what came in, matched words marked by their offsets, one item open beside the list. */
import { runsOf } from '#triage';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Alert, Empty } from '../parts/small.tsx';
import type { Finding, FindingState } from '../ports.ts';
import { caseHeads } from '../view/cases.ts';
import { momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';
import { Triage } from './inbox-forms.tsx';

export const Marked: FC<{ text: string; field: 'title' | 'text'; finding: Finding }> = ({ text, field, finding }) => (
  <>{runsOf(text, field, finding.matched).map(run => (run.marked ? <mark>{run.text}</mark> : run.text))}</>
);

export const Inbox: FC<{
  visit: Visit;
  counts: Counts;
  state: FindingState;
  findings: readonly Finding[];
  open?: Finding;
  problem?: string;
  given: (name: string) => readonly string[];
}> = props => {
  const { visit, counts, state, findings, open, problem, given } = props;
  const { w, language, hall } = visit;
  return (
    <Page visit={visit} tab="inbox" title={w.nav.inbox} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.inboxTitle(counts.inbox)}</h1>
          <p class="sub">{w.inboxSub}</p>
        </div>
        <div class="acts">
          <a class="btn" href="/inbox/new">
            {w.enterByHand}
          </a>
          <a class="btn" href="/do/media.called">
            {w.mediaCall}
          </a>
          <a class="btn" href="/inbox/import">
            {w.importFile}
          </a>
        </div>
      </div>
      <nav class="tabs sec" aria-label={w.nav.inbox}>
        {(['new', 'taken', 'dismissed'] as const).map(s => (
          <a href={`/inbox?state=${s}`} {...(s === state ? { 'aria-current': 'page' as const } : {})}>
            {w.inboxTabs[s]}
          </a>
        ))}
      </nav>
      {findings.length === 0 ? (
        <Empty title={w.inboxEmptyTitle} says={w.inboxEmptySays}>
          <a class="btn" href="/sources">
            {w.addSource}
          </a>
          <a class="btn" href="/inbox/new">
            {w.enterByHand}
          </a>
        </Empty>
      ) : (
        <div class={open ? 'inbox open' : 'inbox'}>
          <ul class="list">
            {findings.map(f => (
              <li>
                <a
                  class={f.id === open?.id ? 'story sel' : 'story'}
                  href={`/inbox/${f.id}${state === 'new' ? '' : `?state=${state}`}`}
                  data-row
                  {...(f.id === open?.id ? { 'aria-current': 'true' as const } : {})}
                >
                  <span class="t">
                    <Marked
                      text={f.title || f.text.slice(0, 40) || w.noTitle}
                      field={f.title ? 'title' : 'text'}
                      finding={f}
                    />
                  </span>
                  <span class="sp note">{f.sightings > 0 ? `+${f.sightings}` : ''}</span>
                  <span class="m">
                    <span>{f.outlet ?? valueLabel(language, 'origin', f.origin)}</span>
                    <span>
                      {f.publishedAt === undefined ? w.noPublished : momentText(language, f.publishedAt, hall.now)}
                    </span>
                  </span>
                  <span class="why">
                    {f.matched.length === 0
                      ? valueLabel(language, 'origin', f.origin)
                      : `${w.matchedRules}${w.colon}${f.matched.map(m => m.rule).join(w.and)}`}
                  </span>
                </a>
              </li>
            ))}
          </ul>
          {open ? (
            <Story visit={visit} finding={open} given={given} {...(problem === undefined ? {} : { problem })} />
          ) : (
            <p class="note">{w.inboxSub}</p>
          )}
        </div>
      )}
    </Page>
  );
};

const Story: FC<{ visit: Visit; finding: Finding; problem?: string; given: (name: string) => readonly string[] }> = ({
  visit,
  finding,
  problem,
  given,
}) => {
  const { w, language, hall } = visit;
  const f = finding;
  return (
    <article class="sheet">
      <div class="in">
        <p class="note">
          {w.inboxTabs[f.state]} · {w.seenAt(momentText(language, f.seenAt, hall.now))} ·{' '}
          <span class="code">{f.id}</span>
        </p>
        <h2>
          <Marked text={f.title || w.noTitle} field="title" finding={f} />
        </h2>
        {problem === undefined ? (
          ''
        ) : (
          <Alert title={w.notSaved} stop>
            <p>{problem}</p>
          </Alert>
        )}
        <div class="read">
          <div class="copy">
            <p class="src">
              <b>{f.outlet ?? valueLabel(language, 'origin', f.origin)}</b>
              <span>
                {f.origin === 'hotline' || f.outletKind === 'forum'
                  ? w.itemKindPrivate
                  : valueLabel(language, 'origin', f.origin)}
              </span>
              <span>
                {f.publishedAt === undefined
                  ? w.noPublished
                  : w.publishedAt(momentText(language, f.publishedAt, hall.now))}
              </span>
              {f.url === undefined ? (
                ''
              ) : (
                <a href={f.url} rel="noreferrer noopener">
                  {w.sourceLink}
                </a>
              )}
            </p>
            <p class="q">
              <Marked text={f.text} field="text" finding={f} />
            </p>
            {f.sightings > 0 ? <p class="note fold">{w.sightings(f.sightings)}</p> : ''}
          </div>
        </div>
        <dl class="kv">
          <dt>{w.matchedRules}</dt>
          <dd>
            {f.matched.length === 0
              ? w.matchedNone
              : f.matched
                  .map(m => `${m.rule}（${m.version}）：${[...new Set(m.spans.map(s => s.term))].join('、')}`)
                  .join('；')}
          </dd>
          {f.case === undefined ? (
            ''
          ) : (
            <>
              <dt>{w.caseOf}</dt>
              <dd>
                <a href={`/cases/${f.case}`}>{caseHeads(hall, w).find(c => c.key === f.case)?.title ?? f.case}</a>
              </dd>
            </>
          )}
        </dl>
        {f.state === 'new' ? <Triage visit={visit} finding={f} given={given} /> : ''}
      </div>
    </article>
  );
};
