/** Does what leads to pages that a fresh example has nothing for: a table imported, a file attached, a unit asked for its word. */
import type { Page } from 'playwright-core';
import { parseHTML } from 'linkedom';

type Fields = Readonly<
  Record<string, string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }>
>;
interface Form {
  getAttribute: (name: string) => string | null;
  querySelectorAll: (selector: string) => Iterable<Form>;
  hasAttribute: (name: string) => boolean;
  readonly tagName: string;
}
const HOTLINE = ['工单号,标题,内容,来电时间', '1,楼道堵塞,楼道里堆满杂物，没人管,2026-09-10 09:00'].join('\n');

const read = async (page: Page, url: string, at: string): Promise<string> =>
  (await page.request.get(`${url}${at}`)).text();
/** Sends the form of a page as a browser would: what stands in it, and what is typed. */
async function send(page: Page, url: string, at: string, action: string, typed: Fields = {}): Promise<string> {
  return post(page, url, await read(page, url, at), action, typed);
}
async function post(page: Page, url: string, html: string, action: string, typed: Fields): Promise<string> {
  const document = parseHTML(html).document as unknown as Form; // linkedom leaves open what is there
  const forms = [...document.querySelectorAll('form[method=post]')];
  const wanted = typeof typed['do'] === 'string' ? typed['do'] : '';
  const fits = (f: Form): boolean =>
    wanted === '' || [...f.querySelectorAll(`[name=do][value="${wanted}"]`)].length > 0;
  const form = forms.find(f => (f.getAttribute('action') ?? '').startsWith(action) && fits(f));
  if (!form) throw new Error(`no form for ${action}`);
  const fields: Record<string, Fields[string]> = {};
  for (const c of form.querySelectorAll('input[name], select[name], textarea[name]')) {
    const name = c.getAttribute('name') ?? '';
    if (c.tagName === 'SELECT') {
      const options = [...c.querySelectorAll('option')];
      fields[name] = (options.find(o => o.hasAttribute('selected')) ?? options[0])?.getAttribute('value') ?? '';
    } else if (!['checkbox', 'radio', 'file'].includes(c.getAttribute('type') ?? '') || c.hasAttribute('checked'))
      fields[name] = c.getAttribute('value') ?? '';
  }
  const target = (form.getAttribute('action') ?? '').replaceAll('&amp;', '&');
  const answer = await page.request.post(`${url}${target}`, {
    multipart: { ...fields, ...typed },
    headers: { origin: url },
    maxRedirects: 0,
  });
  if (answer.status() >= 400) throw new Error(`${target}: ${answer.status()}`);
  return answer.headers()['location'] ?? (await answer.text());
}
const actAs = (page: Page, url: string, office: string): Promise<string> =>
  send(page, url, '/desk', '/office', { office });

/** Addresses that exist after it. */
export async function furnish(page: Page, url: string): Promise<readonly string[]> {
  const found: string[] = [];
  const table = { name: 'hotline.csv', mimeType: 'text/csv', buffer: Buffer.from(HOTLINE) };
  const mapping = await send(page, url, '/inbox/import', '/inbox/import', { file: table });
  found.push(await post(page, url, mapping, '/inbox/import/', {}));
  const note = { name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('已清走3处。') };
  await send(page, url, '/files/of/case:C1', '/files/of/', { do: 'add', file: note });
  found.push('/files/of/case:C1');
  // Whoever is on watch at this hour hands over.
  const offices = [...(await read(page, url, '/desk')).matchAll(/name="office" value="([^"]+)"/g)].map(m => m[1] ?? '');
  for (const office of offices) {
    await actAs(page, url, office);
    if (!(await read(page, url, '/rota')).includes('value="hand-over"')) continue;
    found.push(await send(page, url, '/rota', '/rota', { do: 'hand-over' }));
    break;
  }
  // An inspector asks a unit for its word, finds, and puts the file together.
  const desk = await read(page, url, '/inspection');
  const matter = /href="(\/inspection\/matter\?duty=[^"]+)"/.exec(desk)?.[1]?.replaceAll('&amp;', '&') ?? '';
  await send(page, url, matter, '/inspection/matter', { do: 'ask' });
  const key = new URL(`${url}${matter}`).searchParams.get('duty') ?? '';
  // Once the unit has had its word no list asks for the reason any more; the page stays.
  found.push(`/inspection/word/${key}`, matter, `/reason/${key}`);
  // The unit has its word, another office finds, and the finding becomes a file.
  await send(page, url, `/inspection/word/${key}`, '/inspection/word', { reason: '值班的人在现场，没有登记。' });
  for (const office of offices) {
    await actAs(page, url, office);
    const html = await read(page, url, matter);
    const evidence = /name="evidence" value="([^"]+)"/.exec(html)?.[1];
    if (evidence === undefined || !html.includes('value="find"')) continue;
    const kind = /id="fd-kind"[\s\S]*?<option value="([^"]+)"/.exec(html)?.[1] ?? '';
    const gravity = /id="fd-gravity"[\s\S]*?<option value="([^"]+)"/.exec(html)?.[1] ?? '';
    const said = { do: 'find', evidence, kind, gravity, reason: '核对过登记和说明。' };
    const done = await post(page, url, html, '/inspection/matter', said).catch(() => '');
    if (done === '') continue;
    found.push(await send(page, url, '/inspection/refer', '/inspection/refer', { outcome: '提醒' }));
    break;
  }
  const texts = await read(page, url, '/replies');
  const reply = /href="(\/cases\/[^/"]+\/reply\/[^/"?]+)"/.exec(texts)?.[1] ?? '/cases/C2/reply/reply-2';
  found.push(`${reply}/publish`);
  await actAs(page, url, offices[0] ?? '');
  return found;
}
