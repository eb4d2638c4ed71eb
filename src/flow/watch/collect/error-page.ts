/**
 * Pages that answer 200 and say that there is nothing: removed, blocked, in maintenance, asking who one is. Never content:
 * a source that serves one has not been read.
 */
const SAYS: readonly (readonly [RegExp, string])[] = [
  [
    /^\W*404\b|404 ?(?:not found|错误|页面)|(?:页面|内容|文章|帖子|信息|主题|网页|网址)(?:不存在|未找到|找不到|已被?删除|已下线|丢失)(?=$|[\s，。,.!！、或])|not found|no longer (?:available|exists)/i,
    'the page says that it does not exist',
  ],
  [
    /验证码|安全验证|人机验证|滑动验证|访问(?:过于频繁|受限|被拒绝|异常)|请求(?:过于频繁|被拦截)|access denied|are you (?:a )?human|captcha|checking your browser|attention required/i,
    'the page asks who is reading instead of showing its content',
  ],
  [
    /系统(?:维护|升级|繁忙|错误)|网站(?:维护|升级|已关闭)|服务器(?:错误|繁忙)|under maintenance|(?:502|503|504|500) |bad gateway|service unavailable|internal server error/i,
    'the page says that the site is not working',
  ],
];
/** An article may speak of such things; a page that is one is short. */
const LONGEST = 600;

/** Why a page with this title and text is no content, or undefined. `text` is all that can be read on it. */
export function errorPageProblem(title: string, text: string): string | undefined {
  const bare = text.replace(/\s+/g, ' ').trim();
  for (const [pattern, problem] of SAYS)
    if (title.length < 80 && pattern.test(title) && bare.length < LONGEST * 3) return problem;
  if (bare.length > LONGEST) return undefined;
  for (const [pattern, problem] of SAYS) if (pattern.test(bare)) return problem;
  return undefined;
}
