/**
 * Comfort for the browser: counting down, keys, live numbers, and nothing that a page needs. Without it every task works all
 * the same.
 */
import './policy.ts';
import './keys.ts';
import './inbox.ts';
import './keep.ts';
import { keepDrafts } from './drafts.ts';
import './look.ts';
import './dialog.ts';
import { begin } from './live.ts';
import { tick } from './page.ts';

document.documentElement.classList.add('js');
if (document.querySelector('[data-due]')) {
  tick();
  setInterval(tick, 5000);
}
// The page was made a moment ago: the line is opened once it has been drawn.
setTimeout(begin, 1500);

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
const toast = document.querySelector('.toast:not(.undo)');
if (toast) setTimeout(() => toast.remove(), 12000);

keepDrafts();

// The wall has nobody at its keyboard: it reads itself again.
const again = Number(document.documentElement.dataset['again'] || '0');
if (again > 0) setTimeout(() => location.reload(), again * 1000);
