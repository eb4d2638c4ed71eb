/**
 * Sites for the benches, in a process of their own: feeds that grow on a moved clock, and in the soak fall ill in turn.
 * Speaks with its parent over IPC: gets its orders first, gives its ledger at the end.
 */
import { createServer, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

export interface SitesOrder {
  readonly ports: number;
  readonly feedsPerPort: number;
  /** Milliseconds of the moved clock for one of the wall. */
  readonly speed: number;
  readonly startedAt: number;
  /** Of the moved clock: how often a feed gets an item. */
  readonly itemEveryMs: number;
  readonly window: number;
  /** Items a feed holds at the start, at most; the window unless said otherwise. */
  readonly initial?: number;
  readonly faults: boolean;
  /** Share of feeds that ever change (the rest answer "not modified"). */
  readonly changing: number;
}
export interface ItemRecord {
  readonly url: string;
  readonly bornAt: number;
  /** When it fell out of the feed, on the moved clock; absent while it stands in it. */
  readonly goneAt?: number;
  /** Of the time it stood in the feed, how long the site was well. */
  readonly wellMs: number;
  /** Whether a whole, true answer that held it was ever sent to its end. */
  readonly served: boolean;
}
type Ill = 'well' | 'dead' | 'hangs' | 'slow' | 'breaks' | 'lies' | 'error page' | 'torn' | 'endless' | 'garbage';
const ILLS: readonly Ill[] = ['dead', 'hangs', 'slow', 'breaks', 'lies', 'error page', 'torn', 'endless', 'garbage'];
interface Item {
  url: string;
  title: string;
  text: string;
  bornAt: number;
  goneAt?: number;
  wellMs: number;
  served: boolean;
}
interface Feed {
  readonly path: string;
  readonly items: Item[];
  readonly gone: Item[];
  etag: number;
  nextItemAt: number;
  readonly changes: boolean;
}
/** Characters of common use: a title of ten of them is no copy of another. */
const CHARS = [
  ...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严',
];

let order: SitesOrder;
const now = (): number => order.startedAt + (Date.now() - wallStart) * order.speed;
let wallStart = Date.now();
let seed = 7;
const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
const words = (n: number): string =>
  Array.from({ length: n }, () => CHARS[Math.floor(random() * CHARS.length)] ?? '').join('');

class Site {
  ill: Ill = 'well';
  illUntil = 0;
  nextIllAt: number;
  feeds: Feed[] = [];
  port = 0;
  server = createServer((request, response) =>
    this.answer(request.url ?? '/', request.headers['if-none-match'], response),
  );
  constructor() {
    this.nextIllAt = now() + random() * 90 * 60_000;
    this.server.keepAliveTimeout = 1000;
  }
  /** A site that was dead comes back on its port; who took it meanwhile is waited for. */
  async listen(): Promise<void> {
    while (!this.server.listening) {
      await new Promise<void>(done => {
        const failed = (): void => void setTimeout(done, 500);
        this.server.once('error', failed);
        this.server.listen(this.port, '0.0.0.0', () => {
          this.server.off('error', failed);
          done();
        });
      });
    }
    const address = this.server.address();
    this.port = typeof address === 'object' && address ? address.port : 0;
  }
  grow(): void {
    const at = now();
    for (const feed of this.feeds)
      while (feed.changes && feed.nextItemAt <= at) {
        const n = feed.items.length + feed.gone.length;
        feed.items.unshift({
          url: `http://127.0.0.1:${this.port}${feed.path}/${n}`,
          title: `停水${words(14)}`,
          text: words(80),
          bornAt: feed.nextItemAt,
          wellMs: 0,
          served: false,
        });
        feed.etag++;
        for (const old of feed.items.splice(order.window))
          feed.gone.push(Object.assign(old, { goneAt: feed.nextItemAt }));
        feed.nextItemAt += order.itemEveryMs * (0.5 + random());
      }
  }
  /** Time passes: what stands in the feeds of a site that is well can be seen. */
  pass(ms: number): void {
    if (this.ill === 'well') for (const feed of this.feeds) for (const item of feed.items) item.wellMs += ms;
  }
  turn(): void {
    const at = now();
    if (this.ill !== 'well' && at >= this.illUntil) {
      if (this.ill === 'dead') void this.listen();
      this.ill = 'well';
      this.nextIllAt = at + (30 + random() * 120) * 60_000;
    } else if (this.ill === 'well' && order.faults && at >= this.nextIllAt) {
      this.ill = ILLS[Math.floor(random() * ILLS.length)] ?? 'dead';
      this.illUntil = at + (5 + random() * 25) * 60_000;
      if (this.ill === 'dead') {
        this.server.closeAllConnections();
        this.server.close();
      }
    }
  }
  answer(path: string, etag: string | undefined, response: ServerResponse): void {
    if (path === '/robots.txt') return void response.writeHead(404).end();
    this.grow();
    const feed = this.feeds.find(f => f.path === path);
    // The page of an item.
    if (!feed)
      return void response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(
          `<html><head><title>${path}</title></head><body><p>${'供水公司的答复已经公布。'.repeat(20)}</p></body></html>`,
        );
    switch (this.ill) {
      case 'hangs':
        return;
      case 'breaks':
        return void response.writeHead(random() < 0.5 ? 503 : 429, { 'retry-after': '2' }).end('busy');
      case 'error page':
        return void response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<!doctype html><html><head><title>系统维护</title></head><body>网站维护中</body></html>');
      case 'lies':
        if (etag !== undefined) return void response.writeHead(304).end();
        break;
      case 'garbage':
        return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.from('not gzip at all'));
      case 'endless': {
        response.writeHead(200);
        const pour = (): void => {
          while (!response.destroyed && response.write(' '.repeat(65_536)));
        };
        response.on('drain', pour);
        return pour();
      }
      default:
    }
    const tag = `"${feed.etag}"`;
    if (this.ill === 'well' && etag === tag) return void response.writeHead(304).end();
    const held = [...feed.items];
    const body = Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>${feed.path}</title>${held.map(i => `<item><title>${i.title}</title><link>${i.url}</link><pubDate>${new Date(i.bornAt).toUTCString()}</pubDate><description>${i.text}</description></item>`).join('')}</channel></rss>`,
    );
    const sent = gzipSync(body);
    response.writeHead(200, {
      'content-type': 'application/rss+xml',
      'content-encoding': 'gzip',
      etag: this.ill === 'lies' ? '"lie"' : tag,
    });
    if (this.ill === 'torn') {
      response.write(sent.subarray(0, sent.length >> 1));
      return void setTimeout(() => response.destroy(), 20);
    }
    if (this.ill === 'slow') {
      let at = 0;
      const drip = setInterval(() => {
        if (response.destroyed) return clearInterval(drip);
        response.write(sent.subarray(at, ++at));
        if (at >= sent.length) {
          clearInterval(drip);
          response.end();
        }
      }, 100);
      return;
    }
    response.on('finish', () => {
      for (const item of held) item.served = true;
    });
    response.end(sent);
  }
}

const sites: Site[] = [];
process.on('message', async (message: SitesOrder | 'ledger') => {
  if (message === 'ledger') {
    const items: ItemRecord[] = sites.flatMap(s => s.feeds.flatMap(f => [...f.items, ...f.gone]));
    process.send?.(items, () => process.exit(0));
    return;
  }
  order = message;
  wallStart = Date.now();
  for (let p = 0; p < order.ports; p++) {
    const site = new Site();
    for (let f = 0; f < order.feedsPerPort; f++)
      site.feeds.push({
        path: `/f${f}`,
        items: [],
        gone: [],
        etag: 0,
        nextItemAt: now() - (order.initial ?? order.window) * order.itemEveryMs * random(),
        changes: random() < order.changing || order.faults,
      });
    await site.listen();
    sites.push(site);
  }
  let last = now();
  setInterval(() => {
    const at = now();
    for (const site of sites) {
      site.pass(at - last);
      site.turn();
      site.grow();
    }
    last = at;
  }, 250);
  process.send?.(sites.map(s => s.port));
});
