/** From one address of a site to what it offers: each proposal is read for a look, what cannot be read is left out. */
import { decode, privatePage, proposalsOf, type Proposal, sitemapsIn } from '#watch';
import type { BilingualText } from '#watch';
import type { DoorRequest, DoorResult } from '#io/fetch';
import type { FoundSource, SourceTry } from '../web/ports-sources.ts';

const MOST_TRIED = 8;

export async function findSources(
  ask: (request: DoorRequest) => Promise<DoorResult>,
  look: (kind: string, settings: Readonly<Record<string, string>>) => Promise<SourceTry>,
  address: string,
): Promise<{ readonly found: readonly FoundSource[]; readonly problem?: BilingualText }> {
  const written = address.trim();
  const url = /^https?:\/\//i.test(written) ? written : `https://${written}`;
  const person = privatePage(url);
  if (person) return { found: [], problem: person };
  const page = await ask({ url });
  if (page.result !== 'page') {
    const reason = page.result === 'unchanged' ? 'no answer' : page.reason;
    return { found: [], problem: { zh: `这个地址读不到：${reason}`, en: `this address cannot be read: ${reason}` } };
  }
  const led = privatePage(page.url);
  if (led) return { found: [], problem: led };
  const robots = await ask({ url: new URL('/robots.txt', page.url).href });
  const { text } = decode(page.body, page.headers['content-type']);
  const proposals: readonly Proposal[] = [
    // The address itself may be a feed or a sitemap.
    ...(/<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]/i.test(text.slice(0, 4000)) || text.trimStart().startsWith('{')
      ? [
          { kind: 'rss', title: url, settings: { url: page.url } },
          { kind: 'sitemap', title: url, settings: { url: page.url } },
        ]
      : []),
    ...proposalsOf(text, page.url),
    ...(robots.result === 'page' ? sitemapsIn(decode(robots.body, 'text/plain').text, page.url) : []),
    { kind: 'change', title: page.url, settings: { url: page.url } },
  ];
  const found: FoundSource[] = [];
  for (const proposal of proposals.slice(0, MOST_TRIED)) {
    const tried = await look(proposal.kind, proposal.settings);
    if (tried.ok) found.push({ ...proposal, title: tried.title || proposal.title, tried });
  }
  return found.length > 0
    ? { found }
    : {
        found,
        problem: {
          zh: '这个页面上没有找到订阅、站点地图或列表。可以换栏目页的地址再试，或者手工选一种',
          en: 'no feed, sitemap or list was found on this page. Try the address of a column, or choose a kind by hand',
        },
      };
}
