/** The public pages: no sign-in, the exact bytes that were signed, lateness said unprompted, corrections beside the original. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyProof } from '#core/log';
import { actAs, HOST, type House, openHouse, signIn, Visitor } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());
const bare = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

test('numbers for help stand before anything else', async () => {
  const html = await new Visitor(house).text('/answers');
  expect(html.indexOf('tel:110')).toBeGreaterThan(0);
  expect(html.indexOf('tel:110')).toBeLessThan(html.indexOf('<h1'));
  expect(bare(html)).toContain('12356 心理援助');
});

test('the plain text is byte for byte what was signed, and its hash stands on the page', async () => {
  const visitor = new Visitor(house);
  const n = /href="\/answers\/(\d+)"/.exec(await visitor.text('/answers'))?.[1] ?? '';
  const page = await visitor.text(`/answers/${n}`);
  const text = await visitor.text(`/answers/${n}/text`);
  const hash = (/class="code hash">([0-9a-f ]+)</.exec(page)?.[1] ?? '').replaceAll(' ', '');
  expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
  expect(bare(page)).toContain('来信科负责人署名发布');
  expect(bare(page)).not.toMatch(/X00\d|示例 来信科/);
});

test('every answer has a proof that holds without us, and the tree is there for anybody', async () => {
  const visitor = new Visitor(house);
  const n = /href="\/answers\/(\d+)"/.exec(await visitor.text('/answers'))?.[1] ?? '';
  const page = await visitor.text(`/answers/${n}`);
  expect(page).toContain(`href="/answers/${n}/proof"`);
  const keys = (await visitor.text('/proofs/keys')).trim().split('\n');
  const proof = verifyProof(await visitor.text(`/answers/${n}/proof`), keys);
  expect(proof).toMatchObject({ ok: true, n: Number(n), event: { type: 'publication.made' } });
  const hash = createHash('sha256')
    .update(await visitor.text(`/answers/${n}/text`))
    .digest('hex');
  expect(proof).toMatchObject({ event: { data: { textHash: `sha256:${hash}` } } });
  const size = Number((await visitor.text('/proofs/checkpoint')).split('\n')[1]);
  const statuses = await Promise.all(
    [
      `/proofs/tile/0/000.p/${size}`,
      '/proofs/tile/0/000',
      '/proofs/tile/entries/000',
      '/answers/1/proof',
      '/metrics',
    ].map(async path => (await visitor.get(path)).status),
  );
  expect(statuses).toEqual([200, 404, 404, 404, 404]);
});

test('a correction is signed like the original and stands beside it', async () => {
  const visitor = await signIn(house);
  await actAs(visitor, 'letters-section/head');
  const corrected = (await house.plugged.desk.log.read(0)).find(e => e.type === 'draft.written' && e.case === 'C1');
  const text = String(corrected?.data['text']).replace('4 分贝', '5 分贝');
  await visitor.post(
    '/cases/C1/reply/reply-1/draft',
    { form: 'reply', text, parts: ['facts', 'steps', 'dates'], forUnit: 'letters-section' },
    { tokenFrom: '/desk' },
  );
  const page = await visitor.text('/cases/C1/reply/reply-1');
  const hash = /name="hash" value="(sha256:[0-9a-f]{64})"/.exec(page)?.[1] ?? '';
  await actAs(visitor, 'leading-group/head');
  await visitor.post('/cases/C1/reply/reply-1/sign', { do: 'sign', hash, as: 'leading-group' }, { tokenFrom: '/desk' });
  await actAs(visitor, 'letters-section/head');
  const done = await visitor.post(
    '/cases/C1/reply/reply-1/publish',
    { hash, channel: 'website', kind: 'correction', read: 'true' },
    { tokenFrom: '/desk' },
  );
  expect(done.headers.get('location')).toContain('said=');
  const n = /href="\/answers\/(\d+)"/.exec(await visitor.text('/answers'))?.[1] ?? '';
  const shown = await new Visitor(house).text(`/answers/${n}`);
  expect(shown).toContain('<del>4</del>');
  expect(shown).toContain('<ins>5</ins>');
  expect(bare(shown)).toContain('原文保留');
});

test('health is said without sign-in', async () => {
  const visitor = new Visitor(house, HOST);
  expect([(await visitor.get('/healthz')).status, await visitor.text('/readyz')]).toEqual([200, 'ready\n']);
});
