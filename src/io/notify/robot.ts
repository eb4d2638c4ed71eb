/** What the three group robots share: an address of their own host, one JSON post, an answer with a code. */
import type { Post, PostResult } from '../fetch/index.ts';
import type { Channel, Limit, Outcome } from './channel.ts';

export interface Robot {
  readonly name: string;
  /** The only host its webhook may have, unless the operator allows another by name (a relay inside). */
  readonly host: string;
  readonly path: RegExp;
  readonly limits: readonly Limit[];
  /** Texts over this are refused by the robot; they are cut before. */
  readonly mostBytes: number;
  readonly request: (
    webhook: URL,
    content: string,
    settings: Readonly<Record<string, string>>,
    now: number,
  ) => { readonly url: string; readonly body: unknown };
  /** Code and words of an answer. */
  readonly code: (answer: Readonly<Record<string, unknown>>) => {
    readonly code: number | undefined;
    readonly said: string;
  };
  /** Codes that mean "too many"; how long the robot then stays shut. */
  readonly tooMany: readonly number[];
  readonly restMs: number;
}
export interface RobotTools {
  readonly post: Post;
  readonly now: () => number;
  readonly allowHosts?: readonly string[];
}
const AWAY_MS = 60_000;
const AWAY_REST_MS = 20_000;

/** Why the webhook cannot be used, or undefined. */
export function webhookProblem(robot: Robot, webhook: string, allowHosts: readonly string[] = []): string | undefined {
  let url: URL;
  try {
    url = new URL(webhook);
  } catch {
    return 'the webhook is no address; copy it from the group robot';
  }
  if (!allowHosts.includes(url.host) && (url.protocol !== 'https:' || url.host !== robot.host))
    return `the webhook must begin with https://${robot.host}/`;
  return robot.path.test(url.pathname) ? undefined : 'this is not the address of a group robot; copy it from the group';
}

export function robotChannel(robot: Robot, settings: Readonly<Record<string, string>>, tools: RobotTools): Channel {
  const webhook = settings['webhook'] ?? '';
  const problem = webhookProblem(robot, webhook, tools.allowHosts);
  if (problem) throw new RangeError(problem);
  return {
    name: robot.name,
    keyed: false,
    limits: robot.limits,
    send: async ({ subject, text }) => {
      // The text begins with the subject where it stands alone; it is not said twice.
      const content = text.startsWith(subject) ? text : `${subject}\n${text}`;
      const { url, body } = robot.request(new URL(webhook), fit(content, robot.mostBytes), settings, tools.now());
      return outcomeOf(robot, await tools.post({ url, body: JSON.stringify(body) }));
    },
  };
}

function outcomeOf(robot: Robot, result: PostResult): Outcome {
  if (result.result !== 'answered') return lineFault(result);
  const { status, text, retryAfterMs } = result;
  if (status === 429 || status >= 500)
    return busy(`the robot answered ${status}`, retryAfterMs ?? (status === 429 ? robot.restMs : AWAY_MS));
  let answer: Readonly<Record<string, unknown>>;
  try {
    answer = JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return { result: 'not-sent', fault: `the robot answered ${status} and no JSON` };
  }
  const { code, said } = robot.code(answer);
  if (status === 200 && code === 0) return { result: 'sent' };
  const fault = `the robot refused: ${code ?? status} ${said}`.trim();
  return code !== undefined && robot.tooMany.includes(code)
    ? busy(fault, retryAfterMs ?? robot.restMs)
    : { result: 'not-sent', fault };
}
const busy = (fault: string, ms: number): Outcome => ({
  result: 'not-sent',
  fault,
  retryAfterMs: ms,
  restMs: ms,
  busy: true,
});

/** What a post that was not answered means for its message. */
export function lineFault(result: Exclude<PostResult, { readonly result: 'answered' }>): Outcome {
  if (result.result === 'unknown') return { result: 'unknown', fault: result.reason };
  return result.refused
    ? { result: 'not-sent', fault: result.reason }
    : { result: 'not-sent', fault: result.reason, retryAfterMs: AWAY_MS, restMs: AWAY_REST_MS };
}

/** Cut at a character so that the text keeps within the limit. */
export function fit(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  let out = '';
  let bytes = 3;
  for (const ch of text) {
    bytes += Buffer.byteLength(ch);
    if (bytes > mostBytes) break;
    out += ch;
  }
  return `${out}…`;
}
