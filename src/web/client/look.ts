/** A form that shows what it would give while it is filled in. Without this its own button does the same. */
let waiting = 0;
document.addEventListener('input', event => {
  const field = event.target;
  const form = field instanceof Element ? field.closest<HTMLFormElement>('form[data-look]') : null;
  const box = document.getElementById('look');
  if (!form || !box || !(field instanceof Element) || !(field.getAttribute('name') || '').startsWith('set.')) return;
  clearTimeout(waiting);
  waiting = window.setTimeout(() => {
    box.setAttribute('aria-busy', 'true');
    const show = async (): Promise<void> => {
      const answer = await fetch(form.dataset['look'] || '', {
        method: 'POST',
        body: new FormData(form),
        credentials: 'same-origin',
      });
      if (answer.ok) box.innerHTML = await answer.text();
    };
    const done = (): void => box.removeAttribute('aria-busy');
    show().then(done, done);
  }, 700);
});
