/**
 * Nobody who spoke is in here. Names, phones, handles and account ids are planted in feeds, pages, a sitemap, letters, a push, a
 * vendor's workbook, a hotline's JSONL and what people type; all of it goes through the real intake into a real PostgreSQL.
 * Then everything that is kept is searched: every table, the files of the database with their indexes and its log, the export
 * of the log, the backup, what pages show, what was reported as a fault. Found: nothing.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeWorkbook } from '#io/documents';
import { PLANTED, plantedIn } from '../../src/flow/watch/fixtures/planted.ts';
import type { Source } from '../../src/web/ports-sources.ts';
import { digestOf } from '../../src/web/session.ts';
import { type ImapPeer, openImapPeer, PEER_LOGIN } from '../peers/imap.ts';
import { type House, openHouse, ROOT, signIn, type Visitor } from './house.ts';

const p = (name: string): string => PLANTED[name] ?? '';
/** Words of the example's concern, so that the items are kept in full. */
const MATTER = '信访局接待大厅排队一上午没人，';
const SAYS = `${MATTER}联系人：${p('author')}，电话${p('phone')}，座机${p('landline')}，邮箱${p('mail')}，身份证${p('identity')}，卡号${p('card')}，车牌${p('plate')}，微信号：${p('wechat')}，QQ：${p('qq')}。转自@${p('handle')} 的帖子。家庭住址：${p('home')}，请处理。`;
const fixture = (path: string): string => readFileSync(join(ROOT, 'src/flow/watch/sources', path), 'utf8');

let site: Server;
let peer: ImapPeer;
let house: House;
let desk: Visitor;
let base: string;
beforeAll(async () => {
  const pages: Readonly<Record<string, readonly [string, string]>> = {
    '/feed': [
      'application/rss+xml',
      `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>论坛</title><item><title>大厅排队</title><link>BASE/t/1?uid=${p('account')}</link><author>${p('mail')} (${p('author')})</author><dc:creator>${p('author')}</dc:creator><description>${SAYS}</description></item></channel></rss>`,
    ],
    '/t/1': [
      'text/html',
      `<html><head><title>大厅排队</title><meta name="author" content="${p('author')}"></head><body><article><p>记者 ${p('author')}</p><p>${SAYS}</p><p>${SAYS}</p></article></body></html>`,
    ],
    '/list': ['text/html', fixture('list/fixtures/planted.html')],
    '/map': ['application/xml', fixture('sitemap/fixtures/planted.xml')],
    '/notice': ['text/html', fixture('change/fixtures/planted.html')],
    '/page': ['text/html', fixture('page/fixtures/planted.html')],
  };
  site = createServer((request, response) => {
    const found = pages[(request.url ?? '').split('?')[0] ?? ''];
    if (!found) return void response.writeHead(404).end();
    response.setHeader('content-type', `${found[0]}; charset=utf-8`);
    response.end(found[1].replaceAll('BASE', base));
  });
  await new Promise<void>(done => site.listen(0, '127.0.0.1', done));
  const port = (site.address() as AddressInfo).port;
  base = `http://127.0.0.1:${port}`;
  peer = await openImapPeer();
  house = await openHouse({ example: true, allowHosts: [`127.0.0.1:${port}`, `127.0.0.1:${peer.port}`, '127.0.0.1'] });
  desk = await signIn(house);
});
afterAll(async () => {
  site.close();
  await peer.close();
  await house.close();
});

/** Proposed by one, switched on by another, read at once. */
async function connect(kind: string, settings: Readonly<Record<string, string>>): Promise<Source> {
  const { sources } = house.plugged.desk;
  const source: Source = {
    key: `planted-${kind}`,
    kind,
    title: kind,
    settings,
    state: 'tried',
    ownerUnit: 'general-office',
    purpose: 'planted',
    class: 'public-board',
    reach: 'domestic',
    pace: 'hour',
    proposedBy: 'G01',
  };
  expect(await sources.save(source)).toBeUndefined();
  const { password: _, ...open } = settings;
  expect(await sources.save({ ...source, settings: open, state: 'on', switchedOnBy: 'G02' })).toBeUndefined();
  return source;
}
async function readIn(kind: string, settings: Readonly<Record<string, string>>): Promise<number> {
  const { key } = await connect(kind, settings);
  const read = await house.plugged.desk.sources.readNow(key);
  expect([kind, read.problem]).toEqual([kind, undefined]);
  return read.added;
}

test('everything that comes in is taken in', async () => {
  expect(await readIn('rss', { url: `${base}/feed`, outlet: '论坛' })).toBe(1);
  await readIn('list', { url: `${base}/list`, item: 'ul.news > li' });
  await readIn('sitemap', { url: `${base}/map` });
  await readIn('change', { url: `${base}/notice`, select: 'div.content' });
  await readIn('page', { url: `${base}/page` });
  peer.letters = [
    {
      uid: 1,
      from: `${p('mail').split('@')[0]}@monitor.example`,
      source: Buffer.from(
        [
          `From: =?utf-8?B?${Buffer.from(p('author')).toString('base64')}?= <${p('mail').split('@')[0]}@monitor.example>`,
          `Subject: =?utf-8?B?${Buffer.from('周报').toString('base64')}?=`,
          'Message-ID: <w1@monitor.example>',
          'Content-Type: text/plain; charset=utf-8',
          '',
          `${SAYS}\r\n-- \r\n${p('author')} ${p('phone')}`,
        ].join('\r\n'),
      ),
    },
  ];
  const added = await readIn('mailbox', {
    origin: 'agency',
    host: '127.0.0.1',
    port: String(peer.port),
    security: 'none',
    senders: 'monitor.example = 监测公司',
    ...PEER_LOGIN,
  });
  expect(added).toBe(1);
});

test('a vendor pushes, a workbook and a hotline file are imported, people type', async () => {
  const { access, imports } = house.plugged.desk;
  const { key } = await connect('push', { origin: 'agency' });
  const token = `hy_${'a'.repeat(43)}`;
  const now = house.clock.at;
  await access.addToken(
    {
      id: 't1',
      title: 'v',
      scopes: [`push:${key}`],
      madeBy: (await house.plugged.desk.people.list())[0]?.code ?? '',
      madeAt: now,
      expiresAt: now + 9_999_999,
    },
    digestOf(token),
  );
  const item = {
    ref: 'v-1',
    title: '大厅排队',
    text: SAYS,
    url: `https://weibo.com/${p('account')}/Nabc12345`,
    author: p('author'),
    user_id: p('account'),
  };
  const push = async (): Promise<Response> =>
    house.app.request('http://127.0.0.1:8420/api/v1/items', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ items: [item, { title: 'no ref' }] }),
    });
  const first = (await (await push()).json()) as { items: { result: string }[]; dropped: object };
  expect([first.items.map(i => i.result), first.dropped]).toEqual([
    [expect.stringMatching(/added|copy/), 'refused'],
    { author: 1, user_id: 1 },
  ]);
  const again = (await (await push()).json()) as { items: { result: string }[] };
  expect(again.items[0]?.result).toBe('known');

  const book = await writeWorkbook([
    {
      title: '导出',
      columns: ['标题', '内容', '作者', '粉丝账号', '联系电话', '原文链接'].map(label => ({
        label,
        type: 'text' as const,
      })),
      rows: [
        ['大厅排队二', SAYS, p('author'), p('handle'), p('phone'), `https://bbs.example/t?id=2&uid=${p('account')}`],
      ],
    },
  ]);
  const jsonl = `${JSON.stringify({ 工单编号: 'QJ-9', 内容: `${MATTER}再次反映。${SAYS}`, 来电人: p('author'), 受理时间: p('author') })}\n${JSON.stringify({ 工单编号: 'QJ-10', 内容: `${MATTER}第三次。${SAYS}`, 来电人: p('author') })}\n`;
  for (const [name, bytes] of [
    [`${p('phone')}.xlsx`, book],
    ['hotline.jsonl', Buffer.from(jsonl)],
  ] as const) {
    const table = await imports.hold(name, bytes);
    if (!('key' in table)) throw new Error(table.problem);
    expect(plantedIn(JSON.stringify(table))).toEqual([]);
    const begun = await imports.begin(table.key, { mapping: table.mapping, origin: 'hotline', by: 'G01' });
    if ('problem' in begun) throw new Error(begun.problem.en);
    await house.plugged.imports.drain();
    const run = await imports.run(begun.digest);
    expect(run).toMatchObject({ state: 'done', rows: run?.rows, refused: name === 'hotline.jsonl' ? 1 : 0 });
    expect(run?.dropped.length).toBeGreaterThan(0);
  }
  const typed = await desk.post(
    '/inbox/hand',
    {
      kind: 'paste',
      'set.title': '大厅排队三',
      'set.text': `今天。${SAYS}`,
      'set.url': `https://bbs.example/u/${p('account')}`,
    },
    { tokenFrom: '/inbox/hand?kind=paste' },
  );
  expect(typed.status).toBe(303);
});

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(e =>
    e.isDirectory() ? files(join(folder, e.name)) : e.isFile() ? [join(folder, e.name)] : [],
  );

test('nothing of anybody is in any table, index, log, export, backup or page', async () => {
  const { store, plugged } = house;
  const found: string[] = [];
  const search = (where: string, text: string): void => void found.push(...plantedIn(text).map(v => `${where}: ${v}`));
  const tables = await store.pool.scan<{ name: string }>(
    "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p')",
    [],
  );
  expect(tables.length).toBeGreaterThan(25);
  let rows = 0;
  for (const { name } of tables) {
    const lines = await store.pool.scan<{ line: string }>(`select to_jsonb(t)::text as line from "${name}" t`, []);
    rows += lines.length;
    search(`table ${name}`, lines.map(l => l.line).join('\n'));
  }
  expect(rows).toBeGreaterThan(60);
  for (const [name, text] of await store.dump()) search(`backup ${name}`, text);
  const { bytes } = await plugged.desk.exportLog();
  for (const [name, part] of Object.entries(unzipSync(bytes))) search(`export ${name}`, new TextDecoder().decode(part));
  for (const path of ['/inbox', '/sources', '/inbox/import', '/answers/sources', '/log', '/settings/audit'])
    search(`page ${path}`, await desk.text(path));
  search('faults', house.faults.join('\n'));
  // The files themselves: indexes, what was written ahead, what the server said.
  await store.pool.scan('checkpoint', []).catch(() => []);
  let size = 0;
  for (const file of files(house.folder)) {
    const raw = readFileSync(file);
    size += statSync(file).size;
    for (const value of Object.values(PLANTED))
      if (raw.includes(Buffer.from(value))) found.push(`file ${file.slice(house.folder.length)}: ${value}`);
  }
  expect(size).toBeGreaterThan(1_000_000);
  expect([...new Set(found)]).toEqual([]);
});
