/** The figures of a span of days. Each knows the entries it was counted from, so that a number opens its list. */
import type { HuiyinEvent } from '#core/log';
import type { ObligationLine } from '#core/obligations';
import { mustOf, toldOf } from '../lines.ts';
import type { PaperNames } from '../names.ts';
import { sayLate, sayShort, sayValue } from '../say.ts';
import { type BriefMaterial, inSpan } from './material.ts';

/** One thing that was counted: when, what, and the entry or case where it can be read. */
export interface Behind {
  readonly at: string;
  readonly text: string;
  readonly event?: string;
  readonly case?: string;
}
export interface Figure {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly behind: readonly Behind[];
}
interface Span {
  readonly from: string;
  readonly to: string;
}

export function figuresOf(material: BriefMaterial, names: PaperNames, span: Span): readonly Figure[] {
  const within = material.events.filter(e => inSpan(e.at, span));
  const only = material.about.case;
  const own = only === undefined ? within : within.filter(e => e.case === only);
  const told = (types: readonly string[], wanted: (e: HuiyinEvent) => boolean = () => true): readonly Behind[] =>
    own.filter(e => types.includes(e.type) && wanted(e)).map(e => behindOf(material, names, e));
  const due = material.duties.filter(
    d => (only === undefined || d.case === only) && inSpan(d.dueAt ?? undefined, span) && counts(d),
  );
  const slots = due.filter(d => d.case === undefined);
  const owed = due.filter(d => d.case !== undefined);
  const duty = (wanted: (d: ObligationLine) => boolean, from = owed): readonly Behind[] =>
    from.filter(wanted).map(d => dutyBehind(material, names, d));
  const open = material.cases.filter(
    c =>
      (only === undefined || c.key === only) &&
      c.openedAt < endOf(span) &&
      !(c.closedAt !== undefined && c.closedAt < endOf(span)),
  );
  const figure = (key: string, label: string, unit: string, behind: readonly Behind[]): Figure => ({
    key,
    label,
    unit,
    behind,
  });
  const all: readonly Figure[] = [
    figure('watch', '值守', '次', told(['watch.done'])),
    figure(
      'slots-missed',
      '错过的值守和例行事项',
      '项',
      duty(d => d.state === 'missed' || d.state === 'late', slots),
    ),
    figure('findings', '发现信息', '条', told(['finding.recorded'])),
    figure(
      'negative',
      '负面信息',
      '条',
      told(['finding.recorded'], e => e.data['negative'] === true),
    ),
    figure('agency', '监测机构报告', '份', told(['agency-report.received'])),
    figure('calls', '媒体来电', '次', told(['media.called'])),
    figure('opened', '新立案件', '件', told(['case.opened'])),
    figure('closed', '办结案件', '件', told(['case.closed'])),
    figure(
      'standing',
      '期末在办',
      '件',
      open.map(c => ({ at: c.openedAt, text: `${c.number}　${c.title}`, case: c.key })),
    ),
    figure(
      'on-time',
      '按时办理的职责',
      '项',
      duty(d => d.state === 'done'),
    ),
    figure(
      'late-done',
      '逾期办结的职责',
      '项',
      duty(d => d.state === 'done-late'),
    ),
    figure(
      'late',
      '逾期未办的职责',
      '项',
      duty(d => d.state === 'late' || d.state === 'missed'),
    ),
    figure('reports', '上报', '次', told(['report.made', 'submission.entered'])),
    figure('answers', '公开发布', '条', told(['publication.made'])),
    figure(
      'refused',
      '被规则拦下的做法',
      '次',
      material.refused
        .filter(e => inSpan(e.at, span) && (only === undefined || e.case === only))
        .map(e => behindOf(material, names, e)),
    ),
  ];
  if (material.about.kind === 'issue') return [];
  return only === undefined ? all : all.filter(f => !HOUSE_ONLY.has(f.key));
}
const HOUSE_ONLY = new Set(['agency', 'watch', 'slots-missed', 'opened', 'closed', 'standing']);

const endOf = (span: Span): string => `${span.to}T23:59:60`;
const counts = (d: ObligationLine): boolean => d.whole !== true && d.state !== 'replaced' && d.state !== 'lifted';

function behindOf(material: BriefMaterial, names: PaperNames, event: HuiyinEvent): Behind {
  const subject = event.data['subject'];
  const which = material.cases.find(c => c.key === event.case);
  const outlet = sayValue(names, 'outlet', event.data['outlet']);
  return {
    at: event.at,
    text: [
      which?.number,
      typeof subject === 'string' ? `${outlet === '' ? '' : `${outlet}：`}${subject}` : toldOf(names, event),
    ]
      .filter(Boolean)
      .join('　'),
    event: event.id,
    ...(event.case === undefined ? {} : { case: event.case }),
  };
}
function dutyBehind(material: BriefMaterial, names: PaperNames, duty: ObligationLine): Behind {
  const which = material.cases.find(c => c.key === duty.case);
  return {
    at: duty.dueAt ?? duty.startedAt,
    text: [which?.number, `${dutyName(material, names, duty)}，${dutyState(duty)}`].filter(Boolean).join('　'),
    ...(duty.case === undefined ? {} : { case: duty.case }),
    ...(duty.basis[0] === undefined ? {} : { event: duty.basis[0] }),
  };
}
export const dutyName = (material: BriefMaterial, names: PaperNames, duty: ObligationLine): string =>
  `${mustOf(material, names, duty)}（${names.article(duty.clause)}）`;
export const officeOf = (names: PaperNames, duty: ObligationLine): string => {
  if (duty.unit === 'institution' || duty.role === 'institution') return names.institution;
  if (duty.unit !== undefined) return names.unit(duty.unit);
  const [unit = '', role] = duty.role.split('/');
  return role === undefined ? names.unit(unit) : names.office({ unit, role });
};
export function dutyState(duty: ObligationLine): string {
  const late = duty.lateBySeconds === undefined ? '' : `，晚 ${sayLate(duty.lateBySeconds)}`;
  switch (duty.state) {
    case 'done':
      return `${sayShort(duty.doneAt ?? '')}办结`;
    case 'done-late':
      return `${sayShort(duty.doneAt ?? '')}办结${late}`;
    case 'late':
      return `逾期未办${late}`;
    case 'missed':
      return '错过';
    default:
      return '未到期';
  }
}
