/** The words the draft checks look for: vague dates where they stand as an adverb of time, figures, steps, causes. */

const OPENING = '“「『《〈‘"';
const CLOSING = '”」』》〉’"';

/** The text without what it quotes: quotations are somebody else's words. */
export function withoutQuotations(text: string): string {
  let out = '';
  let depth = 0;
  for (const char of text) {
    if (char === '"') depth = depth > 0 ? depth - 1 : depth + 1;
    else if (OPENING.includes(char)) depth++;
    else if (CLOSING.includes(char)) depth = Math.max(0, depth - 1);
    else if (depth === 0) {
      out += char;
      continue;
    }
    out += ' ';
  }
  return out;
}

/**
 * Characters that make a longer word of 日 (HC-15): 9月20日前, 节日前, 生日前, 工作日前, 休息日前, 次日前, 周日前. The word
 * counts only where it stands by itself.
 */
const BEFORE_RI =
  /(?:[\d〇零一二三四五六七八九十百廿卅两几数半多整节生假周今明昨当每次翌某即终末本该首近同忌平往旧时诞]|工作|休息|营业|交易|开放|上学|开学|星期|礼拜|截止|到期|纪念|国庆|元旦)$/u;
/** 最近日, 临近日, 附近日: the word before goes on. */
const BEFORE_JIN = /[最将临新附接靠相远迫逼邻就切亲]$/u;

/** The words of the list that stand in the text as adverbs of time. */
export function vagueDates(text: string, words: readonly string[]): string[] {
  const plain = withoutQuotations(text.normalize('NFKC'));
  const found = new Set<string>();
  for (const word of words) {
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1)) {
      const before = plain.slice(0, at).trimEnd().slice(-2);
      const after = plain.slice(at + word.length, at + word.length + 1);
      if (word.startsWith('日') && BEFORE_RI.test(before)) continue;
      if (word.startsWith('近') && (BEFORE_JIN.test(before) || '点心'.includes(after || '\0'))) continue;
      found.add(word);
    }
  }
  return [...found];
}

/** A date, a number, a sum: anything that can be checked. */
const FIGURE =
  /\d|[〇一二三四五六七八九十百千万两]+(?:月|日|号|时|点|年|天|周|个|人|户|件|封|次|起|家|所|台|辆|元|万|亿|米|吨|%|成|倍|项|批|名|处|条|栋|间)|百分之/u;
export const hasFigure = (text: string): boolean => FIGURE.test(text.normalize('NFKC'));

/** Something done, being done, or promised: an act, not an attitude. */
const STEP =
  /已[^重高]|正在|正[由对就]|完成|办结|补办|补发|退还|退款|付清|赔付|整改|拆除|关闭|停用|停业|修复|更换|送检|检测|监测|采样|核对|核实|查明|查实|调取|约谈|通报|公布|公开|公示|告知|答复|回访|派出|赶赴|到达|启动|成立|设立|安排|开展|处罚|立案|问责|将[于在由]|前(?:完成|付清|公布|答复|办结|整改)|\b(?:has|have|had|was|were|will|by)\b/iu;
/** Attitude words that carry no step of their own. */
const EMPTY = /高度重视|认真研究|进一步(?:加强|研究|完善)|深刻认识|积极配合|妥善处理|严肃对待|引以为戒/gu;
export const hasStep = (text: string): boolean => STEP.test(text.normalize('NFKC').replace(EMPTY, ''));

/** Words that tell a cause, unless the sentence says that it is still looked for. */
const CAUSE =
  /原因(?:是|为|系|在于|如下|已查明|初步查明|查明)|(?:起因|成因|根源)(?:是|为|系|在于)|因为|由于|系因|导致|致使|造成|引发|缘于|源于|\b(?:because|due to|caused by|owing to)\b/iu;
const STILL_OPEN =
  /(?:原因|起因)[^。；;]{0,12}(?:正在|尚未|有待|待|还在|仍在)|(?:正在|尚未|有待)[^。；;]{0,8}(?:原因|起因)/u;
export function saysCause(text: string): string | undefined {
  for (const sentence of withoutQuotations(text).split(/[。！？!?；;\n]/u)) {
    const found = CAUSE.exec(sentence)?.[0];
    if (found !== undefined && !STILL_OPEN.test(sentence)) return found;
  }
  return undefined;
}
