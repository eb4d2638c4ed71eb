/** Items entered by hand, read by their kind as everything else is. A reporter's call is a fact of the log as well. */
import { maskText } from '#watch';
import { newId } from '../acting.ts';
import { Hand } from '../pages/hand.tsx';
import { faultText } from '../view/source-faults.ts';
import type { Visit } from '../context.ts';
import { type Act, countsOf, type Show } from '../visiting.tsx';

const kindOf = ({ house }: Visit, name: string) =>
  house.desk.sources.kinds.find(k => k.way === 'by-hand' && k.kind === name);

export const show: Show = (visit, counts) => {
  const kind = kindOf(visit, visit.c.req.query('kind') ?? 'paste');
  if (!kind) return visit.c.notFound() as Response;
  return <Hand visit={visit} counts={counts} kind={kind} given={() => ''} problems={[]} />;
};

export const enter: Act = async ({ visit, text, sent }) => {
  const { house, user, w, c, language } = visit;
  const kind = kindOf(visit, text('kind'));
  if (!kind) return c.notFound() as Response;
  const given = (name: string): string => sent.get(name)?.[0] ?? '';
  const again = async (problem: string): Promise<Response> =>
    c.html(<Hand visit={visit} counts={await countsOf(visit)} kind={kind} given={given} problems={[problem]} />, 422);
  const fields = Object.fromEntries(kind.settings.map(s => [s.name, given(`set.${s.name}`).trim()]));
  const lacking = kind.settings.find(s => s.needed && fields[s.name] === '');
  if (lacking) return again(w.fieldMissing(lacking.label[language]));
  const reading = kind.read({ url: '', body: new TextEncoder().encode(JSON.stringify(fields)) }, {}, {});
  if (!reading.ok) return again(faultText(language, reading.problem));
  const [item] = reading.items;
  if (!item) return again(w.formOld);
  if (kind.kind === 'call') {
    if (!user.office) return again(w.noOffice);
    const { unit } = user.office;
    const outcome = await house.actor.act(user.office, () => [
      {
        type: 'media.called',
        data: {
          unit,
          fields: {
            outlet: fields['outlet'] ?? '',
            ...(fields['contactPoint'] ? { contactPoint: fields['contactPoint'] } : {}),
            matter: maskText(item.title).text,
          },
        },
      },
    ]);
    if (outcome.kind !== 'done') return again(outcome.kind === 'invalid' ? outcome.faults.join(' ') : w.notSaved);
  }
  const id = newId(house.desk.now()).replace(/^e-/, 'i-');
  const { publishedAtFrom: _, version: _version, ...rest } = item;
  await house.desk.findings.add([{ ...rest, id, origin: kind.origin }]);
  return c.redirect(`/inbox/${id}`, 303);
};
