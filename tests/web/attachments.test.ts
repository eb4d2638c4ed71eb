/**
 * Files in and out over a real database: what they are is read off their bytes, what could act is refused by name of the
 * fault, what is kept comes back byte for byte, and nothing is public until somebody chooses it.
 */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scanAttachment, typesetPdf, withoutCameraData, writeWorkbook } from '#io/documents';
import { openStore } from '#io/store';
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packBackup, readBackup } from '../../src/cli/backup-file.ts';
import { actAs, type House, openHouse, signIn, Visitor } from './house.ts';

const png = (): Uint8Array => {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    return out;
  };
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', head),
      chunk('IDAT', deflateSync(Buffer.from([0, 11, 88, 112]))),
      chunk('IEND', new Uint8Array()),
    ]),
  );
};
const jpeg = (): Uint8Array => {
  const exif = Buffer.from('Exif\0\0GPS 39.9 116.4 owner somebody', 'latin1');
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2]);
  return new Uint8Array(Buffer.concat([head, exif, Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9])]));
};
const docx = (more: Record<string, Uint8Array> = {}): Uint8Array =>
  zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(
      '<w:document><w:p><w:t>关于楼道清理的回函</w:t></w:p><w:p><w:t>已清走3处 &amp; 复查</w:t></w:p></w:document>',
    ),
    ...more,
  });
const pdfWith = (extra: string): Uint8Array =>
  new Uint8Array(
    Buffer.from(
      `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R ${extra}>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>`,
      'latin1',
    ),
  );
/** A megabyte of nothing that packs into a few bytes, many times over. */
const bomb = (): Uint8Array => zipSync({ 'a.txt': new Uint8Array(64 * 1024 * 1024) }, { level: 9 });

test.each<{ why: string; name: string; bytes: () => Uint8Array; becomes: string; text?: string }>(
  (
    [
      // why                                     name             bytes                                       becomes        text
      ['a picture is known by its bytes', 'photo.png', png, 'png'],
      ['whatever the name says', 'photo.txt', png, 'png'],
      ['a photograph', 'a.jpg', jpeg, 'jpeg'],
      ['words of a Word file', 'a.docx', docx, 'docx', '已清走3处 & 复查'],
      ['text in GB18030', 'a.txt', () => Uint8Array.from([0xb4, 0xf0, 0xb8, 0xb4]), 'text', '答复'],
      ['a table as text', 'a.csv', () => strToU8('单位,件\n甲,3\n'), 'csv', '甲,3'],
      ['an archive of papers', 'a.zip', () => zipSync({ 'x.pdf': strToU8('x') }), 'zip', 'x.pdf'],
      ['nothing at all', 'a.txt', () => new Uint8Array(), 'empty'],
      ['a page, by its words', 'a.txt', () => strToU8('<!DOCTYPE html><script>1'), 'active'],
      ['a page, by its name', 'a.html', () => strToU8('hello'), 'active'],
      ['a drawing with a script in it', 'a.svg', () => strToU8('<svg onload=alert(1)>'), 'active'],
      ['a program', 'a.pdf', () => strToU8('MZ\u0000\u0000program'), 'unknown'],
      ['a Word file with macros', 'a.docx', () => docx({ 'word/vbaProject.bin': strToU8('x') }), 'macros'],
      ['a PDF that runs something', 'a.pdf', () => pdfWith('/OpenAction<</S/JavaScript/JS(app.alert(1))>>'), 'active'],
      ['the same with its name disguised', 'a.pdf', () => pdfWith('/OpenAction<</S/#4aavaScript/J#53(1)>>'), 'active'],
      ['a PDF that is torn', 'a.pdf', () => strToU8('%PDF-1.7 and nothing more'), 'torn'],
      ['an archive that would fill the disk', 'a.zip', bomb, 'bomb'],
      ['an archive in an archive', 'a.zip', () => zipSync({ 'b.zip': strToU8('x') }), 'nested'],
      ['an archive with a program', 'a.zip', () => zipSync({ 'setup.exe': strToU8('x') }), 'active'],
      ['an archive cut short', 'a.zip', () => docx().subarray(0, 60), 'torn'],
      [
        'half of a Word file of the old kind',
        'a.exe.bin',
        () => Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]),
        'unknown',
      ],
    ] satisfies (readonly [string, string, () => Uint8Array, string, string?])[]
  ).map(([why, name, bytes, becomes, text]) => ({
    why,
    name,
    bytes,
    becomes,
    ...(text === undefined ? {} : { text }),
  })),
)('$why: $name', async ({ name, bytes, becomes, text }) => {
  const found = await scanAttachment(name, bytes());
  expect(found.ok ? found.kind : found.fault).toBe(becomes);
  if (text !== undefined) expect(found.ok ? found.text : '').toContain(text);
});
test('a typeset PDF shows its Chinese words, a workbook its rows', async () => {
  const paper = {
    id: 'x',
    layout: 'letter',
    title: '关于消防通道的答复',
    issuer: '清江市信访局',
    date: '2026年9月17日',
    to: [],
    copies: [],
    blocks: [{ block: 'text', text: '已清走堵塞物品三处。' }],
    missing: [],
    from: [],
  } as const;
  const pdf = await scanAttachment('a.pdf', await typesetPdf(paper, {}));
  expect(pdf.ok && pdf.text).toContain('已清走堵塞物品三处');
  const table = await scanAttachment(
    'a.xlsx',
    writeWorkbook([{ title: 'x', columns: [{ label: '单位', type: 'text' }], rows: [['来信科']] }]),
  );
  expect(table.ok && table.text).toContain('来信科');
});
test('the reader may die: too little time or memory is a fault of its own, and the product goes on', async () => {
  const paper = docx({ 'word/media/x.txt': strToU8('x'.repeat(1_000_000)) });
  expect(await scanAttachment('a.docx', paper, { timeoutMs: 1 })).toEqual({ ok: false, fault: 'reader-died' });
  expect((await scanAttachment('a.docx', paper)).ok).toBe(true);
});
test('what the camera wrote is not shown, the picture is', () => {
  const bare = Buffer.from(withoutCameraData(jpeg())).toString('latin1');
  expect([bare.includes('GPS'), bare.startsWith('\xff\xd8\xff\xda'), bare.endsWith('\xff\xd9')]).toEqual([
    false,
    true,
    true,
  ]);
});

let house: House;
let visitor: Visitor;
beforeAll(async () => {
  house = await openHouse();
  visitor = await signIn(house);
  await actAs(visitor, 'letters-section/head');
});
afterAll(() => house.close());
const at = '/files/of/case:C1';
const add = (name: string, bytes: Uint8Array, where = at): Promise<Response> =>
  visitor.post(
    where,
    { do: 'add', note: '现场照片 13912345678', file: new File([Buffer.from(bytes)], name) },
    { tokenFrom: where },
  );

test('added to a case, listed with its hash, shown, handed out unchanged under safe headers', async () => {
  expect((await add('../../楼道<b>.png', png())).status).toBe(303);
  const html = await visitor.text(at);
  const id = /href="\/files\/(f-[\w-]+)"/.exec(html)?.[1] ?? '';
  expect(html).toContain(createHash('sha256').update(png()).digest('hex').slice(0, 16));
  expect(html).toContain('楼道b.png');
  expect(html).not.toContain('13912345678');
  const taken = await visitor.get(`/files/${id}/take`);
  expect(Buffer.from(await taken.arrayBuffer()).equals(Buffer.from(png()))).toBe(true);
  expect(taken.headers.get('content-type')).toBe('application/octet-stream');
  expect(taken.headers.get('content-disposition')).toMatch(/^attachment;/);
  expect(taken.headers.get('content-security-policy')).toContain('sandbox');
  const shown = await visitor.get(`/files/${id}/picture`);
  expect([shown.headers.get('content-type'), shown.headers.get('x-content-type-options')]).toEqual([
    'image/png',
    'nosniff',
  ]);
  expect((await visitor.get(`/files/${id}`)).status).toBe(200);
});
test('a refused file says why and keeps nothing; a place that is not there is not found', async () => {
  const response = await add('a.html', strToU8('<p>hello'));
  expect(response.status).toBe(422);
  expect(await response.text()).toContain('打开时会运行程序');
  expect((await visitor.text(at)).match(/data-row/g)?.length).toBe(1);
  expect((await visitor.get('/files/of/case:C999')).status).toBe(404);
  expect((await visitor.get('/files/of/nothing:C1')).status).toBe(404);
  expect((await new Visitor(house).get(at)).headers.get('location')).toContain('/sign-in');
});
test('the same bytes are kept once; removed files come back for a month, then go', async () => {
  await add('again.png', png());
  const tenant = await house.store.tenant('example');
  const count = async (table: string): Promise<number> =>
    Number(
      (
        await house.store.pool.inTenant('example', q =>
          q<{ n: string }>(`select count(*) as n from ${table} where institution_id = $1`, ['example']),
        )
      )[0]?.n,
    );
  expect([await count('attachment'), await count('attachment_use')]).toEqual([1, 2]);
  const ids = [...(await visitor.text(at)).matchAll(/href="\/files\/(f-[\w-]+)"/g)].map(m => m[1] ?? '');
  await visitor.post(at, { do: 'remove', id: ids[1] ?? '' }, { tokenFrom: at });
  expect((await visitor.text(at)).match(/data-row/g)?.length).toBe(1);
  await visitor.post(at, { do: 'back', id: ids[1] ?? '' }, { tokenFrom: at });
  expect((await visitor.text(at)).match(/data-row/g)?.length).toBe(2);
  for (const id of ids) await visitor.post(at, { do: 'remove', id }, { tokenFrom: at });
  expect(await tenant?.attachments.forget(house.clock.at - 1000)).toBe(0);
  expect(await tenant?.attachments.forget(house.clock.at + 1000)).toBe(1);
  expect([await count('attachment'), await count('attachment_part'), await count('attachment_use')]).toEqual([0, 0, 0]);
});
/** Packed once: an archive bears the moment of its making. */
const RECEIPT = docx();
test('nothing is public until chosen, and then only under its own answer', async () => {
  const answers = await new Visitor(house).text('/answers');
  const n = /href="\/answers\/(\d+)"/.exec(answers)?.[1] ?? '';
  const events = await house.plugged.desk.log.read(0);
  const published = events.find(e => String(e.seq) === n);
  const where = `/files/of/document:${String(published?.data['document'])}`;
  expect((await add('回执.docx', RECEIPT, where)).status).toBe(303);
  const id = /href="\/files\/(f-[\w-]+)"/.exec(await visitor.text(where))?.[1] ?? '';
  const stranger = new Visitor(house);
  expect(await stranger.text(`/answers/${n}`)).not.toContain('/files/');
  expect((await stranger.get(`/answers/${n}/files/${id}`)).status).toBe(404);
  await visitor.post(where, { do: 'show', id }, { tokenFrom: where });
  expect(await stranger.text(`/answers/${n}`)).toContain(`/answers/${n}/files/${id}`);
  const taken = await stranger.get(`/answers/${n}/files/${id}`);
  expect(Buffer.from(await taken.arrayBuffer()).equals(Buffer.from(RECEIPT))).toBe(true);
  expect((await stranger.get(`/answers/999999/files/${id}`)).status).toBe(404);
});
test('the volume of the case holds the files and lists them by hash', async () => {
  expect((await add('现场.png', png())).status).toBe(303);
  const archive = await visitor.get('/cases/C1/archive');
  const files = unzipSync(new Uint8Array(await archive.arrayBuffer()));
  const name = Object.keys(files).find(n => n.startsWith('files/') && n.endsWith('现场.png')) ?? '';
  expect(Buffer.from(files[name] ?? []).equals(Buffer.from(png()))).toBe(true);
  const list = Object.entries(files).find(([n]) => /papers\/.*附件目录\.html$/.test(n))?.[1];
  expect(new TextDecoder().decode(list)).toContain(createHash('sha256').update(png()).digest('hex'));
  const html = await visitor.text(at);
  for (const m of html.matchAll(/href="\/files\/(f-[\w-]+)"/g))
    await visitor.post(at, { do: 'remove', id: m[1] ?? '' }, { tokenFrom: at });
});
test('a file of several parts goes through a backup and comes back by its hash', async () => {
  const big = new Uint8Array(3 * 1024 * 1024 + 17).fill(7);
  big.set([0xff, 0xd8, 0xff, 0xe0]);
  expect((await add('big.jpg', big)).status).toBe(303);
  const back = readBackup(packBackup(await house.store.dump()));
  if ('fault' in back) throw new Error(back.fault);
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-files-'));
  chmodSync(folder, 0o755);
  const other = await openStore({ data: join(folder, 'data') });
  try {
    await other.restore(back.tables, { replace: false });
    const tenant = await other.tenant('example');
    const [file] = (await tenant?.attachments.list('case:C1')) ?? [];
    const read = await tenant?.attachments.read(file?.digest ?? '');
    expect(Buffer.from(read ?? []).equals(Buffer.from(big))).toBe(true);
  } finally {
    await other.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
test('more than 50 MB is refused before it is read', async () => {
  expect(await scanAttachment('a.mp4', new Uint8Array(50 * 1024 * 1024 + 1))).toEqual({
    ok: false,
    fault: 'too-large',
  });
  expect(house.faults).toEqual([]);
});
