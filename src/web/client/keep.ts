/** What is being written is kept on the server a few seconds after the last key, for this person alone. */
document.querySelectorAll<HTMLFormElement>('form[data-keep]').forEach(form => {
  let timer = 0;
  let sent = '';
  const note = document.createElement('span');
  note.className = 'note kept-note';
  note.setAttribute('role', 'status');
  form.append(note);
  const keep = () => {
    const data = new FormData(form);
    const typed = JSON.stringify(Array.from(data.entries()).filter(e => e[0] !== 'csrf'));
    if (typed === sent) return;
    void fetch(form.dataset['keep'] || '', {
      method: 'POST',
      body: data,
      headers: { 'x-kept': 'script' },
      keepalive: true,
    }).then(
      answer => {
        if (answer.ok) sent = typed;
        const at = new Date();
        const clock = `${`0${at.getHours()}`.slice(-2)}:${`0${at.getMinutes()}`.slice(-2)}`;
        note.textContent = answer.ok ? `${form.dataset['keptWord'] || ''} ${clock}` : '';
        return sent;
      },
      () => '',
    );
  };
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(keep, 2500);
  };
  sent = JSON.stringify(Array.from(new FormData(form).entries()).filter(e => e[0] !== 'csrf'));
  form.addEventListener('input', later);
  form.addEventListener('submit', () => clearTimeout(timer));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && timer) keep();
  });
});
