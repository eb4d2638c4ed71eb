/**
 * Masking on the way in: what identifies a private person never reaches storage. Numbers are recognised by form and
 * checksum; what stays is the matter. Names in running text are not recognised here (their recall is published in the data map).
 */
export interface Masked {
  readonly text: string;
  /** How many of each kind were masked; no value is kept. */
  readonly counts: Readonly<Record<string, number>>;
}
type Kind = 'identity-number' | 'phone' | 'mail' | 'bank-card' | 'plate' | 'account';

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** GB 11643: the last character is a check digit modulo 11. A wrong one may be a slip of the pen: a plausible birth date is enough. */
function isIdentityNumber(text: string): boolean {
  const sum = ID_WEIGHTS.reduce((s, w, i) => s + w * Number(text[i]), 0);
  if ('10X98765432'[sum % 11] === text[17]?.toUpperCase()) return true;
  const month = Number(text.slice(10, 12));
  const day = Number(text.slice(12, 14));
  return /^(19|20)$/.test(text.slice(6, 8)) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
/** Luhn's check (ISO/IEC 7812). */
function isCard(text: string): boolean {
  let sum = 0;
  [...text].toReversed().forEach((ch, i) => {
    const d = Number(ch) * (i % 2 === 1 ? 2 : 1);
    sum += d > 9 ? d - 9 : d;
  });
  return sum % 10 === 0;
}
const RULES: readonly (readonly [Kind, RegExp, string, ((match: string) => boolean)?])[] = [
  ['mail', /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g, '[邮箱已隐去]'],
  ['identity-number', /(?<!\d)\d{17}[\dXx](?!\d)/g, '[证件号已隐去]', isIdentityNumber],
  [
    'bank-card',
    /(?<!\d)(?:\d{4}[ -]?){3,4}\d{1,4}(?!\d)/g,
    '[卡号已隐去]',
    m => /^\d{16,19}$/.test(m.replaceAll(/[ -]/g, '')) && isCard(m.replaceAll(/[ -]/g, '')),
  ],
  ['phone', /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)/g, '[电话已隐去]'],
  ['phone', /(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)/g, '[电话已隐去]'],
  [
    'plate',
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])/g,
    '[车牌已隐去]',
  ],
  ['account', /(?<![\w.])[@＠][\p{L}\p{N}_-]{2,30}/gu, '[账号已隐去]'],
  [
    'account',
    /(?:QQ|qq|微信|微信号|wx|WeChat)\s*(?:号|号码)?\s*[:：为是]?\s*[A-Za-z0-9_-]{5,20}(?![A-Za-z0-9])/g,
    '[账号已隐去]',
    m => /\d/.test(m),
  ],
];

/** The text with identities masked, and how many of each kind there were. */
export function maskText(text: string): Masked {
  const counts: Record<string, number> = {};
  let out = text;
  for (const [kind, pattern, mask, accept] of RULES) {
    out = out.replaceAll(pattern, match => {
      if (accept && !accept(match)) return match;
      counts[kind] = (counts[kind] ?? 0) + 1;
      return mask;
    });
  }
  return { text: out, counts };
}
