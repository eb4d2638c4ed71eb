/** What is typed is kept while it is typed; the browser asks for it back when the form is opened again. */
import { sameOrigin } from '../visiting.tsx';
import { sameToken } from '../session.ts';
import type { Handler } from 'hono';
import type { Env, House } from '../context.ts';

/** What would take a change back lies in the same table and is nobody's form. */
const FORM = /^(?!.*undo:)[\w.:-]{1,120}$/;
const MOST_BYTES = 256 * 1024;
/** Never kept, whatever a form calls them. */
const SECRET = /pass|wanted|again|secret|token|csrf|code$/i;

export const read =
  (house: House): Handler<Env> =>
  async c => {
    const user = c.get('user');
    const form = c.req.param('form') ?? '';
    if (!user || !FORM.test(form)) return c.json({ fields: {} }, user ? 404 : 401);
    const draft = await house.desk.drafts.read(user.person.code, form);
    return c.json(draft ? { fields: draft.fields, savedAt: new Date(draft.savedAt).toISOString() } : { fields: {} });
  };

export const save =
  (house: House): Handler<Env> =>
  async c => {
    const user = c.get('user');
    const form = c.req.param('form') ?? '';
    if (!user) return c.json({ saved: false }, 401);
    if (!FORM.test(form) || Number(c.req.header('content-length') ?? 0) > MOST_BYTES)
      return c.json({ saved: false }, 413);
    const sent = await c.req.formData().catch(() => undefined);
    if (!sent || !sameToken(user.session.csrf, sent.get('csrf')) || !sameOrigin(c))
      return c.json({ saved: false }, 403);
    const fields: Record<string, string[]> = {};
    for (const [name, value] of sent)
      if (typeof value === 'string' && !SECRET.test(name) && name !== 'do' && name !== 'type')
        (fields[name] ??= []).push(value);
    const empty = Object.values(fields).every(list => list.every(v => v.trim() === ''));
    await house.desk.drafts.put(user.person.code, form, empty ? undefined : fields);
    return c.json({ saved: true });
  };
