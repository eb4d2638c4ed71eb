/** What the institution brings for its papers: Word files of its own and its seal. Every change is noted in the audit. */
import { PaperLooksPage } from '../pages/looks.tsx';
import type { Visit } from '../context.ts';
import { templateNames } from '../view/papers.ts';
import { type Act, countsOf, goWith, type Show } from '../visiting.tsx';

async function looksPage(visit: Visit, problems: readonly string[] = []): Promise<Response> {
  const { house, c, hall } = visit;
  const { looks } = house.desk;
  return c.html(
    <PaperLooksPage
      visit={visit}
      counts={await countsOf(visit)}
      templates={await looks.templates()}
      names={templateNames(hall)}
      seal={await looks.seal()}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  );
}
export const show: Show = visit => looksPage(visit);

export const change: Act = async ({ visit, text, file }) => {
  const { house, user, w, c } = visit;
  const { looks } = house.desk;
  const note = (what: string, detail: string): Promise<void> => house.desk.audit(user.person.code, what, detail);
  const bytes = async (name: string): Promise<Uint8Array | undefined> => {
    const given = file(name);
    return given && new Uint8Array(await given.arrayBuffer());
  };
  switch (text('do')) {
    case 'add': {
      const given = await bytes('template');
      const about = { for: text('for').slice(0, 80), name: text('name').slice(0, 40) };
      if (!given) return looksPage(visit, [w.fieldMissing(w.templateFile)]);
      if (about.for === '') return looksPage(visit, [w.fieldMissing(w.templateForWhat)]);
      if (about.name === '') return looksPage(visit, [w.fieldMissing(w.templateName)]);
      const problem = await looks.addTemplate(about, given);
      if (problem !== undefined) return looksPage(visit, [problem]);
      await note('template-set', `${about.for} ${about.name}`);
      break;
    }
    case 'remove':
      await looks.removeTemplate(text('key'));
      await note('template-removed', text('key'));
      break;
    case 'seal': {
      const given = await bytes('seal');
      if (!given) return looksPage(visit, [w.fieldMissing(w.sealFile)]);
      const problem = await looks.putSeal(given);
      if (problem !== undefined) return looksPage(visit, [problem]);
      await note('seal-set', '');
      break;
    }
    case 'no-seal':
      await looks.putSeal(undefined);
      await note('seal-removed', '');
      break;
    default:
      return looksPage(visit, [w.formOld]);
  }
  return goWith(c, '/settings/papers', w.settingsSaved);
};
