/** How a page listens: through the worker all tabs share, else through one tab that tells the others, else by asking. */
import type { LiveState } from './live.ts';

type Hear = (state: LiveState) => void;
const ASK_MS = 10_000;

export function listen(query: string, hear: Hear): void {
  if (typeof SharedWorker === 'function') {
    try {
      byWorker(query, hear);
      return;
    } catch {
      // A browser may have the name and refuse the thing.
    }
  }
  if (typeof BroadcastChannel === 'function' && navigator.locks && typeof EventSource === 'function')
    byLeader(query, hear);
  else byAsking(query, hear);
}

function byWorker(query: string, hear: Hear): void {
  const worker = new SharedWorker('/assets/live.js', 'huiyin-live');
  worker.port.onmessage = e => hear(e.data as LiveState);
  worker.onerror = () => byAsking(query, hear);
  worker.port.start();
  worker.port.postMessage({ listen: query });
  // A page that goes away says so; one that comes back from the browser's memory listens again.
  addEventListener('pagehide', () => worker.port.postMessage({ leave: true }));
  addEventListener('pageshow', e => {
    if (e.persisted) worker.port.postMessage({ listen: query });
  });
}

function byLeader(query: string, hear: Hear): void {
  const channel = new BroadcastChannel(`huiyin-live ${query}`);
  channel.onmessage = e => hear(e.data as LiveState);
  // Whoever gets the lock keeps the stream; when its tab closes, the next one gets it.
  void navigator.locks.request(`huiyin-live ${query}`, () => {
    const source = new EventSource(`/live?${query}`);
    source.addEventListener('state', e => {
      const state = JSON.parse((e as MessageEvent<string>).data) as LiveState;
      hear(state);
      channel.postMessage(state);
    });
    return new Promise(() => undefined);
  });
}

function byAsking(query: string, hear: Hear): void {
  if (!window.fetch) return;
  const ask = (): void => {
    if (!document.hidden)
      fetch(`/live/now?${query}`, { credentials: 'same-origin' })
        .then(answer => (answer.ok ? (answer.json() as Promise<LiveState>) : Promise.reject(new Error())))
        .then(hear)
        .catch(() => undefined);
  };
  setInterval(ask, ASK_MS);
  ask();
}
