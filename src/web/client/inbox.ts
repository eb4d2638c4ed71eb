/**
 * Comfort in the inbox: walking the list shows each story beside it without leaving the page; a key that needs a choice
 * waits for its digit; what is new is counted above the list. Every key is a visible button, and without script each
 * story is a page of its own.
 */
import { keysOn } from './keys.ts';
import { data } from './page.ts';

const pane = document.getElementById('pane');
const POLL_MS = 20_000;
const rows = (): HTMLAnchorElement[] => Array.from(document.querySelectorAll<HTMLAnchorElement>('a.story[data-row]'));

/** What a digit chooses: the buttons or boxes of this part of the form. */
let choosing: HTMLElement | undefined;
/** What is sent once everything needed has been chosen. */
let pending: HTMLButtonElement | undefined;

let afterG = false;
let showing = 0;
async function walk(step: number): Promise<void> {
  const all = rows();
  const now = all.findIndex(r => r.classList.contains('sel'));
  const to = all[Math.max(0, Math.min(all.length - 1, now + step))];
  if (!to || !pane) return;
  all.forEach(r => {
    const is = r === to;
    r.classList.toggle('sel', is);
    if (is) r.setAttribute('aria-current', 'true');
    else r.removeAttribute('aria-current');
  });
  to.focus();
  to.scrollIntoView({ block: 'nearest' });
  choosing = pending = undefined;
  const turn = ++showing;
  const url = new URL(to.href);
  url.searchParams.set('part', 'pane');
  const response = await fetch(url, { headers: { accept: 'text/html' } });
  if (!response.ok || response.redirected) return void (location.href = to.href);
  const text = await response.text();
  // Walking fast: only the last one asked for is shown.
  if (turn !== showing) return;
  pane.innerHTML = text;
  history.replaceState(null, '', to.href);
}

const visibleChoices = (part: HTMLElement): HTMLElement[] => {
  const buttons = Array.from(part.querySelectorAll<HTMLElement>('[data-digit]'));
  return buttons.length > 0
    ? buttons
    : Array.from(part.querySelectorAll<HTMLElement>('input[type=radio],input[type=checkbox]'));
};
function choose(part: HTMLElement): void {
  document.querySelectorAll('.choosing').forEach(e => e.classList.remove('choosing'));
  const around = part.closest('details');
  if (around) around.open = true;
  part.classList.add('choosing');
  choosing = part;
  part.scrollIntoView({ block: 'nearest' });
}
/** The first thing that still has to be said before the form can go: the matter, then the units. */
function missing(form: HTMLFormElement): HTMLElement | undefined {
  for (const name of ['matter', 'concerns']) {
    const boxes = Array.from(form.querySelectorAll<HTMLInputElement>(`input[name=${name}]`));
    if (boxes.length > 0 && !boxes.some(b => b.checked)) return boxes[0]?.closest('fieldset') ?? undefined;
  }
  return undefined;
}
function press(button: HTMLButtonElement): void {
  const form = button.form;
  const needed = form && !button.formNoValidate ? missing(form) : undefined;
  if (needed) {
    pending = button;
    choose(needed);
  } else {
    pending = undefined;
    button.click();
  }
}

function onKey(e: KeyboardEvent): void {
  const target = e.target as HTMLElement;
  if (e.ctrlKey || e.metaKey || e.altKey || target.isContentEditable) return;
  const inField =
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target.tagName === 'INPUT' && !/^(radio|checkbox)$/.test((target as HTMLInputElement).type));
  if (inField || !keysOn()) return;
  // After g the next key goes somewhere else.
  const going = afterG;
  afterG = e.key === 'g';
  if (going) return;
  const take = (): void => {
    e.preventDefault();
    e.stopImmediatePropagation();
  };
  if (e.key === 'j' || e.key === 'k') {
    if (rows().length === 0) return;
    take();
    void walk(e.key === 'j' ? 1 : -1);
  } else if (e.key === 'o' || e.key === 'm') {
    const button = document.querySelector<HTMLElement>(`[data-key="${e.key}"]`);
    if (!(button instanceof HTMLButtonElement)) return;
    take();
    press(button);
  } else if (e.key === 'x') {
    const part = document.getElementById('dismiss');
    if (!part) return;
    take();
    choose(part);
  } else if (e.key === 's') {
    const part = document.getElementById('split') as HTMLDetailsElement | null;
    if (!part) return;
    take();
    part.open = true;
    document.querySelector<HTMLElement>('.copy input[name=item]')?.focus();
  } else if (e.key === 'Escape') {
    choosing?.classList.remove('choosing');
    choosing = pending = undefined;
  } else if (/^[1-9]$/.test(e.key) && choosing) {
    const choice = visibleChoices(choosing)[Number(e.key) - 1];
    if (!choice) return;
    take();
    choice.click();
    if (pending?.form && !(choice instanceof HTMLButtonElement)) {
      const needed = missing(pending.form);
      if (needed) choose(needed);
      else if (choice instanceof HTMLInputElement && choice.type === 'radio') pending.click();
    }
  } else if (e.key === 'Enter' && pending && target.tagName !== 'BUTTON') {
    take();
    press(pending);
  }
}

function watchNews(line: HTMLElement): void {
  const url = line.dataset['news'] ?? '';
  const ask = async (): Promise<void> => {
    if (document.hidden) return;
    const response = await fetch(url).catch(() => undefined);
    if (!response?.ok || response.redirected) return;
    const text = (await response.text()).trim();
    if (text !== line.innerHTML) line.innerHTML = text;
    const link = line.querySelector('a');
    if (link) link.setAttribute('href', line.dataset['home'] ?? '/inbox');
  };
  setInterval(() => void ask(), POLL_MS);
  // Back at this page after a while: ask at once.
  document.addEventListener('visibilitychange', () => void ask());
}

if (pane) document.addEventListener('keydown', onKey, true);
const line = document.querySelector<HTMLElement>('[data-news]');
if (line) watchNews(line);
// The way back closes with its half minute; what was done stands in the log.
const undo = document.querySelector<HTMLElement>('.toast.undo[data-until]');
const nowText = data('now');
if (undo && nowText)
  setTimeout(() => undo.remove(), Math.max(0, Date.parse(undo.dataset['until'] ?? '') - Date.parse(nowText)));
