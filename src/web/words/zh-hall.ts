/** 我的职责、检索、实时更新、按键：这些页面上的话。 */
export const zhHall = {
  moreOf: (n: number) => `还有 ${n} 件`,
  superviseMore: (n: number) => `还有 ${n} 件，往下看`,
} as const;
