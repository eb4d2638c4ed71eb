/** Files in and out. Nothing of them is ever run or shown as a page: pictures as pictures, the rest as text or a download. */
import type { Handler } from 'hono';
import type { Ask, Env, House, Visit } from '../context.ts';
import { AttachmentList, AttachmentShow, type FilePlace } from '../pages/attachments.tsx';
import { maskText } from '#watch';
import type { Attachment } from '../ports-attachments.ts';
import { publicAnswers } from '../view/answers.ts';
import { caseHead } from '../view/cases.ts';
import { isRegister } from '../view/registers.ts';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';

const MOST_FILES = 200;

/** What a subject is and where it stands; nothing where there is no such thing in this house. */
function placeOf(visit: Visit, subject: string): FilePlace | undefined {
  const { hall, w } = visit;
  const [kind = '', key = ''] = subject.split(':');
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,80}$/.test(key)) return undefined;
  switch (kind) {
    case 'case': {
      const head = caseHead(hall, w, key);
      return head && { subject, title: `${head.title} ${head.number}`, above: `/cases/${key}`, mayBePublic: false };
    }
    case 'document': {
      const draft = hall.events.find(e => e.type === 'draft.written' && e.data['document'] === key);
      if (!draft) return undefined;
      const above = draft.case === undefined ? `/registers/accounts#${key}` : `/cases/${draft.case}/reply/${key}`;
      return { subject, title: key, above, mayBePublic: draft.case !== undefined };
    }
    case 'form': {
      const filled = hall.events.find(e => e.type === 'form.filled' && e.id === key);
      if (!filled) return undefined;
      const above = filled.case === undefined ? '/papers' : `/cases/${filled.case}`;
      return { subject, title: String(filled.data['form']), above, mayBePublic: false };
    }
    case 'register':
      return isRegister(key)
        ? { subject, title: w.reg.names[key], above: `/registers/${key}`, mayBePublic: false }
        : undefined;
    default:
      return undefined;
  }
}
async function listPage(visit: Visit, place: FilePlace, problems: readonly string[]): Promise<Response> {
  const { desk } = visit.house;
  const counts = await countsOf(visit);
  const files = await desk.attachments.list(place.subject, true);
  return visit.c.html(
    <AttachmentList visit={visit} counts={counts} place={place} files={files} problems={problems} />,
    problems.length > 0 ? 422 : 200,
  );
}
export const list: Show = visit => {
  const place = placeOf(visit, visit.c.req.param('subject') ?? '');
  return place ? listPage(visit, place, []) : (visit.c.notFound() as Response);
};

export const change: Act = async posted => {
  const { visit, text } = posted;
  const { c, w, house, user } = visit;
  const place = placeOf(visit, c.req.param('subject') ?? '');
  if (!place) return c.notFound();
  if (text('do') === 'add') return add(posted, place);
  const file = await house.desk.attachments.get(text('id'));
  if (!file || file.subject !== place.subject) return listPage(visit, place, [w.notFoundTitle]);
  const back = `/files/of/${encodeURIComponent(place.subject)}`;
  await house.desk.audit(user.person.code, `file-${text('do')}`, `${place.subject} ${file.digest}`);
  switch (text('do')) {
    case 'remove':
      await house.desk.attachments.setRemoved(file.id, house.desk.now());
      return goWith(c, back, w.files.removed(file.name));
    case 'back':
      await house.desk.attachments.setRemoved(file.id, undefined);
      return goWith(c, back, w.savedFlash(file.name));
    case 'show':
    case 'hide':
      if (!place.mayBePublic) return listPage(visit, place, [w.formOld]);
      await house.desk.attachments.setPublic(file.id, text('do') === 'show');
      return goWith(c, back, w.savedFlash(file.name));
    default:
      return listPage(visit, place, [w.formOld]);
  }
};

async function add(posted: Posted, place: FilePlace): Promise<Response> {
  const { visit, text, files } = posted;
  const { c, w, house, user } = visit;
  if (!user.office) return listPage(visit, place, [w.noOffice]);
  const given = files('file');
  if (given.length === 0) return listPage(visit, place, [w.fileNeeded]);
  const known = await house.desk.attachments.list(place.subject);
  if (known.length + given.length > MOST_FILES) return listPage(visit, place, [w.files.tooMany(MOST_FILES)]);
  const note = maskText(text('note')).text.slice(0, 200);
  const problems: string[] = [];
  for (const file of given) {
    const added = await house.desk.attachments.add(
      { subject: place.subject, name: file.name, note, addedBy: `${user.office.unit}/${user.office.role}` },
      new Uint8Array(await file.arrayBuffer()),
    );
    if ('fault' in added) problems.push(`${file.name.slice(0, 80)}${w.colon}${w.files.faults[added.fault]}`);
    else {
      const kept = await house.desk.attachments.get(added.id);
      await house.desk.audit(user.person.code, 'file-add', `${place.subject} ${kept?.digest ?? ''}`);
    }
  }
  if (problems.length > 0) return listPage(visit, place, problems);
  return goWith(c, `/files/of/${encodeURIComponent(place.subject)}`, w.files.added(given.length));
}

/** A file by its id, with the place it belongs to. */
async function asked(visit: Visit): Promise<{ readonly file: Attachment; readonly place: FilePlace } | undefined> {
  const file = await visit.house.desk.attachments.get(visit.c.req.param('id') ?? '');
  const place = file && placeOf(visit, file.subject);
  return file && place ? { file, place } : undefined;
}
export const show: Show = async (visit, counts) => {
  const found = await asked(visit);
  if (!found) return visit.c.notFound();
  const text = await visit.house.desk.attachments.text(found.file);
  return <AttachmentShow visit={visit} counts={counts} {...found} text={text} />;
};

/** Headers under which a browser neither guesses what it is nor runs anything of it. */
const SAFE = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
} as const;
function handOut(c: Ask, file: Attachment, bytes: Uint8Array): Response {
  const plain = file.name.replaceAll(/[^\w.-]/g, '_').slice(-60);
  return c.body(Uint8Array.from(bytes), 200, {
    ...SAFE,
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
}
export const take: Show = async visit => {
  const found = await asked(visit);
  const bytes = found && (await visit.house.desk.attachments.read(found.file));
  return found && bytes ? handOut(visit.c, found.file, bytes) : visit.c.notFound();
};
export const picture: Show = async visit => {
  const found = await asked(visit);
  const shown = found && (await visit.house.desk.attachments.picture(found.file));
  if (!shown) return visit.c.notFound();
  return visit.c.body(Uint8Array.from(shown.bytes), 200, { ...SAFE, 'content-type': shown.type });
};

/** Files that somebody chose to show under a public answer, of exactly the document that was published. */
export async function publicFiles(house: House, document: string): Promise<readonly Attachment[]> {
  return (await house.desk.attachments.list(`document:${document}`)).filter(f => f.public);
}
export const takePublic =
  (house: House): Handler<Env> =>
  async c => {
    const hall = await house.keeper.look();
    const answer = publicAnswers(hall, c.get('w'), c.get('language')).find(a => String(a.n) === c.req.param('n'));
    const files = answer ? await publicFiles(house, answer.document) : [];
    const file = files.find(f => f.id === c.req.param('id'));
    const bytes = file && (await house.desk.attachments.read(file));
    return file && bytes ? handOut(c, file, bytes) : c.notFound();
  };
