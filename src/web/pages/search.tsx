/** Search: what was asked, and where the words stand, marked. */
import { type Sought, snippet } from '#core/text';
import type { FC } from 'hono/jsx';
import type { Search } from '../actions/search.tsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty } from '../parts/small.tsx';
import type { Finding } from '../ports.ts';
import { naming } from '../view/naming.ts';
import type { FoundText } from '../view/search.ts';
import { momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';

interface Found {
  readonly texts: readonly FoundText[];
  readonly moreTexts: boolean;
  readonly findings: { readonly hits: readonly Finding[]; readonly more: boolean; readonly behind: number };
  readonly limit: number;
}
export const SearchPage: FC<{
  visit: Visit;
  counts: Counts;
  search: Search;
  sought: Sought;
  tooShort: boolean;
  found?: Found;
  before?: string | undefined;
  /** Before this day only what is in a case still has words. */
  erasedBefore?: string | undefined;
}> = ({ visit, counts, search, sought, tooShort, found, before, erasedBefore }) => {
  const { w } = visit;
  const nothing = found && found.texts.length + found.findings.hits.length === 0;
  return (
    <Page visit={visit} tab="search" title={w.searchTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.searchTitle}</h1>
          <p class="sub">{w.searchSays}</p>
        </div>
      </div>
      <Form visit={visit} search={search} />
      {tooShort ? <Empty title={w.searchTooShort} says={w.searchStartSays} /> : ''}
      {search.q === '' ? <Empty title={w.searchStart} says={w.searchStartSays} /> : ''}
      {erasedBefore === undefined ? '' : <p class="note">{w.searchErased(erasedBefore)}</p>}
      {nothing ? (
        <Empty title={w.searchNothing} says={w.searchNothingSays}>
          <a class="btn" href={hrefOf({ ...search, span: 'all', until: '' })}>
            {w.searchSpans.all}
          </a>
        </Empty>
      ) : (
        ''
      )}
      {found && found.texts.length > 0 ? (
        <section class="sec">
          <div class="sec-h">
            <h2>
              {w.searchWhere.case} · {w.searchWhere.answer}
            </h2>
            <span class="num">
              {found.moreTexts ? w.searchCapped(found.limit) : w.searchCounted(found.texts.length)}
            </span>
          </div>
          <ol class="hits">
            {found.texts.map(t => (
              <TextHit visit={visit} sought={sought} text={t} />
            ))}
          </ol>
        </section>
      ) : (
        ''
      )}
      {found && found.findings.hits.length > 0 ? (
        <section class="sec">
          <div class="sec-h">
            <h2>{w.searchWhere.finding}</h2>
            <span class="num">
              {found.findings.more ? w.searchCapped(found.limit) : w.searchCounted(found.findings.hits.length)}
            </span>
            {found.findings.behind > 0 ? <span class="note">{w.searchBehind(found.findings.behind)}</span> : ''}
          </div>
          <ol class="hits">
            {found.findings.hits.map(f => (
              <FindingHit visit={visit} sought={sought} finding={f} />
            ))}
          </ol>
          {before === undefined ? (
            ''
          ) : (
            <p class="pages">
              <a class="btn" href={hrefOf({ ...search, where: 'finding', until: before })}>
                {w.searchMore}
              </a>
            </p>
          )}
        </section>
      ) : (
        ''
      )}
    </Page>
  );
};

const hrefOf = (search: Search): string => {
  const query = new URLSearchParams({ q: search.q });
  if (search.where !== 'all') query.set('in', search.where);
  if (search.span !== '90') query.set('span', search.span);
  if (search.until !== '') query.set('until', search.until);
  return `/search?${query}`;
};

const Form: FC<{ visit: Visit; search: Search }> = ({ visit, search }) => {
  const { w } = visit;
  return (
    <form class="search-form pane" method="get" action="/search" role="search" aria-label={w.searchTitle}>
      <div class="field wide">
        <label for="s-q">{w.searchStart}</label>
        <input id="s-q" type="search" name="q" value={search.q} maxlength={100} />
      </div>
      <div class="field">
        <label for="s-in">{w.searchIn}</label>
        <select id="s-in" name="in">
          {Object.entries(w.searchWhere).map(([key, said]) => (
            <option value={key} {...(key === search.where ? { selected: true } : {})}>
              {said}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="s-span">{w.searchSpan}</label>
        <select id="s-span" name="span">
          {(['30', '90', '365', 'all'] as const).map(key => (
            <option value={key} {...(key === search.span ? { selected: true } : {})}>
              {w.searchSpans[key]}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="s-until">{w.searchTo}</label>
        <input id="s-until" type="date" name="until" value={search.until} />
      </div>
      <button class="btn go" type="submit">
        {w.searchGo}
      </button>
    </form>
  );
};

const Marked: FC<{ text: string; sought: Sought; length?: number }> = ({ text, sought, length }) => (
  <>{snippet(text, sought, length).map(s => (s.hit ? <mark>{s.text}</mark> : s.text))}</>
);

const TextHit: FC<{ visit: Visit; sought: Sought; text: FoundText }> = ({ visit, sought, text }) => {
  const { hall, w, language } = visit;
  return (
    <li class="hit" data-row>
      <h3>
        <a href={text.href} data-go>
          <Marked text={text.title} sought={sought} length={60} />
        </a>
      </h3>
      <p class="meta">
        <span>{w.searchWhere[text.kind]}</span>
        <span>{text.case.number}</span>
        <span>{momentText(language, text.at, hall.now)}</span>
      </p>
      <p class="snip">
        <Marked text={text.text} sought={sought} />
      </p>
    </li>
  );
};

const FindingHit: FC<{ visit: Visit; sought: Sought; finding: Finding }> = ({ visit, sought, finding }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  return (
    <li class="hit" data-row>
      <h3>
        <a href={`/inbox/${finding.id}`} data-go>
          <Marked text={finding.title === '' ? finding.text : finding.title} sought={sought} length={60} />
        </a>
      </h3>
      <p class="meta">
        <span>{valueLabel(language, 'origin', finding.origin)}</span>
        {finding.outlet === undefined ? '' : <span>{names.body(finding.outlet)}</span>}
        <span>{w.searchSeen(momentText(language, finding.seenAt, hall.now))}</span>
        {finding.case === undefined ? '' : <a href={`/cases/${finding.case}`}>{w.inboxTabs.taken}</a>}
      </p>
      <p class="snip">
        <Marked text={finding.text} sought={sought} />
      </p>
    </li>
  );
};
