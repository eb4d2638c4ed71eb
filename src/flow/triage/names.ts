/**
 * Rules look for matters, places and institutions, never for a person. The rule reader refuses numbers, accounts and
 * addresses; this finds terms that look like a person's name. Names held in the office directory pass. What looks like a
 * name and is none (a place, a shop) passes when its author says what it is; the one who switches the rule on sees it.
 */

/** The hundred commonest surnames and the compound ones: they cover more than four fifths of all bearers. */
const SURNAMES = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
);
const COMPOUND = ['欧阳', '上官', '司马', '诸葛', '皇甫', '尉迟', '公孙', '慕容', '令狐', '东方', '司徒', '夏侯'];
/** After a surname these make an address of a person. */
const TITLES = [
  '先生',
  '女士',
  '某',
  '某某',
  '大爷',
  '阿姨',
  '老师',
  '师傅',
  '书记',
  '局长',
  '科长',
  '主任',
  '院长',
  '校长',
  '处长',
];
/** Second characters with which a surname begins an ordinary word; such words are no names. */
const ORDINARY =
  /^(高(考|速|铁|中|校|压|温|层|价|空|楼)|金(额|融|属)|江(水|边|堤|岸)|石(油|头|材)|马(路|上|桶)|白(色|天|酒)|方(案|便|式|向)|万(元|人)|夏(季|天|令)|雷(电|雨|暴)|田(地|间)|林(业|地|区)|程(序|度)|任(务|何|免)|何(时|地|处)|武(术|警|装)|史(料)|龙(头|舟)|汤|向|余(额|款)|许(可|多)|严(重|格|查)|毛(利|巾)|钱(包|款)?|陆(地|续)|范(围)|段|谢(谢|绝)|常|黄(金|牌|线|河)|于|石|钟|白|方|江|金|龙|毛|叶(子)?|杨(树)|柳|梁|田|马|高|林)$/;

export type Suspect = 'title' | 'name';
/** Whether a term looks like a person: by a title after a surname, or by the form of a full name. */
export function looksLikeName(term: string): Suspect | undefined {
  const han = term.trim();
  if (!/^[\u4e00-\u9fff]{2,5}$/.test(han)) return undefined;
  const surname = COMPOUND.find(c => han.startsWith(c)) ?? (SURNAMES.has(han[0] ?? '') ? (han[0] ?? '') : undefined);
  if (surname === undefined) return undefined;
  const rest = han.slice(surname.length);
  if (TITLES.includes(rest)) return 'title';
  if (ORDINARY.test(han) || rest.length === 0 || rest.length > 2) return undefined;
  return 'name';
}

export interface Said {
  readonly term: string;
  /** What its author says the term is. */
  readonly is: string;
}
export const KINDS_OF_TERM = ['place', 'institution', 'shop', 'matter', 'event'] as const;
/** Terms that must be explained or left out. A person with a title is always refused. */
export function suspects(
  terms: readonly string[],
  directory: ReadonlySet<string>,
  said: readonly Said[],
): readonly { readonly term: string; readonly why: Suspect }[] {
  return [...new Set(terms)].flatMap(term => {
    if (directory.has(term)) return [];
    const why = looksLikeName(term);
    if (why === undefined) return [];
    const explained = said.some(s => s.term === term && KINDS_OF_TERM.includes(s.is as (typeof KINDS_OF_TERM)[number]));
    return why === 'name' && explained ? [] : [{ term, why }];
  });
}
