/**
 * A question before the public sees something, over the page instead of on the next one. The browser's own dialog keeps the
 * focus inside and closes on Esc; what it asks is a part of the next page. Without script, or where
 * that page cannot be had, the form simply leads there.
 */
async function ask(form: HTMLFormElement): Promise<void> {
  const opener = document.activeElement;
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') url.searchParams.append(name, value);
  const whole = url.href;
  url.searchParams.set('part', 'confirm');
  const response = await fetch(url, { headers: { accept: 'text/html' }, credentials: 'same-origin' });
  if (!response.ok || response.redirected) return void (location.href = whole);
  const box = document.createElement('dialog');
  box.className = 'dialog confirm-box';
  box.setAttribute('aria-labelledby', 'confirm-h');
  box.innerHTML = await response.text();
  document.body.append(box);
  box.addEventListener('click', e => {
    const close = e.target instanceof Element ? e.target.closest('[data-close]') : null;
    if (!close) return;
    e.preventDefault();
    box.close();
  });
  box.addEventListener('close', () => {
    box.remove();
    if (opener instanceof HTMLElement) opener.focus();
  });
  box.showModal();
  box.querySelector<HTMLElement>('#confirm-h')?.focus();
}
document.addEventListener('submit', e => {
  const form = e.target;
  if (
    !(form instanceof HTMLFormElement) ||
    !('dialog' in form.dataset) ||
    !('showModal' in HTMLDialogElement.prototype)
  )
    return;
  e.preventDefault();
  ask(form).catch(() => form.submit());
});
