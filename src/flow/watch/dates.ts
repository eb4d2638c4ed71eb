/** Dates as feeds and pages write them, in every bent form that still says one moment. What does not is no date, never "now". */
const MONTHS: Readonly<Record<string, number>> = {
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  nov: 11,
  dec: 12,
};
/** Minutes east of UTC. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  bst: 60,
  cet: 60,
  cest: 120,
  jst: 540,
  hkt: 480,
  akst: -540,
};
/** A Chinese page without a zone speaks of China's. */
export const CHINA_MINUTES = 480;

/** Milliseconds, or undefined where the text is no date. `zone` is used where the text names none. */
export function readDate(text: string, zone: number = 0): number | undefined {
  const t = text.replace(/\s+/g, ' ').trim();
  return rfc822(t) ?? iso(t, zone) ?? asctime(t) ?? chinese(t);
}

function make(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  zone: number,
): number | undefined {
  const endOfDay = hour === 24 && minute === 0 && second === 0;
  if (month < 1 || month > 12 || day < 1 || hour > (endOfDay ? 24 : 23) || minute > 59 || second > 61) return undefined;
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day > days) return undefined;
  const at = Date.UTC(year, month - 1, day, hour, minute, second) - zone * 60_000;
  // A date before the web or far ahead is a slip: keeping it would sort the item to one end for ever.
  return year >= 1980 && year <= 2100 ? at : undefined;
}
const fullYear = (text: string): number =>
  text.length <= 2 ? Number(text) + (Number(text) < 70 ? 2000 : 1900) : Number(text);
function zoneOf(text: string | undefined, otherwise: number): number | undefined {
  if (text === undefined || text === '') return otherwise;
  const offset = /^(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(text);
  if (offset) return (Number(offset[2]) * 60 + Number(offset[3] ?? 0)) * (offset[1] === '-' ? -1 : 1);
  return ZONES[text.toLowerCase()] ?? (/^[a-z]{1,5}$/i.test(text) ? 0 : undefined);
}

/** RFC 822 and what is made of it: no weekday, two-digit years, full month names, comma lost, month before day. */
function rfc822(t: string): number | undefined {
  const m =
    /^(?:[a-z]+,? )?(\d{1,2})[ -]([a-z]{3})[a-z]*\.?[ -](\d{4}|\d{2})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{1,2})(?:\.\d+)?)?)?(?: ?([a-z]{1,5}|(?:GMT|UTC)?[+-]\d{1,2}:?\d{2}?))?(?: \(.*\))?$/i.exec(
      t,
    ) ??
    swapped(
      /^(?:[a-z]+,? )?([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{1,2}))?)?(?: ?([a-z]{1,5}|[+-]\d{2}:?\d{2}))?$/i.exec(
        t,
      ),
    );
  if (!m) return undefined;
  const month = MONTHS[(m[2] ?? '').toLowerCase()];
  const zone = zoneOf(m[7], 0);
  return month === undefined || zone === undefined
    ? undefined
    : make(fullYear(m[3] ?? ''), month, Number(m[1]), Number(m[4] ?? 0), Number(m[5] ?? 0), Number(m[6] ?? 0), zone);
}
function swapped(m: RegExpExecArray | null): (string | undefined)[] | null {
  return m && [m[0], m[2], m[1], m[3], m[4], m[5], m[6], m[7]];
}
/** ISO 8601 and W3C-DTF: year, month, date, time, week date or ordinal date; a space for the T. */
function iso(t: string, otherwise: number): number | undefined {
  const m =
    /^(-?\d{4})(?:[-/.]?(\d{2})(?:[-/.]?(\d{2}))?)?(?:[T ](\d{1,2}):?(\d{2})?(?::?(\d{2})(?:[.,]\d+)?)?)? ?(Z|[+-]\d{2}(?::?\d{2})?|[a-z]{3,4})?$/i.exec(
      t,
    );
  if (m) {
    const zone = zoneOf(m[7], otherwise);
    return zone === undefined
      ? undefined
      : make(
          Number(m[1]),
          Number(m[2] ?? 1),
          Number(m[3] ?? 1),
          Number(m[4] ?? 0),
          Number(m[5] ?? 0),
          Number(m[6] ?? 0),
          zone,
        );
  }
  const short = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(t);
  if (short)
    return make(
      Number(short[1]),
      Number(short[2]),
      Number(short[3]),
      Number(short[4] ?? 0),
      Number(short[5] ?? 0),
      Number(short[6] ?? 0),
      otherwise,
    );
  const ordinal = /^(\d{4})-?(\d{3})$/.exec(t);
  if (ordinal) {
    const at = Date.UTC(Number(ordinal[1]), 0, Number(ordinal[2]));
    return make(
      new Date(at).getUTCFullYear(),
      new Date(at).getUTCMonth() + 1,
      new Date(at).getUTCDate(),
      0,
      0,
      0,
      otherwise,
    );
  }
  return undefined;
}
/** C's asctime, with or without a zone before the year. */
function asctime(t: string): number | undefined {
  const m = /^[a-z]{3} ([a-z]{3}) +(\d{1,2}) (\d{1,2}):(\d{2}):(\d{2})(?: ([a-z]{3,4}))? (\d{4})$/i.exec(t);
  const month = MONTHS[(m?.[1] ?? '').toLowerCase()];
  const zone = zoneOf(m?.[6], 0);
  return m && month !== undefined && zone !== undefined
    ? make(Number(m[7]), month, Number(m[2]), Number(m[3]), Number(m[4]), Number(m[5]), zone)
    : undefined;
}
/** 2026年5月9日 22:14, 2026年05月09日22时14分. */
function chinese(t: string): number | undefined {
  const m =
    /^(\d{4})年(\d{1,2})月(\d{1,2})日?(?: ?(?:星期.|周.)?,? ?(上午|下午|晚上|凌晨)? ?(\d{1,2})[:：时点](\d{1,2})?分?(?:[:：]?(\d{1,2})秒?)?)?$/.exec(
      t,
    );
  if (!m) return undefined;
  const hour = Number(m[5] ?? 0) + (/下午|晚上/.test(m[4] ?? '') && Number(m[5]) < 12 ? 12 : 0);
  return make(Number(m[1]), Number(m[2]), Number(m[3]), hour, Number(m[6] ?? 0), Number(m[7] ?? 0), CHINA_MINUTES);
}
