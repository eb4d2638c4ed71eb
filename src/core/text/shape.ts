/**
 * What two texts look like from outside, for `similar`: whether they carry a heading before a colon (影视：…), the same one or one
 * that the other names; which days they speak of; which marks stand in them and how much of them is digits. A film clip's title, a
 * notice and a match report are of different kinds, and the kind decides how much must be shared to be the same topic.
 */
export interface Shape {
  readonly text: string;
  /** Indented, as titles of clips and copied paragraphs are. */
  readonly indented: boolean;
  readonly heading: string | undefined;
  /** Month and day; the day alone. */
  readonly dates: ReadonlySet<string>;
  readonly days: ReadonlySet<string>;
  readonly marks: readonly boolean[];
  /** Share of the characters that are digits. */
  readonly digits: number;
}
const MOST = 3000;
const MARKS = [...'！？《“，。'];
const HEADING = /^\s*([^：:|｜]{2,12})[：:|｜]/;
export const SHAPES: readonly string[] = [
  'indented',
  'one-indented',
  'headings',
  'same-heading',
  'heading-named',
  'dates-shared',
  'dates-apart',
  'days-shared',
  'days-apart',
  ...MARKS.map(mark => `marks${mark}`),
  'digits',
  'digits-apart',
];

export function shapeOf(whole: string): Shape {
  const text = whole.slice(0, MOST);
  return {
    text,
    indented: /^[\s\u3000]/.test(text),
    heading: HEADING.exec(text)?.[1],
    dates: new Set(text.match(/\d{1,2}月\d{1,2}日/g) ?? []),
    days: new Set(text.match(/\d{1,2}日/g) ?? []),
    marks: MARKS.map(mark => text.includes(mark)),
    digits: (text.match(/\d/g)?.length ?? 0) / (text.length || 1),
  };
}
/** In the order of SHAPES. */
export function shapesOf(a: Shape, b: Shape): number[] {
  return [
    Number(a.indented) + Number(b.indented),
    Number(a.indented !== b.indented),
    Number(a.heading !== undefined) + Number(b.heading !== undefined),
    Number(a.heading !== undefined && a.heading === b.heading),
    named(a, b) + named(b, a),
    ...sharedOrApart(a.dates, b.dates),
    ...sharedOrApart(a.days, b.days),
    ...MARKS.map((_, m) => Number(a.marks[m]) + Number(b.marks[m])),
    a.digits + b.digits,
    Math.abs(a.digits - b.digits),
  ];
}
const named = (a: Shape, b: Shape): number => Number(a.heading !== undefined && b.text.includes(a.heading));
/** How many both name; and whether both name some and none is the same: two days are two events more often than not. */
function sharedOrApart(x: ReadonlySet<string>, y: ReadonlySet<string>): readonly [number, number] {
  const shared = [...x].filter(d => y.has(d)).length;
  return [shared, Number(x.size > 0 && y.size > 0 && shared === 0)];
}
