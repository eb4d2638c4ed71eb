/** Numbers and addresses that lead to a person, by form and checksum. What stays is the matter: tickets, hotlines, amounts. */
import type { MaskRule } from './masking.ts';

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const isBirthDay = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;
/** GB 11643: the last character is a check digit modulo 11. A wrong one may be a slip of the pen: a plausible birth date is enough. */
function isIdentityNumber(text: string): boolean {
  const plain = text.replaceAll(/[ -]/g, '');
  const sum = ID_WEIGHTS.reduce((s, w, i) => s + w * Number(plain[i]), 0);
  if ('10X98765432'[sum % 11] === plain[17]?.toUpperCase()) return true;
  return /^(19|20)$/.test(plain.slice(6, 8)) && isBirthDay(Number(plain.slice(10, 12)), Number(plain.slice(12, 14)));
}
/** The form before 1999: two digits for the year, no check digit. The first two digits are a province. */
const isOldIdentityNumber = (text: string): boolean =>
  /^[1-6][1-7]/.test(text) && isBirthDay(Number(text.slice(8, 10)), Number(text.slice(10, 12)));
/** Luhn's check (ISO/IEC 7812). */
function isCard(text: string): boolean {
  let sum = 0;
  [...text].toReversed().forEach((ch, i) => {
    const d = Number(ch) * (i % 2 === 1 ? 2 : 1);
    sum += d > 9 ? d - 9 : d;
  });
  return sum % 10 === 0;
}
const DIGIT = /\d/;

export const NUMBER_RULES: readonly MaskRule[] = [
  {
    kind: 'mail',
    pattern: /[A-Za-z0-9._%+-]+\s?[@＠]\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g,
    mask: '[邮箱已隐去]',
    can: s => s.at,
  },
  {
    kind: 'identity-number',
    pattern: /(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dA-Za-z])/g,
    mask: '[证件号已隐去]',
    accept: isIdentityNumber,
    can: s => s.digitRun >= 8 && s.joinedRun >= 17,
  },
  {
    kind: 'identity-number',
    pattern: /(?<!\d)\d{15}(?!\d)/g,
    mask: '[证件号已隐去]',
    accept: isOldIdentityNumber,
    can: s => s.digitRun >= 15,
  },
  {
    kind: 'identity-number',
    pattern:
      /(?=[A-Za-z\d])(?<=(?:身份证|证件|护照|通行证|军官证|社保卡?|残疾证|学号|工号)(?:号码|号)?(?:码)?\s{0,40}[:：为是]?\s{0,40})[A-Za-z]{0,2}\d[\dXx-]{5,19}(?![\dA-Za-z])/g,
    mask: '[证件号已隐去]',
    can: s => s.codeRun >= 6,
    when: /身份证|证件|护照|通行证|军官证|社保|残疾证|学号|工号/,
  },
  {
    kind: 'bank-card',
    pattern:
      /(?=\d)(?<=(?:卡号|银行卡|账户|账号|帐号)(?:号码|号)?(?:尾号)?\s{0,40}[:：为是]?\s{0,40})(?:\d[ -]?){11,18}\d(?!\d)/g,
    mask: '[卡号已隐去]',
    can: s => s.joinedRun >= 12,
    when: /卡号|银行卡|[账帐][户号]/,
  },
  {
    kind: 'bank-card',
    pattern: /(?<!\d)(?:\d{4}[ -]?){3,4}\d{1,4}(?!\d)/g,
    mask: '[卡号已隐去]',
    accept: m => /^\d{16,19}$/.test(m.replaceAll(/[ -]/g, '')) && isCard(m.replaceAll(/[ -]/g, '')),
    can: s => s.digitRun >= 4 && s.joinedRun >= 13,
  },
  {
    kind: 'phone',
    pattern: /(?<!\d)(?:\+?(?:00)?86[- ]?)?1[3-9]\d(?:[- .·]?\d{4}){2}(?!\d)/g,
    mask: '[电话已隐去]',
    can: s => s.digitRun >= 4 && s.joinedRun >= 11,
  },
  // Written digit by digit, so that machines do not see it.
  {
    kind: 'phone',
    pattern: /(?<!\d)1[ -][3-9](?:[ -]\d){9}(?!\d)/g,
    mask: '[电话已隐去]',
    can: s => s.joinedRun >= 11,
    when: /\d[ -]\d[ -]\d/,
  },
  {
    kind: 'phone',
    pattern:
      /(?<![一二三四五六七八九〇零])[一幺][三四五六七八九][一二三四五六七八九〇零幺]{9}(?![一二三四五六七八九〇零])/g,
    mask: '[电话已隐去]',
    can: s => s.hanDigitRun >= 11,
  },
  {
    kind: 'phone',
    pattern: /(?<!\d)(?:0\d{2,3}[- ]\d{7,8}|[(（]0\d{2,3}[)）][- ]?\d{7,8})(?:\s?(?:转|-)\s?\d{1,5})?(?!\d)/g,
    mask: '[电话已隐去]',
    can: s => s.digitRun >= 7 && s.digits >= 10,
  },
  {
    kind: 'phone',
    pattern:
      /(?=\d)(?<=(?:电话|座机|固话|手机|号码|拨打|致电|联系方式|tel|phone)\s{0,40}[:：为是]?\s{0,40})0?\d{7,12}(?!\d)/gi,
    mask: '[电话已隐去]',
    // A hotline of five digits, a free number of an organisation, a service number are the matter.
    accept: m => !/^(?:400|800|95|96)/.test(m),
    can: s => s.digitRun >= 7,
    when: /电话|座机|固话|手机|号码|拨打|致电|联系方式|tel|phone/i,
  },
  {
    kind: 'plate',
    pattern:
      /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• -]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])/g,
    mask: '[车牌已隐去]',
    accept: m => DIGIT.test(m),
    can: s => s.wordRun >= 5 && s.digits > 0,
  },
  {
    kind: 'home',
    pattern:
      /(?=[^:：\s，。；,;\n])(?<=(?:家庭住址|家庭地址|住址|现住址|户籍地址?|居住地址|家住)\s{0,40}[:：在于]?\s{0,40})[^:：\s，。；,;\n]{4,40}/g,
    mask: '[住址已隐去]',
    can: s => s.home,
    when: /住址|家庭地址|户籍|居住地址|家住/,
  },
];
