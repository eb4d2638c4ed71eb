/** What the server has written on the page for the script: its clock and its words. */
export const main = document.getElementById('main');
export const data = (name: string): string => (main && main.dataset[name]) || '';
export const words = (name: string): string[] => data(name).split('|');

const [dayWord = 'd', hourWord = 'h', minuteWord = 'min'] = words('units');
let serverNow = Date.parse(data('now'));
let readAt = Date.now();
/** The server's clock, carried on by the browser's. */
export const now = (): number => (isNaN(serverNow) ? Date.now() : serverNow + (Date.now() - readAt));
export function setNow(text: string): void {
  const at = Date.parse(text);
  if (isNaN(at)) return;
  serverNow = at;
  readAt = Date.now();
}

/** A span as the server writes it: number and unit, number and unit. */
function spell(ms: number): [number, string][] {
  const m = Math.ceil(Math.abs(ms) / 60000);
  const parts: [number, string][] = [
    [Math.floor(m / 1440), dayWord],
    [Math.floor((m % 1440) / 60), hourWord],
    [m >= 1440 ? 0 : m % 60, minuteWord],
  ];
  const said = parts.filter(p => p[0] > 0);
  return said.length > 0 ? said : [[0, minuteWord]];
}

/** Numbers count down and rings shrink in place; nothing moves. */
export function tick(): void {
  document.querySelectorAll<HTMLElement>('[data-due]').forEach(e => {
    const due = Date.parse(e.dataset['due'] || '');
    const said = spell(due - now());
    if (e.textContent !== said.map(p => `${p[0]}${p[1]}`).join('')) {
      e.textContent = '';
      said.forEach(p => {
        e.append(String(p[0]));
        const unit = document.createElement('u');
        unit.textContent = p[1];
        e.append(unit);
      });
    }
    const from = Date.parse(e.dataset['from'] || '');
    const row = e.closest('[data-row]');
    const ring = row && row.querySelector('.hui .rem');
    if (!ring || isNaN(from) || due <= from) return;
    const left = Math.round(Math.max(0, Math.min(100, ((due - now()) / (due - from)) * 100)) * 10) / 10;
    ring.setAttribute('stroke-dasharray', `${left} 100`);
    ring.setAttribute('stroke-dashoffset', String(left - 100));
  });
}
