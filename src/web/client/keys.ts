/**
 * Keys for whoever works with them: they never fire inside a field, can be switched off, and each one is a visible button
 * or link as well.
 */
const OFF = 'huiyin-keys-off';
export const keysOn = (): boolean => {
  try {
    return localStorage.getItem(OFF) === null;
  } catch {
    return true;
  }
};

const rows = () => Array.prototype.slice.call(document.querySelectorAll<HTMLElement>('[data-row]')) as HTMLElement[];
let at = -1;
function select(to: number): void {
  const all = rows();
  if (all.length === 0) return;
  at = Math.max(0, Math.min(all.length - 1, to));
  all.forEach((row, i) => row.classList.toggle('sel', i === at));
  const row = all[at];
  if (!row) return;
  const link = row.matches('a') ? row : row.querySelector<HTMLElement>('[data-go]');
  if (link) link.focus();
  row.scrollIntoView({ block: 'nearest' });
}
/** The row that holds the focus, however it came there, is the selected one. */
document.addEventListener('focusin', e => {
  const row = (e.target as HTMLElement).closest('[data-row]');
  if (row) at = rows().indexOf(row as HTMLElement);
});

const GO: Record<string, string> = {
  d: '/desk',
  i: '/inbox',
  c: '/cases',
  w: '/rota',
  r: '/rules',
  a: '/replies',
  b: '/briefs',
  s: '/supervision',
};
const dialog = (): HTMLDialogElement | null => document.querySelector<HTMLDialogElement>('dialog#keys');
function showKeys(): void {
  const box = dialog();
  if (box && !box.open && box.showModal) box.showModal();
}
function inRow(selector: string): HTMLElement | null {
  const row = rows()[at];
  return row ? row.querySelector<HTMLElement>(selector) : null;
}

let pending = false;
document.addEventListener('keydown', e => {
  const target = e.target as HTMLElement;
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable) return;
  if (!keysOn() && e.key !== '?') return;
  if (pending) {
    pending = false;
    const to = GO[e.key];
    if (to) location.href = to;
    return;
  }
  if (e.key === 'g') pending = true;
  else if (e.key === 'j') select(at + 1);
  else if (e.key === 'k') select(at - 1);
  else if (e.key === '?') showKeys();
  else if (e.key === '/') {
    const box = document.querySelector<HTMLInputElement>('[data-search]');
    if (!box || box.offsetParent === null) location.href = '/search';
    else {
      e.preventDefault();
      box.focus();
      box.select();
    }
  } else if (/^[a-z]$/.test(e.key)) {
    const own = inRow(`[data-key="${e.key}"]`) || document.querySelector<HTMLElement>(`[data-key="${e.key}"]`);
    if (own) own.click();
  }
});

/** The list of keys, the switch that turns them off. */
const opener = document.querySelector('[data-keys]');
if (opener) opener.addEventListener('click', showKeys);
const switchBox = document.querySelector<HTMLInputElement>('[data-keys-on]');
if (switchBox) {
  switchBox.checked = keysOn();
  switchBox.addEventListener('change', () => {
    try {
      if (switchBox.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, '1');
    } catch {
      // Nothing is kept where the browser keeps nothing.
    }
  });
}
