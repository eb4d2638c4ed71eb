/**
 * The page is told of what changes and changes numbers and rings in place. Rows that are new gather behind a line that
 * says how many; they come in when somebody asks. One stream serves all tabs of a browser; where that cannot be, the page asks
 * now and then.
 */
import { data, main, setNow, tick, words } from './page.ts';
import { listen } from './live-line.ts';

export interface LiveState {
  readonly seq: number;
  readonly now: string;
  readonly owed: number;
  readonly inbox: number;
  readonly next?: { readonly id: string; readonly title: string; readonly due: string; readonly at?: string };
  readonly rows: readonly (readonly [string, string, string | null, 0 | 1])[];
}
const HALF_HOUR = 30 * 60_000;
const lists = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-lists]');
const all = (name: string): HTMLElement[] =>
  Array.prototype.slice.call(document.querySelectorAll<HTMLElement>(`[data-live="${name}"]`)) as HTMLElement[];

function count(name: string, n: number): void {
  all(name).forEach(e => {
    if (e.textContent !== String(n)) e.textContent = String(n);
    e.hidden = n === 0;
  });
}

/** The one thing that may change what is on top of every page: the most urgent duty. */
function sayNext(state: LiveState): void {
  const { next } = state;
  all('next').forEach(e => {
    const said = next ? `${data('sayNext')}${next.title} ` : data('sayNothing');
    if (e.dataset['said'] === said + (next ? next.due : '')) return;
    e.dataset['said'] = said + (next ? next.due : '');
    e.textContent = said;
    if (!next || next.due === '') return;
    const bold = document.createElement('b');
    bold.textContent = next.due;
    e.append(bold, ` ${data('sayDueword')}`);
  });
  const left = next && next.at ? Date.parse(next.at) - Date.parse(state.now) : NaN;
  const near = !isNaN(left) && left < HALF_HOUR;
  document.title = (near && next ? data('sayPrefix').replace('%', next.due) : '') + data('sayTitle');
  if (near && left > 0 && next) ring(next.id);
}

const SOUND = 'huiyin-sound';
const kept = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};
const keep = (key: string, value: string | null): void => {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing stays silent after the page.
  }
};
/** Once for each duty, in one tab: whoever writes the id first rings. */
function ring(id: string): void {
  if (kept(SOUND) !== 'on' || kept(`${SOUND}-rang`) === id) return;
  keep(`${SOUND}-rang`, id);
  tone();
}
function tone(): void {
  try {
    const audio = new AudioContext();
    const [source, gain] = [audio.createOscillator(), audio.createGain()];
    source.frequency.value = 660;
    gain.gain.setValueAtTime(0.12, audio.currentTime);
    gain.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.6);
    source.connect(gain).connect(audio.destination);
    source.start();
    source.stop(audio.currentTime + 0.6);
    source.onended = () => void audio.close();
  } catch {
    // No sound on this machine; the title says it.
  }
}
const soundBox = document.querySelector<HTMLInputElement>('[data-sound]');
if (soundBox) {
  soundBox.checked = kept(SOUND) === 'on';
  soundBox.addEventListener('change', () => {
    keep(SOUND, soundBox.checked ? 'on' : null);
    if (soundBox.checked) tone();
  });
}

/** Rows change where they stand; what is done is marked; what is new waits to be asked for. */
function sayRows(state: LiveState): void {
  const box = lists();
  if (!box) return;
  const here = new Map(state.rows.map(row => [row[0], row]));
  const shown = new Set<string>();
  box.querySelectorAll<HTMLElement>('[data-row]').forEach(element => {
    shown.add(element.id);
    (element.dataset['also'] || '').split(' ').forEach(id => shown.add(id));
    const row = here.get(element.id);
    const complete = state.rows.length < 300;
    if (!row) {
      // Beyond what is told of, a row that is not named may still be owed.
      if (complete && element.dataset['soft'] === undefined && !element.classList.contains('gone')) markGone(element);
      return;
    }
    element.classList.remove('gone');
    const [, from, due, late] = row;
    const left = element.querySelector<HTMLElement>('[data-due]');
    if (left && due && left.dataset['due'] !== due) {
      left.dataset['due'] = due;
      left.dataset['from'] = from;
    }
    element.classList.toggle('late', late === 1);
  });
  const fresh = state.rows.filter(row => !shown.has(row[0])).length;
  const before = Number(box.dataset['beyond'] || '0');
  offer(Math.max(0, fresh - before));
  tick();
}
function markGone(element: HTMLElement): void {
  element.classList.add('gone');
  const said = document.createElement('span');
  said.className = 'tag';
  said.textContent = data('sayGone');
  const place = element.querySelector('.of');
  if (place) place.append(' ', said);
}
function offer(n: number): void {
  const link = document.querySelector<HTMLAnchorElement>('[data-news]');
  if (!link) return;
  link.hidden = n === 0;
  const said = data('sayNews').replace('%', String(n));
  if (n > 0 && link.textContent !== said) link.textContent = said;
}

/** Takes the new rows into the list, without leaving the page; where that fails, the page is read again. */
const link = document.querySelector<HTMLAnchorElement>('[data-news]');
if (link)
  link.addEventListener('click', e => {
    const box = lists();
    if (!box || !window.fetch) return;
    e.preventDefault();
    const at = new URL(location.href);
    at.searchParams.set('part', '1');
    fetch(at.href, { credentials: 'same-origin' })
      .then(answer => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))))
      .then(text => {
        const read = new DOMParser().parseFromString(text, 'text/html');
        const made = read.querySelector('[data-lists]');
        if (!made) throw new Error('nothing to show');
        box.replaceWith(document.importNode(made, true));
        link.hidden = true;
        tick();
        const first = document.querySelector<HTMLElement>('[data-lists] [data-go]');
        if (first) first.focus();
        return undefined;
      })
      .catch(() => location.reload());
  });

export function begin(): void {
  if (!main || data('office') === '') return;
  listen(`office=${encodeURIComponent(data('office'))}&lang=${words('lang')[0] || 'zh'}`, state => {
    setNow(state.now);
    count('owed', state.owed);
    count('inbox', state.inbox);
    sayNext(state);
    sayRows(state);
  });
}
