/** 撤回刚做的改动。 */
export const zhTakeBack = {
  takeBack: {
    reason: '半分钟内撤回',
    done: '已撤回，恢复原样。',
    gone: '没有撤回：这一项已经又改过了。',
    late: '没有撤回：半分钟已过，或已经撤回过。请直接改回来。',
  },
} as const;
