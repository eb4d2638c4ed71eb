/** robots.txt as RFC 9309 says: the most specific group of the agent, the longest matching rule, allow before disallow on a tie. */
interface Rule {
  readonly allow: boolean;
  readonly pattern: string;
}
interface Group {
  readonly agents: readonly string[];
  readonly rules: readonly Rule[];
}
/** 2.5: at least 500 kibibytes are read. */
const MOST = 512 * 1024;
const MOST_RULES = 10_000;

/** May an agent fetch a URL under this robots.txt? An unreadable URL may not. */
export function mayFetch(robots: string, agent: string, url: string): boolean {
  const path = pathOf(url);
  if (path === undefined) return false;
  if (path === '/robots.txt') return true;
  const rules = rulesFor(readGroups(robots), agent);
  let best = -1;
  let allowed = true;
  for (const rule of rules) {
    if (rule.pattern === '' || !matches(rule.pattern, path)) continue;
    const length = rule.pattern.length;
    if (length > best || (length === best && rule.allow)) [best, allowed] = [length, rule.allow];
  }
  return allowed;
}

function readGroups(text: string): Group[] {
  const groups: { agents: string[]; rules: Rule[] }[] = [];
  let open = false;
  let count = 0;
  for (const line of text
    .slice(0, MOST)
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)) {
    const bare = line.replace(/#.*$/, '').trim();
    const match = /^([A-Za-z-]+)\s*:?\s*(.*)$/.exec(bare);
    if (!match || (!bare.includes(':') && !/^(user-agent|allow|disallow)\s/i.test(bare))) continue;
    const key = (match[1] ?? '').toLowerCase();
    const value = (match[2] ?? '').replace(/^:\s*/, '').trim();
    if (key === 'user-agent') {
      if (!open) groups.push({ agents: [], rules: [] });
      groups.at(-1)?.agents.push(value.toLowerCase());
      open = true;
    } else if (key === 'allow' || key === 'disallow') {
      open = false;
      if (count++ < MOST_RULES) groups.at(-1)?.rules.push({ allow: key === 'allow', pattern: normal(value) });
    }
    // Other lines (sitemap, crawl-delay) end no group: RFC 9309 2.2.4.
  }
  return groups;
}
/** All groups that name the agent are one; without any, those of "*". 2.2.1 */
function rulesFor(groups: readonly Group[], agent: string): Rule[] {
  const product = (/^[a-z_-]+/i.exec(agent.trim())?.[0] ?? agent.trim()).toLowerCase();
  const named = groups.filter(g => g.agents.some(a => a !== '*' && (/^[a-z_-]+/.exec(a)?.[0] ?? '') === product));
  const chosen = named.length > 0 ? named : groups.filter(g => g.agents.some(a => a === '*' || /^\*\s/.test(a)));
  return chosen.flatMap(g => g.rules);
}
function pathOf(url: string): string | undefined {
  const match = /^[a-z][a-z0-9+.-]*:\/\/[^/?#;]*(.*)$/i.exec(url) ?? /^(?:\/\/[^/?#]*)?(\/.*)$/.exec(url);
  if (!match)
    return url === ''
      ? '/'
      : /^[\w.-]+(\/.*)?$/.test(url)
        ? asAsked(url.slice(url.indexOf('/') < 0 ? url.length : url.indexOf('/')) || '/')
        : undefined;
  const rest = (match[1] ?? '').replace(/#.*$/, '');
  return asAsked(rest.startsWith('/') ? rest : `/${rest.replace(/^;/, ';')}`);
}
/** 2.2.2: octets outside ASCII are percent-encoded in a rule, and hexadecimal digits compare as capitals. */
function normal(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\u0021-\u007e]+/g, run => encodeURIComponent(run))
    .replace(/%[0-9a-f]{2}/gi, all => all.toUpperCase());
}
/** An address is compared as it was asked for: who fetches sends it encoded already. */
const asAsked = (text: string): string => text.replace(/%[0-9a-f]{2}/gi, all => all.toUpperCase());
/** `*` is any run, `$` at the end is the end. Linear: positions are walked once for each star. */
function matches(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith('$');
  const parts = (anchored ? pattern.slice(0, -1) : pattern).split('*');
  let at = 0;
  for (const [i, part] of parts.entries()) {
    if (i === 0) {
      if (!path.startsWith(part)) return false;
      at = part.length;
    } else if (anchored && i === parts.length - 1) {
      return path.length - part.length >= at && path.endsWith(part);
    } else {
      const found = path.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
  }
  return !anchored || at === path.length || (parts.length > 1 && parts.at(-1) === '');
}
