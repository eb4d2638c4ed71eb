/** Words about how long cases are kept. */
export const zhKeeping = {
  wordsErased: (on: string) => `标题、文字和链接已按保存期限于 ${on} 删除。何时、在哪里看到、怎么办的，都还在。`,
  wordsErasedWithCase: (on: string) =>
    `标题、文字和链接已随案卷到期于 ${on} 销毁。何时、在哪里看到、怎么办的，都还在。`,
  titleErased: '（文字已到期删除）',
  searchErased: (before: string) => `${before} 以前没有立案的来件，文字已按保存期限删除，检索不到。`,
  keepingTitle: '案卷保管',
  keepingSub: (years: number, says: string) =>
    `结案后保管 ${years} 年（${says}）。到期销毁内容，销毁本身永远有记录，日志照样能核对。`,
  keepingUsual: '制度没有写，按一般文书的期限',
  keepingNone: '还没有结案的案卷',
  keepingNoneSays: '案子结了以后，这里写明它保管到哪一天。',
  keepingNoneTo: '去看案件',
  keepingCase: '案卷',
  keepingClosed: '结案',
  keepingUntil: '保管到',
  keepingState: '情况',
  keepingOn: '保管中',
  keepingDue: '已到期',
  keepingErased: (n: number) => `已销毁 ${n} 条内容`,
  keepingWhy: '销毁依据（批准文号、鉴定意见）',
  keepingErase: '销毁内容',
  keepingSure: '我已核对：整卷已移交档案室，或按规定不再保管。销毁后读不回来。',
  keepingSureNeeded: '没有销毁：请写明依据，并勾选已核对。',
  keepingNotDue: '没有销毁：这一卷还没有到期，或已经销毁。',
  keepingDone: (n: number) => `已销毁 ${n} 条内容，每条都记了一笔`,
} as const;
