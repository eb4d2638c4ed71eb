import { expect, test } from 'vitest';
import { errorPageProblem } from './error-page.ts';

test.each([
  ['404 Not Found', 'nginx', 'does not exist'],
  ['提示信息', '抱歉，您访问的页面不存在，3秒后返回首页', 'does not exist'],
  ['城市论坛', '该帖子已被删除', 'does not exist'],
  ['安全验证', '请完成下列验证后继续', 'asks who is reading'],
  ['Just a moment...', 'Checking your browser before accessing', 'asks who is reading'],
  ['公告', '系统维护中，请稍后再试', 'not working'],
  [
    '城东停水一天',
    `供水公司答复，主管道破裂已修复。${'居民可以查询减免情况。'.repeat(80)}系统维护期间电话办理。`,
    undefined,
  ],
  ['城东停水', '供水公司答复,主管道破裂已于当日修复。', undefined],
])('%s: %s', (title, text, says) => {
  const problem = errorPageProblem(title, text);
  if (says === undefined) expect(problem).toBeUndefined();
  else expect(problem).toContain(says);
});
