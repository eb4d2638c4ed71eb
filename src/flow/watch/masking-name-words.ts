/** What stands around names in running text: words and patterns, none of them a name itself. */
export const HAN = '[\\u4e00-\\u9fff]';

/** Who may stand before the name of a private person; longer words first. */
export const ROLES =
  '市民|村民|居民代表|业主代表|居民|网友|网民|业主|家长|住户|租户|租客|旅客|乘客|患者|病人|病患|顾客|消费者|客户|司机|车主|驾驶员|骑手|学生|同学|老人|热心人|群众|当事人|投诉人|举报人|反映人|来电人|来信人|诉求人|联系人|申请人|受害人|被害人|嫌疑人|死者|伤者|女子|男子|女孩|男孩|孩子|女童|男童|妻子|丈夫|儿子|女儿|母亲|父亲|妈妈|爸爸|奶奶|爷爷|亲属|家属|邻居|同事|朋友|员工|职工|环卫工人|农民工|民工|工人|农民|店主|老板娘|老板|摊主|商户|房东|房主|户主|退休教师|退役军人|老师|教师|班主任|医生|护士|辅导员|保安|物业经理|中介|志愿者|残疾人|五保户|低保户|贫困户|实习记者|记者|通讯员|编辑|摄影|实习生|法定代表人|法人';
export const ROLE = new RegExp(`(?:${ROLES})(?:姓名)?$`);
/** Whoever is named behind these speaks for an office. */
export const OFFICIAL =
  /(?:书记|主席|总理|省长|市长|区长|县长|镇长|乡长|部长|厅长|局长|处长|科长|所长|队长|院长|校长|庭长|检察长|主任|委员|常委|代表|发言人|政委|司长|署长|总经理|董事长)$/;
export const SELF =
  /(?:住在.{1,8}的|[岁老]的|听|名为|找一下|我叫|我是|本人(?:姓名)?(?:是|叫|为)?|名叫|叫做|名字叫|名字是|自称|化名|姓名[:：]?\s?|姓名(?:是|为))$/;
export const HONORIFIC =
  /^(?:先生|女士|小姐|同志|大爷|大妈|大伯|大姐|大哥|阿姨|叔叔|奶奶|爷爷|婆婆|师傅|同学|老师|医生|夫妇|一家|本人|家属)/;
export const SPEECH =
  /^(?:说|讲|也说|还说|在留言|和家人|的(?:车|孩子|儿子|女儿|妻子|丈夫|家|房|父亲|母亲|爸|妈|工资)|表示|称|告诉|介绍|反映|认为|回忆|坦言|投诉|举报|抱怨|质疑|强调|补充|写道|留言|发帖|来信|来电|致电|诉说|描述|透露|指出|叹|哭诉|无奈|气愤|报警|维权|讨薪|[（(，,](?:男|女)[，,）)])/;
/** A cheap look that spares most sentences the cutting into words. */
export const CUE = new RegExp(
  `${ROLES}|我叫|我是|本人|名叫|叫做|名字|自称|化名|姓名|名为|找一下|听|住在|[岁老]的|先生|女士|小姐|同志|大爷|大妈|大伯|大姐|大哥|阿姨|叔叔|婆婆|师傅|夫妇|说|讲|表示|称|告诉|介绍|反映|认为|回忆|坦言|投诉|举报|抱怨|质疑|强调|补充|写道|留言|发帖|来信|来电|致电|诉说|描述|透露|指出|叹|哭诉|无奈|气愤|报警|维权|讨薪|和家人|的(?:车|孩子|儿子|女儿|妻子|丈夫|家|房|父亲|母亲|爸|妈|工资)|[（(，,](?:男|女)[，,）)]`,
);
/** Names that stand for any name: the dictionary takes them for words. */
export const ANYBODY = new Set([
  '张三',
  '李四',
  '王五',
  '赵六',
  '王二',
  '张三丰',
  '李雷',
  '韩梅梅',
  '小明',
  '小红',
  '小刚',
]);
/** A speaker stands at the head of a sentence or clause, or behind a word that leads to one. */
export const isStart = (before: string): boolean =>
  before === '' ||
  /[，,。；;：:、“”"（(\s]$|(?:据|对此|随后|其中|今年|当天|昨日|昨天|今天|近日|目前|家住.{1,12}的|来自.{1,12}的)$/.test(
    before,
  );
