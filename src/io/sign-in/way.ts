/** What a way in is: another system that knows the staff and vouches for one of them. Only its name for them is kept. */
import type { Post } from '../fetch/index.ts';

export type Values = Readonly<Record<string, string>>;
export interface WayTools {
  readonly post: Post;
  readonly allowHosts: readonly string[];
}
export interface Begun {
  /** Where the browser is sent. */
  readonly url: string;
  /** What must be known again when it comes back; kept by the browser that was sent. */
  readonly remember: Values;
}
/** The name the other system knows somebody by, or why there is none. */
export type Finished = { readonly subject: string } | { readonly fault: string };
export interface WayKind {
  readonly kind: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly fields: readonly {
    readonly name: string;
    readonly label: { readonly zh: string; readonly en: string };
    readonly needed: boolean;
    /** Never shown again once it is kept. */
    readonly secret?: true;
  }[];
  /** `back` is our own address the browser returns to; `state` comes back with it. */
  readonly begin: (values: Values, back: string, state: string, tools: WayTools) => Promise<Begun>;
  readonly finish: (
    values: Values,
    back: string,
    came: URL,
    remembered: Values,
    state: string,
    tools: WayTools,
  ) => Promise<Finished>;
}

/** Asks a peer for JSON; a fault in words an operator can use, never with what was sent. */
export async function askJson(
  tools: WayTools,
  url: string,
  send?: { readonly json?: unknown; readonly headers?: Values },
): Promise<{ readonly said: Readonly<Record<string, unknown>> } | { readonly fault: string }> {
  const host = new URL(url).host;
  const answer = await tools.post({
    url,
    ...(send?.json === undefined ? { method: 'GET' as const, body: '' } : { body: JSON.stringify(send.json) }),
    ...(send?.headers ? { headers: send.headers } : {}),
  });
  if (answer.result !== 'answered') return { fault: `${host}: ${answer.reason}` };
  try {
    const said: unknown = JSON.parse(answer.text);
    if (typeof said !== 'object' || said === null) return { fault: `${host} answered no object` };
    return { said: said as Readonly<Record<string, unknown>> };
  } catch {
    return { fault: `${host} answered ${answer.status} and no JSON` };
  }
}
/** Appended, never put together by hand: what a person typed as a value must not become another parameter. */
export function withQuery(base: string, query: Values): string {
  const url = new URL(base);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
