/** The ways in that another system vouches for. One more is one more entry. */
import { judgeUrl } from '#core/address';
import { cas } from './ways/cas.ts';
import { dingtalk } from './ways/dingtalk.ts';
import { oidc } from './ways/oidc.ts';
import type { Values, WayKind, WayTools } from './way.ts';
import { wecom } from './ways/wecom.ts';

export type { Begun, Finished, WayKind, WayTools } from './way.ts';

export const WAY_KINDS: readonly WayKind[] = [oidc, wecom, dingtalk, cas];
export const wayKind = (kind: string): WayKind | undefined => WAY_KINDS.find(k => k.kind === kind);
/** Fields that hold an address; a secret goes there, so it is judged like every other. */
const ADDRESSES = ['issuer', 'server', 'login', 'api'];

/** Why the values cannot be used, or undefined. */
export function wayProblem(kind: string, values: Values, tools: Pick<WayTools, 'allowHosts'>): string | undefined {
  const found = wayKind(kind);
  if (!found) return 'there is no such way to sign in';
  const missing = found.fields.find(f => f.needed && !values[f.name]);
  if (missing) return `${missing.label.zh} / ${missing.label.en}`;
  for (const name of ADDRESSES) {
    const value = values[name];
    if (!value) continue;
    const verdict = judgeUrl(value, tools);
    if (!verdict.allowed || !verdict.url) return `${value}: ${verdict.reason}`;
    if (verdict.url.protocol === 'http:' && !tools.allowHosts.includes(verdict.url.host))
      return `${value}: https only, unless the operator names the host in HUIYIN_ALLOW_HOSTS`;
  }
  return undefined;
}
