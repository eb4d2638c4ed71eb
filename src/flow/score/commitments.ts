/**
 * What published answers promise: sentences that say what will be done, with the date where they name one. They are read out
 * of the institution's own public text, so nobody types them twice; a sentence without a date is a commitment all the same.
 */
import { dayNumber, type CivilDate } from '#core/calendar';

export interface Commitment {
  readonly says: string;
  readonly due?: CivilDate;
}
const SENTENCE = /[^。！？!?；;\n]+/g;
const PROMISE =
  /承诺|保证|(?<![即必终不])将(?:于|在|会|继续|尽快|按|对|组织|启动|完成|整改|公布|通报|答复|反馈|恢复|安排)|拟于|计划于|预计.{0,12}(?:完成|恢复|公布|到位)|力争.{0,16}(?:前|内)/;
const FULL_DATE = /(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日/;
const MONTH_DAY = /(\d{1,2})\s*月\s*(\d{1,2})\s*日/;
const MONTH_END = /(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月底/;

const two = (n: number): string => String(n).padStart(2, '0');
const civil = (year: number, month: number, day: number): CivilDate | undefined => {
  const date = `${year}-${two(month)}-${two(day)}`;
  return dayNumber(date) === undefined ? undefined : date;
};
const lastOf = (year: number, month: number): CivilDate | undefined =>
  [31, 30, 29, 28].map(d => civil(year, month, d)).find(d => d !== undefined);

/** A date without a year is the next such date on or after the day of publication. */
function dueIn(sentence: string, publishedOn: CivilDate): CivilDate | undefined {
  const year = Number(publishedOn.slice(0, 4));
  const next = (make: (y: number) => CivilDate | undefined): CivilDate | undefined => {
    const here = make(year);
    return here !== undefined && here < publishedOn ? make(year + 1) : here;
  };
  const full = FULL_DATE.exec(sentence);
  if (full) return civil(Number(full[1]), Number(full[2]), Number(full[3]));
  const end = MONTH_END.exec(sentence);
  if (end) return end[1] === undefined ? next(y => lastOf(y, Number(end[2]))) : lastOf(Number(end[1]), Number(end[2]));
  const day = MONTH_DAY.exec(sentence);
  return day ? next(y => civil(y, Number(day[1]), Number(day[2]))) : undefined;
}

export function commitmentsIn(text: string, publishedOn: CivilDate): readonly Commitment[] {
  return (text.match(SENTENCE) ?? [])
    .map(s => s.trim())
    .filter(s => PROMISE.test(s))
    .map(says => {
      const due = dueIn(says, publishedOn);
      return due === undefined ? { says } : { says, due };
    });
}
