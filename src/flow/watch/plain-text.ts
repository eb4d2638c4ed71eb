/** Markup to plain text: what a person would read. Nothing of the markup survives, so nothing of it can act. */
import { Parser } from 'htmlparser2';

const UNSEEN = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'svg',
  'math',
  'head',
  'title',
  'textarea',
  'select',
]);
const BREAKS = new Set([
  'p',
  'div',
  'br',
  'li',
  'ul',
  'ol',
  'tr',
  'table',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'pre',
  'section',
  'article',
  'dd',
  'dt',
  'hr',
  'figure',
  'figcaption',
]);

/** The readable text of a piece of HTML; entities decoded, spaces folded, paragraphs on lines of their own. */
export function plainText(html: string): string {
  if (!/[<&]/.test(html)) return tidy(html);
  let out = '';
  let unseen = 0;
  const parser = new Parser(
    {
      ontext: text => {
        if (unseen === 0) out += text;
      },
      onopentagname: name => {
        if (UNSEEN.has(name)) unseen++;
        else if (BREAKS.has(name)) out += '\n';
      },
      onclosetag: name => {
        if (UNSEEN.has(name)) unseen = Math.max(0, unseen - 1);
        else if (BREAKS.has(name)) out += '\n';
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html);
  parser.end();
  return tidy(out);
}
/** C1 controls in the wild are Windows-1252 characters that lost their charset: \u0092 is an apostrophe. */
const windows = new TextDecoder('windows-1252');
/** Anything but plain characters with single spaces between them. */
const UNTIDY = /[\u0000-\u001f\u007f-\u00a0]| {2}/;
const tidy = (text: string): string => (UNTIDY.test(text) ? tidied(text) : text.trim());
const tidied = (text: string): string =>
  text
    .replace(/[\u0080-\u009f]/g, ch => windows.decode(Uint8Array.of(ch.charCodeAt(0))))
    // Control characters have no place in text; tabs and line ends are spaces.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ *[\r\n]+ */g, '\n')
    .trim();
