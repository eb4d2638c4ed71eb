/** A text on other channels of our own: the package to copy out, the pasted link looked at and recorded. */
import { foundOnPage, titleAndBody } from '#reply';
import type { Visit } from '../context.ts';
import { type Look, ReplyChannels } from '../pages/reply-channels.tsx';
import { naming } from '../view/naming.ts';
import { channelsOf } from '../view/publishing.ts';
import { type Act, countsOf, type Show } from '../visiting.tsx';
import { missingPage } from './in-case.tsx';
import { type At, at, publication, run } from './replies.tsx';

export const show: Show = (visit, counts) => {
  const place = at(visit);
  const newest = place?.document?.versions.at(-1);
  return place?.document && newest ? (
    <ReplyChannels visit={visit} counts={counts} head={place.head} document={place.document} newest={newest} />
  ) : (
    missingPage(visit)
  );
};

export const act: Act = async posted => {
  const { visit, text } = posted;
  const place = at(visit);
  const office = visit.user.office;
  const newest = place?.document?.versions.at(-1);
  if (!place?.document || !newest) return missingPage(visit);
  const { document, head } = place;
  const page = async (more: { look?: Look; problem?: string }, status: 200 | 422): Promise<Response> =>
    visit.c.html(
      <ReplyChannels
        visit={visit}
        counts={await countsOf(visit)}
        head={head}
        document={document}
        newest={newest}
        {...more}
      />,
      status,
    );
  if (!channelsOf(visit.hall).includes(text('channel'))) return missingPage(visit);
  if (!/^https?:\/\/\S+$/.test(text('url'))) return page({ problem: visit.w.linkWrong }, 422);
  if (text('do') === 'look') return page({ look: await lookAt(visit, newest.text, text('channel'), text('url')) }, 200);
  if (!office) return page({ problem: visit.w.noOffice }, 422);
  // Nobody records a page that was not looked at: it is fetched again, and what differs needs a tick of its own.
  const look = await lookAt(visit, newest.text, text('channel'), text('url'));
  if (look.onPage?.all !== true && text('differs') !== 'true') return page({ look, problem: visit.w.lookTick }, 422);
  const questions = await visit.house.desk.writing.questions(head.key, document.key);
  const command = publication(place, posted, questions, office, []);
  return run(posted, place, kindOf(visit, place, command), visit.w.publishedHere(''), '/channels');
};

/** The same text on a second channel is of the kind it was on the first. */
function kindOf(_visit: Visit, place: At, command: ReturnType<typeof publication>): ReturnType<typeof publication> {
  const before = place.document?.publications.findLast(p => p.data['textHash'] === command.textHash);
  return before ? { ...command, kind: String(before.data['kind']) } : command;
}

async function lookAt(visit: Visit, signed: string, channel: string, url: string): Promise<Look> {
  const seen = await visit.house.desk.look.page(url);
  if (!seen.ok) return { channel, url, problem: seen.reason };
  return { channel, url, onPage: foundOnPage(signed, seen.text) };
}

/** What is copied out: the exact bytes, a page for editors that take pages, the digest, and how to come back. */
export const pack: Show = visit => {
  const place = at(visit);
  const newest = place?.document?.versions.at(-1);
  const channel = visit.c.req.query('channel') ?? '';
  if (!place?.document || !newest || !channelsOf(visit.hall).includes(channel)) return missingPage(visit);
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  const { title, paragraphs } = titleAndBody(newest.text);
  const hash = newest.hash.replace('sha256:', '');
  const bytes = visit.house.desk.look.pack({
    'text.txt': newest.text,
    'text.html': page(title, paragraphs),
    'picture.svg': picture(hall.institution.name[language], title, paragraphs, hash),
    'sha256.txt': `${hash}  text.txt\n`,
    'readme.txt': [
      w.packageReadme(names.channel(channel), hall.institution.name[language]),
      `SHA-256 ${hash}`,
      w.packageBack,
    ].join('\n'),
  });
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${place.key}-${channel}.zip"`,
      'cache-control': 'no-store',
    },
  });
};

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const page = (title: string, paragraphs: readonly string[]): string =>
  `<!doctype html><meta charset="utf-8"><title>${escape(title)}</title>${title === '' ? '' : `<h1>${escape(title)}</h1>`}${paragraphs
    .map(p => `<p>${escape(p)}</p>`)
    .join('')}\n`;

const WIDE = 34;
const SIZE = 30;
const LEADING = 54;
/** Chinese lines break anywhere save before closing marks; words of other scripts are cut where the line ends. */
function linesOf(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const ch of text) {
    const w = (ch.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.55;
    if (width + w > WIDE && !'，。；：？！）》”’、'.includes(ch)) {
      lines.push(line);
      line = '';
      width = 0;
    }
    line += ch;
    width += w;
  }
  return line === '' ? lines : [...lines, line];
}
/** The text as a picture, for channels that take pictures only: words in it stay words, so it can be checked by machine. */
function picture(institution: string, title: string, paragraphs: readonly string[], hash: string): string {
  const rows: string[] = [];
  let y = 150;
  const put = (text: string, of: { readonly size: number; readonly x: number; readonly anchor?: string }): void => {
    rows.push(
      `<text x="${of.x}" y="${y}" font-size="${of.size}"${of.anchor ? ` text-anchor="${of.anchor}"` : ''}>${escape(text)}</text>`,
    );
    y += LEADING;
  };
  for (const line of linesOf(title)) put(line, { size: 38, x: 550, anchor: 'middle' });
  y += 20;
  for (const p of paragraphs) for (const line of linesOf(`　　${p}`)) put(line, { size: SIZE, x: 40 });
  y += 30;
  put(institution, { size: 26, x: 1060, anchor: 'end' });
  put(`SHA-256 ${hash.slice(0, 32)}`, { size: 20, x: 40 });
  put(hash.slice(32), { size: 20, x: 40 });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1100" height="${y}" viewBox="0 0 1100 ${y}" font-family="'Noto Serif CJK SC','Source Han Serif SC',SimSun,serif"><rect width="1100" height="${y}" fill="#fff"/>${rows.join('')}</svg>\n`;
}
