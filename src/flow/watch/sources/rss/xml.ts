/** XML read tolerantly into a small tree, with limits: what a broken feed says is taken, what a hostile one tries is refused. */
import { Parser } from 'htmlparser2';
import { SaxesParser } from 'saxes';

export interface Element {
  /** As written, lower case, prefix included: `dc:date`. */
  readonly name: string;
  /** The name without its prefix. */
  readonly short: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}
export class FeedRefused extends Error {
  override readonly name = 'FeedRefused';
  readonly code: 'HY-I11' | 'HY-I12';
  constructor(code: 'HY-I11' | 'HY-I12', message: string) {
    super(message);
    this.code = code;
  }
}
const DEEPEST = 256;
const MOST_ELEMENTS = 400_000;

/** Entities of its own make a small file large, or read files of the machine: neither has a place in a feed. */
function refuseEntities(text: string): void {
  const doctype = /<!DOCTYPE[^[>]*(\[[\s\S]*?\]\s*>|>)/i.exec(text.slice(0, 65_536));
  if (!doctype) return;
  if (/<!ENTITY/i.test(doctype[0]))
    throw new FeedRefused(
      'HY-I12',
      'the document declares entities of its own, which can grow without limit or read files',
    );
}

export function readXml(text: string): Element {
  refuseEntities(text);
  const root: Element & { children: (Element | string)[] } = { name: '', short: '', attributes: {}, children: [] };
  const stack: (Element & { children: (Element | string)[] })[] = [root];
  let count = 0;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (++count > MOST_ELEMENTS) throw new FeedRefused('HY-I12', `more than ${MOST_ELEMENTS} elements`);
        if (stack.length > DEEPEST) throw new FeedRefused('HY-I12', `more than ${DEEPEST} elements inside each other`);
        const element = { name, short: local(name), attributes, children: [] };
        stack.at(-1)?.children.push(element);
        stack.push(element);
      },
      ontext: t => {
        const list = stack.at(-1)?.children;
        if (typeof list?.at(-1) === 'string') list[list.length - 1] = `${String(list.at(-1))}${t}`;
        else list?.push(t);
      },
      onclosetag: name => {
        const at = stack.findLastIndex(e => e.name === name);
        if (at > 0) stack.length = at;
      },
    },
    { xmlMode: true, decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(text);
  parser.end();
  return root;
}

/** The first thing that makes the text no XML, with its line; undefined where it is well-formed. */
export function xmlProblem(text: string): string | undefined {
  const parser = new SaxesParser({ xmlns: false, position: true });
  let problem: string | undefined;
  parser.on('error', error => {
    problem ??= `line ${parser.line}: ${error.message.replace(/^\d+:\d+:\s*/, '')}`;
  });
  try {
    parser.write(text).close();
  } catch {
    problem ??= `line ${parser.line}: cannot be read as XML`;
  }
  return problem;
}

/** A name without its prefix. */
export const local = (name: string): string => (name.includes(':') ? name.slice(name.indexOf(':') + 1) : name);
export const elements = (e: Element): Element[] => e.children.filter((c): c is Element => typeof c !== 'string');
/** All text inside. */
export function textOf(e: Element | undefined): string {
  if (!e) return '';
  const [only] = e.children;
  if (e.children.length === 1 && typeof only === 'string') return only;
  return e.children.map(c => (typeof c === 'string' ? c : textOf(c))).join('');
}
/** The inside as markup again, for Atom's xhtml content. */
export function markupOf(e: Element): string {
  return e.children
    .map(c => {
      if (typeof c === 'string') return c.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      return `<${c.short}>${markupOf(c)}</${c.short}>`;
    })
    .join('');
}
