/**
 * One pass over a text that says which rules of masking could find anything in it. Searching costs twenty times as much as
 * this look, and nearly every text holds nothing that most rules look for. It only ever rules out: where it lets a rule
 * through that finds nothing, nothing is lost (masking-survey.test.ts holds every rule against it).
 */

/** Marks that nobody sees but that break a number apart. */
const UNSEEN = '\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff';
const BLANK =
  ' \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';
/** What a label of a byline ends in (`masking-names.ts`), of an account, of somebody who is then named in quotes. */
const BYLINE_ENDS = '者文稿字案影像图片频辑员生编审对校核签划筹品人主名制音持';
const ACCOUNT_ENDS = '号称名Dd';
const NICK_ENDS = '友民户主层';

export interface Survey {
  /** Unseen marks; full-width digits and letters. */
  readonly unseen: boolean;
  readonly wide: boolean;
  readonly at: boolean;
  /** `://` stands in it. */
  readonly link: boolean;
  /** A mark behind what ends a label of a byline, of an account; a quotation behind what ends a word for a user. */
  readonly byline: boolean;
  readonly account: boolean;
  readonly nick: boolean;
  /** 住, 址 or 籍. */
  readonly home: boolean;
  readonly digits: number;
  /** The longest runs: of digits; of digits with at most one other character between two (these counted alone); of digits, X and hyphens; of letters, digits, `_` and `-`; of Chinese digits. */
  readonly digitRun: number;
  readonly joinedRun: number;
  readonly codeRun: number;
  readonly wordRun: number;
  readonly hanDigitRun: number;
}

const [IS_UNSEEN, IS_WIDE, IS_AT, IS_DIGIT, IS_WORD, IS_HAN_DIGIT, IS_MARK, IS_QUOTE, IS_HOME, IS_CODE] = [
  1, 2, 4, 8, 16, 32, 64, 128, 256, 512,
];
const KINDS = new Uint16Array(0x10000);
const mark = (kind: number, characters: string): void => {
  for (let i = 0; i < characters.length; i++) {
    const unit = characters.charCodeAt(i);
    KINDS[unit] = (KINDS[unit] as number) | kind;
  }
};
const span = (from: string, to: string): string => {
  let out = '';
  for (let unit = from.charCodeAt(0); unit <= to.charCodeAt(0); unit++) out += String.fromCharCode(unit);
  return out;
};
mark(IS_UNSEEN, UNSEEN);
mark(IS_WIDE, span('０', '９') + span('Ａ', 'Ｚ') + span('ａ', 'ｚ'));
mark(IS_AT, '@＠');
mark(IS_DIGIT | IS_CODE | IS_WORD, span('0', '9'));
mark(IS_WORD, `${span('A', 'Z')}${span('a', 'z')}_-`);
mark(IS_CODE, 'Xx-');
mark(IS_HAN_DIGIT, '一二三四五六七八九〇零幺');
mark(IS_MARK, ':：/／丨|');
mark(IS_QUOTE, '“"「『‘\'');
mark(IS_HOME, '住址籍');
const BLANKS = new Set([...BLANK].map(c => c.charCodeAt(0)));
const ends = (characters: string): ReadonlySet<number> => new Set([...characters].map(c => c.charCodeAt(0)));
const [BYLINES, ACCOUNTS, NICKS] = [ends(BYLINE_ENDS), ends(ACCOUNT_ENDS), ends(NICK_ENDS)];

/** The character before a place, spaces passed over: each run of spaces is walked once, by the mark behind it. */
function before(text: string, at: number): number {
  let i = at - 1;
  while (i >= 0 && BLANKS.has(text.charCodeAt(i))) i--;
  return i < 0 ? 0 : text.charCodeAt(i);
}

export function survey(text: string): Survey {
  let kinds = 0;
  let [link, byline, account, nick] = [false, false, false, false];
  let [digits, digitRun, joinedRun, codeRun, wordRun, hanDigitRun] = [0, 0, 0, 0, 0, 0];
  /** Where the run at hand began, and where it would go on. */
  let [joined, digitFrom, digitNext, codeFrom, codeNext, wordFrom, wordNext, hanFrom, hanNext] = [
    0, 0, -1, 0, -1, 0, -1, 0, -1,
  ];
  for (let i = 0; i < text.length; i++) {
    const kind = KINDS[text.charCodeAt(i)] as number;
    if (kind === 0) continue;
    kinds |= kind;
    if ((kind & IS_WORD) !== 0) {
      if (wordNext !== i) wordFrom = i;
      wordNext = i + 1;
      if (wordNext - wordFrom > wordRun) wordRun = wordNext - wordFrom;
      if ((kind & IS_CODE) === 0) continue;
      if (codeNext !== i) codeFrom = i;
      codeNext = i + 1;
      if (codeNext - codeFrom > codeRun) codeRun = codeNext - codeFrom;
      if ((kind & IS_DIGIT) === 0) continue;
      digits++;
      joined = i - digitNext < 2 ? joined + 1 : 1;
      if (joined > joinedRun) joinedRun = joined;
      if (digitNext !== i) digitFrom = i;
      digitNext = i + 1;
      if (digitNext - digitFrom > digitRun) digitRun = digitNext - digitFrom;
    } else if ((kind & IS_HAN_DIGIT) !== 0) {
      if (hanNext !== i) hanFrom = i;
      hanNext = i + 1;
      if (hanNext - hanFrom > hanDigitRun) hanDigitRun = hanNext - hanFrom;
    } else if ((kind & (IS_MARK | IS_QUOTE)) !== 0) {
      if (i > 1 && text[i] === '/' && text[i - 1] === '/' && text[i - 2] === ':') link = true;
      const unit = before(text, i);
      if ((kind & IS_QUOTE) !== 0) nick ||= NICKS.has(unit);
      else {
        byline ||= BYLINES.has(unit);
        account ||= ACCOUNTS.has(unit);
      }
    }
  }
  return {
    unseen: (kinds & IS_UNSEEN) !== 0,
    wide: (kinds & IS_WIDE) !== 0,
    at: (kinds & IS_AT) !== 0,
    home: (kinds & IS_HOME) !== 0,
    link,
    byline,
    account,
    nick,
    digits,
    digitRun,
    joinedRun,
    codeRun,
    wordRun,
    hanDigitRun,
  };
}
