/**
 * Dates in the words of Chinese pages, counted from the moment the page was received: 昨天 23:01, 3小时前, 05-09 22:14.
 * A date without a year is the last such day that is not in the future. What says no moment is no date, never "now".
 */
import { CHINA_MINUTES, readDate } from './dates.ts';

export interface DateInWords {
  readonly at: number;
  /** Counted from when the page was received, and how fine: within a minute, an hour, a day. */
  readonly exact: 'minute' | 'hour' | 'day';
}
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DIGITS = '零一二三四五六七八九';
const number = (text: string): number => {
  if (/^\d+$/.test(text)) return Number(text);
  if (text === '半') return 0.5;
  if (text === '两') return 2;
  const ten = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/.exec(text);
  if (ten) return (ten[1] ? DIGITS.indexOf(ten[1]) : 1) * 10 + (ten[2] ? DIGITS.indexOf(ten[2]) : 0);
  return DIGITS.indexOf(text);
};
const COUNT = '(\\d{1,4}|半|两|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])';
const AGO = new RegExp(
  `^(?:约|大约)?${COUNT}\\s*(?:个)?(秒钟?|分钟|分|小时|钟头|天|日|周|星期|个月|月)\\s*(?:之前|以前|前)$`,
);
const UNITS: readonly (readonly [RegExp, number, DateInWords['exact']])[] = [
  [/^秒/, 1000, 'minute'],
  [/^分/, MINUTE, 'minute'],
  [/^(小时|钟头)/, HOUR, 'hour'],
  [/^(天|日)/, DAY, 'day'],
  [/^(周|星期)/, 7 * DAY, 'day'],
];
const DAYS: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  今晨: 0,
  今早: 0,
  今晚: 0,
  昨天: 1,
  昨日: 1,
  昨晚: 1,
  昨夜: 1,
  前天: 2,
  前日: 2,
  大前天: 3,
};
const CLOCK =
  '(?:\\s*(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|晚)?\\s*(\\d{1,2})(?:[:：时点](\\d{1,2})?分?(?:[:：]?\\d{1,2}秒?)?)?)?';
const NAMED = new RegExp(
  `^(${Object.keys(DAYS)
    .toSorted((a, b) => b.length - a.length)
    .join('|')})${CLOCK}$`,
);
const WITHOUT_YEAR = new RegExp(`^(\\d{1,2})(?:-|/|月)(\\d{1,2})(?:日|号)?${CLOCK}$`);

/** Midnight in China of the day that a moment lies in. */
const midnight = (at: number): number => Math.floor((at + CHINA_MINUTES * MINUTE) / DAY) * DAY - CHINA_MINUTES * MINUTE;
/** Milliseconds after midnight, or undefined where the words are no time of the day. */
function clockOf(part: string | undefined, hour: string | undefined, minute: string | undefined): number | undefined {
  if (hour === undefined) return undefined;
  let h = Number(hour);
  if (/下午|傍晚|晚|夜/.test(part ?? '') && h < 12) h += 12;
  if (part === '中午' && h < 3) h += 12;
  const m = Number(minute ?? 0);
  return h > 23 || m > 59 ? undefined : h * HOUR + m * MINUTE;
}

/** The moment these words mean when they were received at `received`; undefined where they mean none. */
export function readDateWords(text: string, received: number): DateInWords | undefined {
  const words = text.replace(/\s+/g, ' ').trim();
  if (/^(?:刚刚|刚才)$/.test(words)) return { at: received, exact: 'minute' };
  const ago = AGO.exec(words);
  if (ago) {
    const unit = UNITS.find(([name]) => name.test(ago[2] ?? ''));
    const n = number(ago[1] ?? '');
    return unit && n > 0 ? { at: received - n * unit[1], exact: unit[2] } : undefined;
  }
  const named = NAMED.exec(words);
  if (named) {
    const part = named[2] ?? (/[晚夜]$/.test(named[1] ?? '') ? '晚上' : undefined);
    const clock = clockOf(part, named[3], named[4]);
    if (named[3] !== undefined && clock === undefined) return undefined;
    const day = midnight(received) - (DAYS[named[1] ?? ''] ?? 0) * DAY;
    return clock === undefined ? { at: day, exact: 'day' } : notAhead({ at: day + clock, exact: 'minute' }, received);
  }
  const short = WITHOUT_YEAR.exec(words);
  if (short) {
    const clock = clockOf(short[3], short[4], short[5]);
    if (short[4] !== undefined && clock === undefined) return undefined;
    const year = new Date(received + CHINA_MINUTES * MINUTE).getUTCFullYear();
    for (const y of [year, year - 1]) {
      const day = readDate(`${y}-${short[1]?.padStart(2, '0')}-${short[2]?.padStart(2, '0')}`, CHINA_MINUTES);
      const at = day === undefined ? undefined : day + (clock ?? 0);
      if (at !== undefined && at <= received + DAY) return { at, exact: clock === undefined ? 'day' : 'minute' };
    }
    return undefined;
  }
  const whole = readDate(words, CHINA_MINUTES);
  return whole === undefined ? undefined : { at: whole, exact: /\d[:：时点]/.test(words) ? 'minute' : 'day' };
}
/** 今天 23:01 read at noon is a slip, not a prophecy. */
const notAhead = (found: DateInWords, received: number): DateInWords | undefined =>
  found.at > received + HOUR ? undefined : found;

const IN_TEXT =
  /刚刚|(?:\d{1,4}|半|两|[一二三四五六七八九十]{1,3})\s*个?(?:秒钟?|分钟|小时|天|周)前|(?:大前|前|昨|今)(?:天|日|晚)(?:\s*(?:凌晨|早上|上午|中午|下午|晚上))?\s*\d{1,2}[:：点时]\d{0,2}|(?:昨|前)[天日](?![\u4e00-\u9fff])|(?<![\d/.年-])\d{1,2}[-/月]\d{1,2}日?\s+\d{1,2}[:：]\d{2}/;
/** The first date in words in a piece of a page; a day alone counts only where a clock or the end of the words follows. */
export function findDateWords(
  text: string,
  received: number,
): { readonly at: number; readonly words: string } | undefined {
  const words = IN_TEXT.exec(text.replace(/\s+/g, ' '))?.[0];
  const found = words === undefined ? undefined : readDateWords(words, received);
  return found && words !== undefined ? { at: found.at, words } : undefined;
}
