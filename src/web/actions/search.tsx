/** One search over cases, answers and what came in, by time. Who looked is noted; what was looked for is not. */
import { dateText } from '../view/times.ts';
import { readSought } from '#core/text';
import { SearchPage } from '../pages/search.tsx';
import { type FoundText, searchCases, type Span } from '../view/search.ts';
import type { Finding } from '../ports.ts';
import type { Show } from '../visiting.tsx';

const DAY = 86_400_000;
/** Hits of each kind on a page. */
const LIMIT = 50;
const WHERES = ['all', 'case', 'answer', 'finding'] as const;
const SPANS = ['30', '90', '365', 'all'] as const;
export type Where = (typeof WHERES)[number];
export type SpanChoice = (typeof SPANS)[number];
export interface Search {
  readonly q: string;
  readonly where: Where;
  readonly span: SpanChoice;
  readonly until: string;
}

export const show: Show = async (visit, counts) => {
  const { c, hall, house, w } = visit;
  const search: Search = {
    q: (c.req.query('q') ?? '').slice(0, 100).trim(),
    where: WHERES.find(x => x === c.req.query('in')) ?? 'all',
    span: SPANS.find(x => x === c.req.query('span')) ?? '90',
    until: /^\d{4}-\d{2}-\d{2}$/.test(c.req.query('until') ?? '') ? (c.req.query('until') ?? '') : '',
  };
  const sought = readSought(search.q);
  const tooShort = search.q !== '' && sought.pairs.length === 0;
  if (sought.terms.length === 0 || tooShort)
    return <SearchPage visit={visit} counts={counts} search={search} sought={sought} tooShort={tooShort} />;
  const end = search.until === '' ? hall.now + DAY : Date.parse(`${search.until}T24:00:00+08:00`) || hall.now + DAY;
  const span: Span = { from: search.span === 'all' ? 0 : end - Number(search.span) * DAY, to: end };
  const within = (kind: Where): boolean => search.where === 'all' || search.where === kind;
  const kinds = new Set(WHERES.filter(within));
  const began = Date.parse(hall.events[0]?.recordedAt ?? '') || hall.now;
  const keptFrom = hall.now - (await house.desk.triage.settings()).keepTextDays * DAY;
  const [texts, findings] = await Promise.all([
    Promise.resolve<readonly FoundText[]>(searchCases(hall, w, sought, span, kinds, LIMIT)),
    within('finding')
      ? house.desk.search.findings({ asked: sought, from: Math.max(span.from, EARLIEST), to: span.to, limit: LIMIT })
      : Promise.resolve({ hits: [] as readonly Finding[], more: false, behind: 0 }),
  ]);
  return (
    <SearchPage
      visit={visit}
      counts={counts}
      search={search}
      sought={sought}
      tooShort={false}
      found={{ texts: texts.slice(0, LIMIT), moreTexts: texts.length > LIMIT, findings, limit: LIMIT }}
      // Said where the span reaches so far back, and there was something then.
      erasedBefore={within('finding') && Math.max(span.from, began) < keptFrom ? dateText(keptFrom) : undefined}
      before={findings.more ? dateText(findings.hits.at(-1)?.seenAt ?? span.from) : undefined}
    />
  );
};
/** Nothing came in before there was a product. */
const EARLIEST = Date.parse('2020-01-01T00:00:00+08:00');
