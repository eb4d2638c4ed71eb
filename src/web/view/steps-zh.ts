/** The arithmetic of a due time in Chinese. The engine says it in plain English; a step of a shape unknown here stays as it is. */
import { eventLabel, words } from '../words/index.ts';
import type { Naming } from './naming.ts';

const T = String.raw`(\d{4})-(\d\d)-(\d\d)(?: (\d\d:\d\d(?::\d\d)?))?`;
const when = (text: string): string =>
  text.replace(
    new RegExp(`^${T}$`),
    (_all, _y: string, m: string, d: string, clock?: string) =>
      `${Number(m)}月${Number(d)}日${clock === undefined ? '' : ` ${clock}`}`,
  );
const MONTHS: Readonly<Record<string, number>> = {
  January: 1,
  February: 2,
  March: 3,
  April: 4,
  May: 5,
  June: 6,
  July: 7,
  August: 8,
  September: 9,
  October: 10,
  November: 11,
  December: 12,
};
const KINDS: Readonly<Record<string, string>> = { weekend: '周末', holiday: '放假' };
const NOTES: Readonly<Record<string, string>> = {
  'weekends not counted': '（周末不算）',
  'rest days made into working days': '（调休上班）',
};
const UNITS: Readonly<Record<string, string>> = {
  minute: '分钟',
  minutes: '分钟',
  hour: '小时',
  hours: '小时',
  day: '天',
  days: '天',
};
const EXTRA: Readonly<Record<string, string>> = { slot: '这一班', standing: '这一期', decision: '改级' };
const span = (text: string): string =>
  text.replace(/ min/g, ' 分').replace(/ h\b/g, ' 小时').replace(/ d\b/g, ' 天').replace(/ s\b/g, ' 秒');

type Say = (m: readonly string[], names: Naming) => string;
const SHAPES: readonly (readonly [RegExp, Say])[] = [
  [
    new RegExp(`^counted from ([\\w.-]+(?: [\\w.-]+)?) (${T})(?: \\(.*\\))?$`),
    m => `从${anchor(m[1] ?? '')} ${when(m[2] ?? '')} 起算`,
  ],
  [
    new RegExp(`^(\\d+) (minutes?|hours?|days?) on the clock: (${T})$`),
    m => `按钟点 ${m[1]} ${UNITS[m[2] ?? ''] ?? m[2]}：${when(m[3] ?? '')}`,
  ],
  [new RegExp(`^known since (${T})$`), m => `${when(m[1] ?? '')} 才知道`],
  [new RegExp(`^done (${T})(?: \\(.*\\))?$`), m => `${when(m[1] ?? '')} 办了`],
  [new RegExp(`^ended (${T})(?: \\(.*\\))?$`), m => `${when(m[1] ?? '')} 终止`],
  [new RegExp(`^anchor date (${T}) not counted$`), m => `${when(m[1] ?? '')} 当天不算`],
  [
    new RegExp(
      `^(${T}) is working day (\\d+)(?: \\(a rest day made into a working day\\))?(?:; close of business (\\d\\d:\\d\\d))?$`,
    ),
    m => `${when(m[1] ?? '')} 是第 ${m[6]} 个工作日${m[7] === undefined ? '' : `，${m[7]} 下班为止`}`,
  ],
  [
    new RegExp(
      `^(${T}) to (${T}) are working days (\\d+) to (\\d+)(?: \\(([^)]+)\\))?(?:; close of business (\\d\\d:\\d\\d))?$`,
    ),
    m =>
      `${when(m[1] ?? '')}至${when(m[6] ?? '')}是第 ${m[11]} 至第 ${m[12]} 个工作日${m[13] === undefined ? '' : (NOTES[m[13]] ?? `（${m[13]}）`)}${m[14] === undefined ? '' : `，${m[14]} 下班为止`}`,
  ],
  [
    /^(\d+) (\w+) to (\d+) (\w+): (\w+)$/,
    m =>
      `${MONTHS[m[2] ?? ''] ?? m[2]}月${m[1]}日至${MONTHS[m[4] ?? ''] ?? m[4]}月${m[3]}日${KINDS[m[5] ?? ''] ?? m[5]}`,
  ],
  [new RegExp(`^day (\\d+) is (${T})$`), m => `第 ${m[1]} 天是 ${when(m[2] ?? '')}`],
  [new RegExp(`^(${T}) is a rest day: moved to (${T})$`), m => `${when(m[1] ?? '')} 休息，顺延到 ${when(m[6] ?? '')}`],
  [new RegExp(`^(${T}) is a rest day: next working day$`), m => `${when(m[1] ?? '')} 休息，改到下一个工作日`],
  [
    new RegExp(`^(${T}) to (\\d\\d:\\d\\d(?::\\d\\d)?): ([\\d.]+) (minutes?|hours?)$`),
    m => `${when(m[1] ?? '')} 至 ${m[6]}：${m[7]} ${UNITS[m[8] ?? ''] ?? m[8]}`,
  ],
  [/^… (\d+) stretches of office time …$/, m => `……共 ${m[1]} 段上班时间……`],
  [new RegExp(`^(\\d+) working hours?: (${T})$`), m => `按上班时间 ${m[1]} 小时：${when(m[2] ?? '')}`],
  [
    new RegExp(`^0 working days: close of business (\\d\\d:\\d\\d) of (${T})$`),
    m => `当天 ${when(m[2] ?? '')} ${m[1]} 下班为止`,
  ],
  [
    new RegExp(`^0 working days: (${T}) closed at (\\d\\d:\\d\\d), due at once$`),
    m => `${when(m[1] ?? '')} ${m[6]} 已经下班：立刻要办`,
  ],
  [new RegExp(`^0 working days: ends at 24:00 of (${T})$`), m => `当天 ${when(m[1] ?? '')} 24:00 为止`],
  [/^no office hours set: ends at 24:00$/, () => '没有设上班时间：到当天 24:00 为止'],
  [
    /^provisional: the holidays of (\d+) are not announced, Monday to Friday assumed$/,
    m => `暂定：${m[1]} 年放假安排还没有公布，先按周一至周五上班算`,
  ],
  [/^before (\S+) is due$/, (m, names) => `在“${names.key(m[1] ?? '')}”到期之前`],
  [/^inside the limit of (\S+)$/, (m, names) => `在“${names.key(m[1] ?? '')}”的期限之内`],
  [/^no (\S+) in the case: the trigger counts$/, m => `案里没有“${anchor(m[1] ?? '')}”：按引起这一条的事起算`],
  [/^nothing was graded: the trigger counts$/, () => '还没有定级：按引起这一条的事起算'],
  [new RegExp(`^criteria met (${T})$`), m => `${when(m[1] ?? '')} 起符合标准`],
  [/^the order gives no time$/, () => '上级要求里没有写时间'],
  [/^as the order says$/, () => '按上级要求的时间'],
  [/^until the end of the interval$/, () => '到这一期结束为止'],
  [/^every (.+)$/, m => `每 ${span(m[1] ?? '')}`],
  [
    new RegExp(`^point of (${T})(?:, tolerance (\\d+) minutes)?$`),
    m => `${when(m[1] ?? '')} 的时点${m[6] === undefined ? '' : `，前后可差 ${m[6]} 分钟`}`,
  ],
  [new RegExp(`^window of (${T})$`), m => `${when(m[1] ?? '')} 的时段`],
  [
    /^(\d+)(?: to (\d+))? (\w+): (\w+)$/,
    m =>
      `${MONTHS[m[3] ?? ''] ?? m[3]}月${m[1]}日${m[2] === undefined ? '' : `至${m[2]}日`}${KINDS[m[4] ?? ''] ?? m[4]}`,
  ],
  [new RegExp(`^the date (${T}) until 24:00$`), m => `${when(m[1] ?? '')} 到 24:00 为止`],
  [new RegExp(`^(?:same day: )?ends at (\\d\\d:\\d\\d) of (${T})$`), m => `到 ${when(m[2] ?? '')} ${m[1]} 为止`],
  [/^"(.+)": no figure in the text$/, m => `原文写“${m[1]}”，没有数字`],
  [/^late by (.+)$/, m => `晚 ${span(m[1] ?? '')}`],
  [/^the slot passed and cannot be made up$/, () => '这一班已过，补不回来'],
  [/^entered late: it counts from when it happened$/, () => '补记：从发生时起算'],
  [/^late when it was found: due at once, no second clock$/, () => '发现时已经晚了：立刻要办，不另起钟'],
  [/^raised: counted from the decision$/, () => '升级：从改级决定起算'],
  [/^a tighter duty took over: (.+)$/, m => `已由更紧的一条代替：${m[1]}`],
  [/^no item has a time of publication: discovery counts$/, () => '没有一条有刊发时间：按发现起算'],
  [/^the unit was first named here$/, () => '这个单位到这里才被提到'],
  [
    /^([\w-]+): (open|late|done|done-late|missed|lifted|replaced)$/,
    (m, names) =>
      `${names.unit(m[1] ?? '')}：${(words('zh').states as Readonly<Record<string, string>>)[m[2] ?? ''] ?? m[2]}`,
  ],
];
function anchor(name: string): string {
  const known: Readonly<Record<string, string>> = words('zh').anchors;
  return known[name] ?? EXTRA[name] ?? eventLabel('zh', name.replace(/^(first|last|done) /, ''));
}

/** One step in Chinese, or the step itself where it has no known shape. */
export function stepZh(step: string, names: Naming): { readonly text: string; readonly translated: boolean } {
  for (const [shape, say] of SHAPES) {
    const found = shape.exec(step);
    if (found) return { text: say(found, names), translated: true };
  }
  return { text: step, translated: false };
}
