/**
 * Which charset a document is in: byte-order mark, header, XML prolog, HTML meta, and a look at the bytes.
 * GB2312 and GBK are read as GB18030, their superset: what a page declares and what it holds often differ by that much.
 */
export interface Decoded {
  readonly text: string;
  readonly charset: string;
  /** What was wrong with the declaration, in words. */
  readonly problem?: string;
}
const ALIASES: Readonly<Record<string, string>> = {
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'x-gbk': 'gb18030',
  gb_2312: 'gb18030',
  'gb_2312-80': 'gb18030',
  cp936: 'gb18030',
  'hz-gb-2312': 'gb18030',
  utf8: 'utf-8',
  unicode: 'utf-8',
  ascii: 'us-ascii',
  latin1: 'iso-8859-1',
};
const HEAD_BYTES = 4096;
const latin = new TextDecoder('windows-1252');

const known = (label: string): string | undefined => {
  const name = ALIASES[label.trim().toLowerCase()] ?? label.trim().toLowerCase();
  try {
    new TextDecoder(name);
    return name;
  } catch {
    return undefined;
  }
};
export const charsetInHeader = (contentType: string | undefined): string | undefined =>
  /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1];

/** Decodes bytes; never throws. */
export function decode(bytes: Uint8Array, contentType?: string): Decoded {
  // Before UTF-16: the mark of UTF-32LE begins with that of UTF-16LE.
  const four = utf32Of(bytes);
  if (four) return { text: fromUtf32(bytes, four === 'utf-32le'), charset: four };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return { text: new TextDecoder('utf-8').decode(bytes), charset: 'utf-8' };
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), charset: 'utf-16le' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: new TextDecoder('utf-16be').decode(bytes), charset: 'utf-16be' };
  const wide = withoutMark(bytes);
  if (wide) return { text: new TextDecoder(wide).decode(bytes), charset: wide };
  const head = latin.decode(bytes.subarray(0, HEAD_BYTES));
  const declared = [
    charsetInHeader(contentType),
    /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1],
    /<meta[^>]+charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1],
  ].filter((d): d is string => d !== undefined);
  let problem: string | undefined;
  for (const label of declared) {
    const charset = known(label);
    if (!charset || charset.startsWith('utf-16')) {
      // A prolog that could be read as bytes is not in UTF-16, whatever it says.
      problem = `the declared charset "${label}" is unknown or cannot be`;
      continue;
    }
    if (charset === 'utf-8' && !isUtf8(bytes)) {
      problem = 'declared as UTF-8 and holds other bytes';
      continue;
    }
    if (/^(gb18030|big5)$/.test(charset) && isClearlyUtf8(bytes)) {
      problem = `declared as ${label} and holds UTF-8`;
      continue;
    }
    return { text: new TextDecoder(charset).decode(bytes), charset, ...(problem ? { problem } : {}) };
  }
  const sniffed = isUtf8(bytes)
    ? 'utf-8'
    : looksLikeGb(bytes)
      ? 'gb18030'
      : looksLikeBig5(bytes)
        ? 'big5'
        : declared.length > 0 && problem?.startsWith('declared as UTF-8')
          ? 'utf-8'
          : 'windows-1252';
  return { text: new TextDecoder(sniffed).decode(bytes), charset: sniffed, ...(problem ? { problem } : {}) };
}

/** "<?" or "<r" in UTF-16 without a mark. */
function withoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0x3c && bytes[1] === 0 && bytes[3] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c && bytes[2] === 0) return 'utf-16be';
  return undefined;
}
/** UTF-32, marked or beginning with "<" and a readable character: the Encoding Standard knows none, feeds in the wild do. */
function utf32Of(bytes: Uint8Array): 'utf-32le' | 'utf-32be' | undefined {
  if (bytes.length < 8 || bytes.length % 4 !== 0) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a !== 0 && b + c + d === 0 && bytes[4] !== 0))
    return 'utf-32le';
  if ((a + b === 0 && c === 0xfe && d === 0xff) || (a + b + c === 0 && d !== 0 && bytes[7] !== 0)) return 'utf-32be';
  return undefined;
}
function fromUtf32(bytes: Uint8Array, little: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 4) {
    const point = view.getUint32(i, little);
    if (i === 0 && point === 0xfeff) continue;
    parts.push(point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? '\ufffd' : String.fromCodePoint(point));
  }
  return parts.join('');
}
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
/** Chinese text in a two-byte charset is valid UTF-8 by accident for a character or two, never for many. */
function isClearlyUtf8(bytes: Uint8Array): boolean {
  const lead = bytes.reduce((n, b) => n + (b >= 0xe0 && b <= 0xef ? 1 : 0), 0);
  return lead >= 8 && isUtf8(bytes);
}
/** Most two-byte pairs lie in the GB2312 rows of common characters (0xB0-0xF7). */
function looksLikeGb(bytes: Uint8Array): boolean {
  return share(bytes, (a, b) => a >= 0xb0 && a <= 0xf7 && b >= 0xa1 && b <= 0xfe) > 0.7;
}
function looksLikeBig5(bytes: Uint8Array): boolean {
  return share(bytes, (a, b) => a >= 0xa4 && a <= 0xc6 && ((b >= 0x40 && b <= 0x7e) || (b >= 0xa1 && b <= 0xfe))) > 0.7;
}
function share(bytes: Uint8Array, common: (first: number, second: number) => boolean): number {
  let pairs = 0;
  let good = 0;
  for (let i = 0; i < Math.min(bytes.length, 65_536); i++) {
    const a = bytes[i] ?? 0;
    if (a < 0x80) continue;
    pairs++;
    if (common(a, bytes[i + 1] ?? 0)) good++;
    i++;
  }
  return pairs < 4 ? 0 : good / pairs;
}
