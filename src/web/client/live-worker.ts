/** One stream for all tabs of a browser: a seventh tab with a stream of its own would leave none for its pages. */
interface Listening {
  readonly source: EventSource;
  readonly ports: Set<MessagePort>;
  last?: unknown;
}
const lines = new Map<string, Listening>();

function leave(port: MessagePort): void {
  lines.forEach((line, query) => {
    line.ports.delete(port);
    if (line.ports.size > 0) return;
    line.source.close();
    lines.delete(query);
  });
}
function join(port: MessagePort, query: string): void {
  leave(port);
  const known = lines.get(query);
  if (known) {
    known.ports.add(port);
    if (known.last !== undefined) port.postMessage(known.last);
    return;
  }
  const line: Listening = { source: new EventSource(`/live?${query}`), ports: new Set([port]) };
  lines.set(query, line);
  line.source.addEventListener('state', e => {
    line.last = JSON.parse((e as MessageEvent<string>).data) as unknown;
    line.ports.forEach(p => p.postMessage(line.last));
  });
}
addEventListener('connect', e => {
  const [port] = (e as MessageEvent).ports;
  if (!port) return;
  port.onmessage = ({ data }: MessageEvent<{ listen?: string; leave?: boolean }>) => {
    if (data.leave) leave(port);
    else if (data.listen !== undefined) join(port, data.listen);
  };
  port.start();
});
