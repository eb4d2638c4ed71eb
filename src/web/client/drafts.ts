/** Forms that remember: what is typed is kept on the server while it is typed, and stands there again after a closed window. */
const WAIT = 1200;

function fill(form: HTMLFormElement, fields: Record<string, string[]>): boolean {
  let changed = false;
  for (const name of Object.keys(fields)) {
    const values = fields[name] || [];
    const controls = form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
      `[name="${name.replace(/["\\]/g, '')}"]`,
    );
    controls.forEach(c => {
      if (c instanceof HTMLInputElement && (c.type === 'hidden' || c.type === 'file' || c.type === 'password')) return;
      if (c instanceof HTMLInputElement && (c.type === 'checkbox' || c.type === 'radio')) {
        const on = values.indexOf(c.value) >= 0;
        if (c.checked !== on) changed = true;
        c.checked = on;
      } else if (values[0] !== undefined && c.value !== values[0]) {
        c.value = values[0];
        changed = true;
      }
    });
  }
  return changed;
}
const dataOf = (form: HTMLFormElement): FormData => {
  const data = new FormData();
  new FormData(form).forEach((value, name) => {
    if (typeof value === 'string') data.append(name, value);
  });
  return data;
};
function send(form: HTMLFormElement, key: string, empty: boolean): Promise<Response> {
  const data = dataOf(form);
  const body = new FormData();
  body.append('csrf', String(data.get('csrf') || ''));
  if (!empty)
    data.forEach((value, name) => {
      if (name !== 'csrf') body.append(name, value);
    });
  return fetch(`/drafts/${encodeURIComponent(key)}`, { method: 'POST', body, keepalive: true });
}

function watch(form: HTMLFormElement, words: DOMStringMap): void {
  const key = form.dataset['draft'] || '';
  const note = document.createElement('p');
  note.className = 'note draft-note';
  note.setAttribute('role', 'status');
  form.prepend(note);
  let timer = 0;
  const keep = async (): Promise<void> => {
    const answer = await send(form, key, false);
    if (answer.ok) note.textContent = words['draftSaved'] || '';
  };
  form.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      void keep();
    }, WAIT);
  });
  // What is sent is no draft any more. When it comes back refused, the page itself has kept it.
  form.addEventListener('submit', () => {
    window.clearTimeout(timer);
    void send(form, key, true);
  });
  void bringBack(form, key, note, words);
}
async function bringBack(form: HTMLFormElement, key: string, note: HTMLElement, words: DOMStringMap): Promise<void> {
  const answer = await fetch(`/drafts/${encodeURIComponent(key)}`);
  if (!answer.ok) return;
  const draft = (await answer.json()) as { fields?: Record<string, string[]> };
  if (!draft.fields || Object.keys(draft.fields).length === 0 || !fill(form, draft.fields)) return;
  const box = form.closest('details');
  if (box) box.open = true;
  note.textContent = words['draftBack'] || '';
  const drop = document.createElement('button');
  drop.type = 'button';
  drop.className = 'btn text';
  drop.textContent = words['draftDrop'] || '';
  drop.addEventListener('click', () => {
    form.reset();
    note.textContent = '';
    void send(form, key, true);
  });
  note.append(' ', drop);
}

/** Pages that came back with a fault keep what was typed by themselves: nothing is put over it. */
export function keepDrafts(): void {
  const main = document.getElementById('main');
  if (!main || document.querySelector('.alert.stop')) return;
  document.querySelectorAll<HTMLFormElement>('form[data-draft]').forEach(form => watch(form, main.dataset));
}
