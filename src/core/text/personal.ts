/**
 * Terms that would search for a person and not for a matter: identity numbers, phones, mail addresses, accounts, personal
 * names. A name is a surname with one or two characters as given names have them, unless it ends as places and bodies do or
 * stands in the institution's office directory. This catches the usual forms and not every name: a second person reads each
 * rule before it is switched on, and the list of rules is shown to the superior body and to the public.
 */
const NUMBERS: readonly (readonly [RegExp, string])[] = [
  [/(?<!\d)\d{17}[\dXx](?!\d)/, 'an identity number'],
  [/(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)/, 'a phone number'],
  [/(?<!\d)0\d{2,3}-\d{7,8}(?!\d)/, 'a phone number'],
  [/^[@＠]\S/, 'an account'],
  [
    /(?:微信|微博|抖音|快手|小红书|qq|网名|昵称|账号|帐号|用户名|uid)(?:号|名|id)?\s*[:：]?\s*[a-z0-9_-]{5,}/i,
    'an account',
  ],
  [/[\w.+-]+@[\w-]+\.[\w.]+/, 'a mail address'],
];
const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙朱胡郭何罗郑梁谢宋唐许韩冯邓曹彭曾肖董袁潘蒋蔡杜叶程苏魏吕丁沈姚卢姜崔谭汪范廖贾韦付邹孟熊秦邱尹薛闫侯陶黎贺顾郝龚邵覃戴莫欧';
/** Characters that stand in given names far oftener than in words behind a surname. */
const GIVEN =
  '伟芳娜敏静强磊军洋勇艳杰涛超霞刚桂英秀兰玲婷丽雪梅玉琴红燕辉鹏斌浩宇轩梓涵欣怡佳俊豪博毅建国志华淑珍凤琳莉萍娟洁倩颖晶蕾彬峰飞健波鑫凯旭晨翔';
/** What places, bodies and matters end in. */
const NO_NAME =
  /[路街巷村镇乡区县市州庄湾桥湖河江山寺沟园角坪坝口店站厂矿校院馆所局委办厅处科组队会社店城楼苑府桥港岛湖营屯寨堡]$/u;
const ADDRESSED = /^[\p{Script=Han}]{2,4}(?:先生|女士|小姐|同志|本人)$/u;
/** A surname and one of these: a person, though their given name is left out. */
const TITLED =
  /^(?<surname>\p{Script=Han})(?:先生|女士|小姐|某|某某|大爷|阿姨|老师|师傅|书记|局长|科长|主任|院长|校长|处长)$/u;
/** Words that look like names. */
const WORDS = new Set([
  '许可证',
  '程序',
  '唐山',
  '韩国',
  '徐州',
  '郑州',
  '黄金',
  '黄河',
  '叶片',
  '苏州',
  '付费',
  '熊猫',
  '王府井',
  '黄梅',
  '杨梅',
]);

/** What a term is that looks like a name: its author may say that it is none (a place, a shop). */
export const A_NAME = 'a personal name';
export const AN_ADDRESS = 'a form of address';
/** What a term is that may not be searched for, or undefined. */
export function personalTerm(term: string, directory: ReadonlySet<string> = new Set()): string | undefined {
  if (directory.has(term)) return undefined;
  const number = NUMBERS.find(([pattern]) => pattern.test(term));
  if (number) return number[1];
  if (ADDRESSED.test(term) || SURNAMES.includes(TITLED.exec(term)?.groups?.['surname'] ?? ' ')) return AN_ADDRESS;
  if (isName(term)) return A_NAME;
  return undefined;
}
function isName(term: string): boolean {
  if (!/^\p{Script=Han}{2,3}$/u.test(term) || WORDS.has(term) || NO_NAME.test(term)) return false;
  const [surname = '', ...given] = [...term];
  return SURNAMES.includes(surname) && given.every(ch => GIVEN.includes(ch));
}
