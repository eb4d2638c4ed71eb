/**
 * Comfort for the browser: counting down, keys, and nothing that a page needs. Without it every task works all the same.
 * Keys never fire inside a field; each one is a visible button as well.
 */
interface Policies {
  createPolicy: (name: string, rules: { readonly createHTML: (text: string) => string }) => unknown;
}
/** The one way from text to markup: parts of pages that our own server rendered, in which no script can stand. */
const policies = (window as { trustedTypes?: Policies }).trustedTypes;
if (policies)
  policies.createPolicy('default', {
    createHTML: text => {
      if (/<script|<iframe|<object|<embed/i.test(text)) throw new TypeError('no script stands in a part of a page');
      return text;
    },
  });

const main = document.getElementById('main');
const serverNow = Date.parse((main && main.dataset['now']) || '');
const loadedAt = Date.now();
const [dayWord, hourWord, minuteWord] = ((main && main.dataset['units']) || 'd|h|min').split('|');
const now = () => (isNaN(serverNow) ? Date.now() : serverNow + (Date.now() - loadedAt));

function tick(): void {
  document.querySelectorAll<HTMLElement>('[data-due]').forEach(e => {
    const ms = Date.parse(e.dataset['due'] || '') - now();
    const m = Math.ceil(Math.abs(ms) / 60000);
    const parts: [number, string | undefined][] = [
      [Math.floor(m / 1440), dayWord],
      [Math.floor((m % 1440) / 60), hourWord],
      [m >= 1440 ? 0 : m % 60, minuteWord],
    ];
    const said = parts.filter(p => p[0] > 0);
    if (said.length === 0) said.push([0, minuteWord]);
    const text = said.map(p => `${p[0]}${p[1] || ''}`).join('');
    if (e.textContent === text) return;
    e.textContent = '';
    said.forEach(p => {
      e.append(String(p[0]));
      const unit = document.createElement('u');
      unit.textContent = p[1] || '';
      e.append(unit);
    });
  });
}
if (document.querySelector('[data-due]')) {
  tick();
  setInterval(tick, 5000);
}

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
const GO: Record<string, string> = { d: '/desk', i: '/inbox', c: '/cases', w: '/rota', r: '/rules', a: '/replies' };
let pending = false;
document.addEventListener('keydown', e => {
  const target = e.target as HTMLElement;
  if (
    e.ctrlKey ||
    e.metaKey ||
    e.altKey ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.isContentEditable
  )
    return;
  if (pending) {
    pending = false;
    const to = GO[e.key];
    if (to) location.href = to;
    return;
  }
  if (e.key === 'g') pending = true;
  else if (e.key === 'j') select(at + 1);
  else if (e.key === 'k') select(at - 1);
  else {
    const button = document.querySelector<HTMLElement>(`[data-key="${e.key.replace(/[^a-z]/g, '')}"]`);
    if (button && /^[a-z]$/.test(e.key)) button.click();
  }
});

// A menu closes when something else is used.
document.addEventListener('click', e => {
  document.querySelectorAll<HTMLDetailsElement>('details.menu[open]').forEach(m => {
    if (!m.contains(e.target as Node)) m.open = false;
  });
});
document.addEventListener('keydown', e => {
  if (e.key === 'Escape')
    document.querySelectorAll<HTMLDetailsElement>('details.menu[open]').forEach(m => (m.open = false));
});

// What was said stays long enough to be read, then leaves the corner; it stands in the log.
const toast = document.querySelector('.toast');
if (toast) setTimeout(() => toast.remove(), 12000);
