/**
 * Which characters of a compared text name a place, an institution or a day: by their endings (…路, …小区, …公司, 3月4日), as
 * named-entity rules have done since the first message-understanding systems, and by the names an institution gives. A
 * name begins where a word of grammar or another name ends, at most five characters before its ending. Lexical: it errs on
 * single names; what is asked of it is only whether two texts name the same or something else.
 */
import { comparable, type Folded } from './comparable.ts';

export const [MATTER, PLACE, INSTITUTION, DAY] = [0, 1, 2, 3] as const;
export const KINDS = 4;
const LONGEST_NAME = 5;

/** Endings of one character that make a name of what stands before. */
const PLACE_ENDS = '市区县镇乡村街路巷弄苑园城湾府庭郡墅湖洲岛厦寓庄轩阁邸';
/** Endings of two characters; before them stands the name. */
const PLACE_PAIRS =
  '小区 社区 街道 大道 广场 公园 花园 大厦 公寓 家园 山庄 新村 新城 商城 商圈 园区 片区 校区 开区 水库 大桥 立交 高速 地铁 号线 车站 高铁 机场';
const INSTITUTION_ENDS = '局厅';
const INSTITUTION_PAIRS =
  '公司 集团 银行 医院 学校 学院 大学 中学 小学 儿园 出所 法院 察院 事处 员会 道办 物业 中心 超市 酒店 饭店 餐馆 地产 置业';
/** Words that end like a name and are none. */
const NOT_NAMES =
  '城市 超市 上市 都市 全市 本市 我市 地区 市区 城区 辖区 郊区 区区 各区 我区 全县 我县 本县 农村 乡村 城乡 家乡 全村 我村 逛街 上街 道路 马路 公路 修路 走路 一路 铁路 线路 电路 网路 出路 半路 思路 政府 家庭 法庭 进城 全城 校园 菜园 结局 当局 布局 大局 客厅 餐厅 大厅';
/** Characters no name holds: what stands before a name ends with one. */
const BEFORE =
  '的了在是我你他她它们这那有和与及或对于从到至向被把将会能请问为何么怎吗呢吧不没都也就还又很太再已各每该此其诉映询举附近旁边处内外后前个位家等间整多';

const MARKED_BEFORE = 1;
const ENDS_PLACE = 2;
const ENDS_INSTITUTION = 3;
let single: Uint8Array | undefined;
function singles(): Uint8Array {
  const out = new Uint8Array(0x10000);
  for (const [list, of] of [
    [BEFORE, MARKED_BEFORE],
    [PLACE_ENDS, ENDS_PLACE],
    [INSTITUTION_ENDS, ENDS_INSTITUTION],
  ] as const)
    for (let i = 0; i < list.length; i++) out[list.charCodeAt(i)] = of;
  // Last characters of pairs, to be looked up.
  for (const pair of `${PLACE_PAIRS} ${INSTITUTION_PAIRS}`.split(' ')) {
    const last = pair.charCodeAt(1);
    out[last] = (out[last] as number) | LOOK_UP;
  }
  return out;
}
const LOOK_UP = 8;
/** In 32 bits with a sign: a key of more would be an object of its own at every question. */
const pairOf = (a: number, b: number): number => (a << 16) | b;
const pairs = (list: string): number[] => list.split(' ').map(p => pairOf(p.charCodeAt(0), p.charCodeAt(1)));
const PAIRS: ReadonlyMap<number, number> = new Map([
  ...pairs(NOT_NAMES).map(p => [p, MATTER] as const),
  ...pairs(PLACE_PAIRS).map(p => [p, PLACE] as const),
  ...pairs(INSTITUTION_PAIRS).map(p => [p, INSTITUTION] as const),
]);
const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
/** A letter or a digit may be a whole name: A区, 3栋. */
const isShort = (unit: number): boolean => unit < 0x80;
const DAYS = '年月日';

export interface KindOptions {
  readonly evidence: { readonly price: number };
  readonly places: readonly string[];
  readonly institutions: readonly string[];
}
/** Says of each unit of a compared text of what kind it is, until the next text; undefined where nothing asks. */
export function makeKinds(options: KindOptions): ((folded: Folded, titleLength: number) => Uint8Array) | undefined {
  if (!(options.evidence.price > 0)) return undefined;
  single ??= singles();
  const of = single;
  let kinds = new Uint8Array(1024);
  const names = makeNames(options);

  /** Marks the name that ends before `end`, and its ending up to `to`; nothing where no name stands there. */
  function mark(units: Uint16Array, from: number, end: number, to: number, kind: number): void {
    let start = end;
    while (start > from && end - start < LONGEST_NAME) {
      const unit = units[start - 1] as number;
      if (((of[unit] as number) & 7) === MARKED_BEFORE || kinds[start - 1] === PLACE || kinds[start - 1] === DAY) break;
      start--;
    }
    // An ending behind a name of its kind belongs to it: 锦澜花园|小区.
    const goesOn = start === end && to - end > 1 && end > from && kinds[end - 1] === kind;
    if (!goesOn && end - start < 2 && !(end - start === 1 && isShort(units[start] as number))) return;
    for (let i = start; i < to; i++) kinds[i] = kind;
  }
  function markIn(units: Uint16Array, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const unit = units[i] as number;
      if (isDigit(unit)) {
        let end = i + 1;
        while (end < to && isDigit(units[end] as number)) end++;
        const ends = end < to && DAYS.includes(String.fromCharCode(units[end] as number));
        if (ends) kinds.fill(DAY, i, end + 1);
        i = ends ? end : end - 1;
        continue;
      }
      const role = of[unit] as number;
      if (role <= MARKED_BEFORE || i === from) continue;
      const pair = PAIRS.get(pairOf(units[i - 1] as number, unit));
      if (pair === MATTER) continue;
      if (pair !== undefined) mark(units, from, i - 1, i + 1, pair);
      else if ((role & 7) === ENDS_PLACE) mark(units, from, i, i + 1, PLACE);
      else if ((role & 7) === ENDS_INSTITUTION) mark(units, from, i, i + 1, INSTITUTION);
    }
  }
  return (folded, titleLength) => {
    const { units, length } = folded;
    if (kinds.length < length) kinds = new Uint8Array(length * 2);
    kinds.fill(0, 0, length);
    markIn(units, 0, titleLength);
    markIn(units, titleLength, length);
    names?.(folded, kinds);
    return kinds;
  };
}

/** Names that were given, longest first at each place; undefined where there are none. */
function makeNames(options: KindOptions): ((folded: Folded, kinds: Uint8Array) => void) | undefined {
  /** First two characters → the names that begin so. */
  const byHead = new Map<number, { readonly name: string; readonly kind: number }[]>();
  for (const [list, kind] of [
    [options.places, PLACE],
    [options.institutions, INSTITUTION],
  ] as const)
    for (const given of list) {
      const name = comparable(undefined, given);
      if (name.length < 2) continue;
      const head = pairOf(name.charCodeAt(0), name.charCodeAt(1));
      const known = byHead.get(head) ?? [];
      byHead.set(
        head,
        [...known, { name, kind }].sort((a, b) => b.name.length - a.name.length),
      );
    }
  if (byHead.size === 0) return undefined;
  return ({ units, length }, kinds) => {
    for (let i = 0; i + 1 < length; i++) {
      const found = byHead
        .get(pairOf(units[i] as number, units[i + 1] as number))
        ?.find(({ name }) => i + name.length <= length && standsAt(name, units, i));
      if (!found) continue;
      kinds.fill(found.kind, i, i + found.name.length);
      i += found.name.length - 1;
    }
  };
}
function standsAt(name: string, units: Uint16Array, at: number): boolean {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== units[at + i]) return false;
  return true;
}
