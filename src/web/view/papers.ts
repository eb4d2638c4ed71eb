/** The papers of a case as the pages hand them out: made from the state of the moment, never stored. */
import { formatInstant } from '#core/calendar';
import type { Paper } from '#core/paper';
import { formContents, type FormContent, replay } from '#core/obligations';
import {
  BRIEF_TITLES,
  type CaseMaterial,
  evidenceList,
  papersOfCase,
  papersOfHouse,
  receiptList,
  sayMoment,
} from '#report';
import type { CaseVolume } from '../ports.ts';
import { caseLinesOf, type Hall, keptOf } from '../state.ts';
import type { CaseHead } from './cases.ts';
import { paperNames } from './paper-names.ts';

function materialOf(hall: Hall, head: CaseHead): CaseMaterial {
  const said = caseLinesOf(hall, head.key);
  const refused = new Set(said.refused.map(l => l.event));
  return {
    key: head.key,
    number: head.number,
    title: head.title,
    events: head.events.filter(e => e.type !== 'act.refused' && !refused.has(e.id)),
    duties: said.obligations,
    forms: formsOf(hall, head),
    rules: hall.rulebook.rules,
    now: formatInstant(hall.now),
  };
}
export const papersOf = (hall: Hall, head: CaseHead): readonly Paper[] =>
  papersOfCase(materialOf(hall, head), paperNames(hall));

/** Forms, ledgers and letters that belong to no case. */
export function housePapers(hall: Hall): readonly Paper[] {
  const outside = hall.events.filter(e => e.case === undefined);
  const { live } = keptOf(hall);
  const refused = live.refusedActs();
  return papersOfHouse(
    {
      key: '',
      number: '',
      title: hall.institution.name.zh,
      events: outside.filter(e => e.type !== 'act.refused' && !refused.has(e.id)),
      duties: [...live.rowsOf(undefined), ...live.standing()].map(live.lineOf),
      forms: formContents(replay(hall.book, outside, hall.now)).filter(f => f.case === undefined),
      rules: hall.rulebook.rules,
      now: formatInstant(hall.now),
    },
    paperNames(hall),
  );
}

/** A case as it is put away: its papers, the briefs about it, what it rests on, and what went to whom. */
export function volumeOf(hall: Hall, head: CaseHead, briefs: readonly Paper[]): CaseVolume {
  const material = materialOf(hall, head);
  const names = paperNames(hall);
  const opened = head.events.find(e => e.type === 'case.opened') ?? head.events[0];
  const closed = head.events.findLast(e => e.type === 'case.closed');
  return {
    case: head.key,
    number: head.number,
    title: head.title,
    institution: names.institution,
    facts: [
      ['立案', opened ? sayMoment(opened.at) : ''],
      ['办结', closed && head.closedAt !== undefined ? sayMoment(closed.at) : '未办结'],
      ['责任单位', head.responsible === undefined ? '' : names.unit(head.responsible)],
      ['依据', hall.rulebook.title.zh],
      ['制作', sayMoment(material.now)],
    ],
    papers: [...papersOfCase(material, names), ...briefs, evidenceList(material, names), receiptList(material, names)],
  };
}

/** Names of papers that an institution can make: its forms, letters, and serials. */
export function templateNames(hall: Hall): readonly string[] {
  const names = paperNames(hall);
  const forms = hall.rulebook.rules.flatMap(r => (r.kind === 'form' ? [r.print ?? names.form(r.name)] : []));
  const kinds = ['bulletin', 'warning', 'notice', 'transfer-sheet'].map(k => names.value('kind', k));
  return [...new Set([...forms, ...kinds, '舆情处置情况表', '卷内目录', ...Object.values(BRIEF_TITLES)])];
}
/** Only the case's own entries and those outside every case bear on its forms. */
function formsOf(hall: Hall, head: CaseHead): readonly FormContent[] {
  const near = hall.events.filter(e => e.case === undefined || e.case === head.key);
  return formContents(replay(hall.book, near, hall.now)).filter(f => f.case === head.key);
}
