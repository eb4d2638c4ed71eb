/** How a paper goes out: as we lay it out, with a red head, under the seal, or in the institution's own Word file. */
import type { Paper } from '#core/paper';
import { isComplete } from '#core/paper';
import { templateFields, templateFor, templateGaps } from '#report';
import type { Visit } from '../context.ts';
import { permissionsOf } from '../permissions.ts';
import type { PaperLook, PaperTemplate } from '../ports.ts';

export interface Dress {
  /** The seal is there, the office may set it, and the paper holds all it must. */
  readonly seal: boolean;
  readonly templates: readonly (PaperTemplate & {
    readonly unknown: readonly string[];
    readonly unused: readonly string[];
  })[];
}
/** Serials bear no seal; a letter or sheet only when it is complete and the office may sign. */
const maySeal = ({ hall, user }: Visit, paper: Paper): boolean =>
  paper.masthead === undefined && isComplete(paper) && permissionsOf(hall, user.office, user.person).has('sign');

export async function dressOf(visit: Visit, paper: Paper): Promise<Dress> {
  const { looks } = visit.house.desk;
  const fields = templateFields(paper);
  const templates = (await looks.templates()).filter(t => t.for === templateFor(paper));
  return {
    seal: maySeal(visit, paper) && (await looks.seal()) !== undefined,
    templates: templates.map(t => ({ ...t, ...templateGaps(t.tags, fields) })),
  };
}

export async function lookOf(visit: Visit, paper: Paper): Promise<PaperLook> {
  const { c, hall, house, user } = visit;
  const red = c.req.query('head') === 'red' ? { redHead: hall.institution.name.zh } : {};
  if (c.req.query('seal') !== '1' || !maySeal(visit, paper)) return red;
  const seal = await house.desk.looks.seal();
  if (seal === undefined) return red;
  await house.desk.audit(user.person.code, 'seal-used', `${c.req.param('case') ?? ''} ${paper.id}`.trim());
  return { ...red, seal };
}

/** The Word file asked for; undefined where the template is gone. */
export async function wordOf(visit: Visit, paper: Paper): Promise<Uint8Array | undefined> {
  const { papers, looks } = visit.house.desk;
  const key = visit.c.req.query('template');
  if (key === undefined) return papers.word(paper, await lookOf(visit, paper));
  const known = (await looks.templates()).some(t => t.key === key && t.for === templateFor(paper));
  const template = known ? await looks.template(key) : undefined;
  return template && papers.fill(template, templateFields(paper)).bytes;
}
