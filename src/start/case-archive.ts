/** One case as one file that opens without the product: index, papers, lists, entries, and an export that `verify` checks. */
import { formatInstant } from '#core/calendar';
import { createHash } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { folderOf } from '#core/log';
import { isComplete, type Paper } from '#core/paper';
import { blockHtml, canTypeset, escapeHtml, htmlPage, renderDocx, renderHtml, typesetAll } from '#io/documents';
import type { Store, Tenant } from '#io/store';
import type { CaseVolume } from '../web/ports.ts';
import { signedLog } from './signed-log.ts';

export async function caseArchive(
  store: Store,
  tenant: Tenant,
  given: CaseVolume,
  now: number,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const files = new Map<string, Uint8Array>();
  const log = await signedLog(store, tenant, now, given.case);
  for (const [name, bytes] of await folderOf(log)) files.set(`log/${name}`, bytes);
  const entries = log.events.map(
    line => JSON.parse(line) as { readonly id: string; readonly type: string; readonly data?: { document?: unknown } },
  );
  const drafted = entries.flatMap(e => (e.type === 'draft.written' ? [`document:${String(e.data?.document)}`] : []));
  const attached: Attached[] = [];
  for (const subject of [`case:${given.case}`, ...new Set(drafted)])
    for (const use of await tenant.attachments.list(subject))
      attached.push({
        use,
        name: `${String(attached.length + 1).padStart(2, '0')}-${use.name.replaceAll(/\s+/g, '-')}`,
      });
  for (const { use, name } of attached)
    files.set(`files/${name}`, (await tenant.attachments.read(use.digest)) ?? new Uint8Array());
  const looks = await tenant.evidence.ofCase(given.case);
  const volume: CaseVolume = {
    ...given,
    papers: [
      ...given.papers,
      ...(attached.length === 0 ? [] : [attachmentList(given, attached)]),
      ...(looks.length === 0 ? [] : [lookList(given, looks)]),
    ],
  };
  files.set('events.json', strToU8(`${JSON.stringify(entries, null, 2)}\n`));
  const named = volume.papers.map((paper, i) => ({ paper, name: fileName(i + 1, paper) }));
  for (const { paper, name } of named) {
    files.set(`papers/${name}.html`, strToU8(renderHtml(paper)));
    files.set(`papers/${name}.docx`, await renderDocx(paper, {}));
  }
  // One file for the shelf as well, where this machine can set one.
  if (canTypeset()) files.set('volume.pdf', await typesetAll([coverOf(volume), ...volume.papers], {}));
  const erased = entries.filter(e => e.type === 'body.erased').length;
  files.set('index.html', strToU8(indexOf(volume, named, entries.length, erased, files.has('volume.pdf'))));
  files.set('README.txt', strToU8(readmeOf(volume)));
  const sums = [...files]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`);
  files.set('SHA256SUMS', strToU8(sums.join('')));
  const bytes = zipSync(Object.fromEntries([...files].map(([name, content]) => [name, content])), { mtime: now });
  return { name: `huiyin-${tenant.institution.id}-${volume.case}.zip`, bytes };
}

interface Attached {
  readonly use: Awaited<ReturnType<Tenant['attachments']['list']>>[number];
  readonly name: string;
}
/** What people put beside the case, by name and by hash: the files themselves lie in the folder `files`. */
const attachmentList = (volume: CaseVolume, attached: readonly Attached[]): Paper => ({
  id: 'attachment-list',
  layout: 'list',
  title: '附件目录',
  issuer: volume.institution,
  date: volume.facts.find(([label]) => label === '制作')?.[1] ?? '',
  to: [],
  copies: [],
  blocks: [
    {
      block: 'table',
      heads: ['序号', '文件', '说明', '大小', '校验值 SHA-256'],
      widths: [1, 5, 4, 2, 8],
      rows: attached.map(({ use, name }, i) => [
        String(i + 1),
        name,
        use.note,
        `${Math.ceil(use.size / 1024)} KB`,
        use.digest,
      ]),
    },
  ],
  missing: [],
  from: [],
});

const OUTCOMES = {
  kept: '已存',
  same: '没有变化',
  changed: '改过了',
  gone: '不在了',
  unreachable: '打不开',
  refused: '网站请求不要读取',
};
/** What the pages of the case held each time they were looked at: digests only, for a volume leaves the house. */
const lookList = (volume: CaseVolume, looks: Awaited<ReturnType<Tenant['evidence']['ofCase']>>): Paper => ({
  id: 'page-evidence',
  layout: 'list',
  title: '网页证据目录',
  issuer: volume.institution,
  date: volume.facts.find(([label]) => label === '制作')?.[1] ?? '',
  to: [],
  copies: [],
  blocks: [
    {
      block: 'table',
      heads: ['序号', '时间', '题名', '看到什么', '网址', '校验值 SHA-256'],
      widths: [1, 3, 4, 2, 5, 6],
      rows: looks.map((l, i) => [
        String(i + 1),
        formatInstant(l.lookedAt).slice(0, 16).replace('T', ' '),
        l.title,
        OUTCOMES[l.outcome],
        l.url,
        l.digest ?? '—',
      ]),
    },
  ],
  missing: [],
  from: [],
});

/** The cover of the volume: what it is, when, whose, and what lies in it. */
const coverOf = (volume: CaseVolume): Paper => ({
  id: 'cover',
  layout: 'sheet',
  title: `${volume.number}　${volume.title}`,
  issuer: volume.institution,
  date: volume.facts.find(([label]) => label === '制作')?.[1] ?? '',
  to: [],
  copies: [],
  blocks: [
    { block: 'boxes', rows: volume.facts.map(([label, value]) => ({ label, value })) },
    {
      block: 'table',
      heads: ['序号', '编号', '题名', '责任单位', '日期'],
      widths: [1, 3, 6, 4, 4],
      rows: volume.papers.map((p, i) => [String(i + 1), p.number ?? '', p.title, p.issuer, p.date]),
    },
  ],
  missing: [],
  from: [],
});

/** `03-〔2026〕1号-情况通报`: sorted as they lie, without a character that some system refuses. */
function fileName(n: number, paper: Paper): string {
  const words = [paper.number, paper.title]
    .filter(Boolean)
    .join('-')
    .replaceAll(/[\\/:*?"<>|\s]+/g, '-');
  return `${String(n).padStart(2, '0')}-${words.slice(0, 60)}`;
}

function indexOf(
  volume: CaseVolume,
  papers: readonly { readonly paper: Paper; readonly name: string }[],
  entries: number,
  erased: number,
  whole: boolean,
): string {
  const e = escapeHtml;
  const link = (name: string, text: string): string => `<a href="${e(encodeURI(`papers/${name}`))}">${e(text)}</a>`;
  const rows = papers.map(
    ({ paper, name }, i) =>
      `<tr><td>${i + 1}</td><td>${e(paper.number ?? '')}</td><td>${link(`${name}.html`, paper.title)}</td><td>${e(paper.issuer)}</td><td>${e(paper.date)}</td><td>${isComplete(paper) ? '齐' : e(`缺：${paper.missing.join('、')}`)}</td><td>${link(`${name}.docx`, 'Word')}</td></tr>`,
  );
  return htmlPage(
    `${volume.number} ${volume.title}`,
    [
      `<p class="r">${e(volume.institution)}</p>`,
      `<h1>${e(`${volume.number}　${volume.title}`)}</h1>`,
      blockHtml({ block: 'boxes', rows: volume.facts.map(([label, value]) => ({ label, value })) }),
      '<h2>卷内文件</h2>',
      `<table><thead><tr><th>序号</th><th>编号</th><th>题名</th><th>责任单位</th><th>日期</th><th>齐全</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
      '<h2>其他</h2>',
      `<p><a href="events.json">events.json</a>：本案及其依据的记录 ${entries} 条${erased > 0 ? `，其中 ${erased} 条按期销毁了正文，只留指纹` : ''}。</p>`,
      ...(whole ? ['<p><a href="volume.pdf">volume.pdf</a>：整卷一个文件（PDF/A），供打印和长期保存。</p>'] : []),
      '<p>log 文件夹：带签名和证明的记录，可以核对有没有被改动。核对办法见 <a href="README.txt">README.txt</a>。</p>',
      '<p><a href="SHA256SUMS">SHA256SUMS</a>：每个文件的指纹。</p>',
    ].join('\n'),
  );
}
const readmeOf = (volume: CaseVolume): string =>
  [
    `${volume.number} ${volume.title}`,
    '',
    '打开 index.html 就能看，不需要任何程序。papers 里每份文件有网页和 Word 两种。',
    '核对记录是否被改动（网络可以断开）：',
    '  bin/huiyin verify 本文件.zip --key <机构公布的公钥>',
    '  公钥在机构的公开页 /proofs/keys；不带 --key 就用卷内自带的公钥，只能查出自相矛盾。',
    '核对文件是否完整：在解开的文件夹里运行 sha256sum -c SHA256SUMS。',
    '',
    'Open index.html: no program is needed. Every paper is there as a page and as a Word file.',
    'To check that the entries are unchanged: bin/huiyin verify <this file>.zip --key <the key the institution publishes>',
    'log/ also follows the C2SP tlog-tiles layout; docs/specs/event-log.md of the product says how to check it by hand.',
    '',
  ].join('\n');
