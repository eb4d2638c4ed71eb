/** What a form starts with: what its link says, today's unit, the units of the case, fresh keys, the next number. */
import { nextRound, type Sent } from '#case';
import { formatInstant } from '#core/calendar';
import { VOCABULARY } from '#core/log';
import { nextNumber, numberSeries } from '#report';
import type { Visit } from '../context.ts';
import { saidAlready } from '../view/burden.ts';
import { tiesOf } from '../view/guides.ts';
import { offeredBy } from '../view/offered.ts';
import { inputMoment } from '../view/times.ts';
import type { Asked } from './cases.tsx';

/** What the link or the rules propose: query values, today's unit, the case's own units, a fresh key. */
export function proposed(
  visit: Visit,
  { type, head }: Asked,
  link: Readonly<Record<string, string[]>> = visit.c.req.queries(),
): Sent {
  const given = new Map<string, string[]>();
  for (const [name, values] of Object.entries(link)) if (name !== 'duty' && name !== 'said') given.set(name, values);
  const office = visit.user.office;
  const propose = (name: string, values: readonly string[]): void => {
    const field = VOCABULARY.get(type)?.byName.get(name);
    if (field && !given.has(name) && values.length > 0) given.set(name, [...values]);
  };
  const unit = given.get('unit');
  if (unit && type === 'notice.sent') propose('to', unit);
  if (unit && type === 'facts.verified') propose('with', unit);
  if (unit && type === 'assignment.made') propose('to', unit);
  if (office) propose('unit', [office.unit]);
  if (head) {
    propose('concerns', head.concerns);
    propose('with', type === 'facts.verified' ? head.concerns : []);
    propose('to', type === 'notice.sent' ? head.concerns : []);
    propose('units', head.concerns);
  }
  const offered = offeredBy(visit.hall.rulebook);
  for (const tie of tiesOf(type)) propose(tie, [freshKey(visit, type, tie, head)]);
  if (type === 'notice.sent' || type === 'notice.drawn-up') {
    propose('kind', offered.values(type, 'kind').slice(0, 1).concat('notice').slice(0, 1));
    const grade = Object.values(head?.scales ?? {})[0]?.[0];
    if (grade !== undefined) propose('as', [grade]);
  }
  if (type === 'notice.drawn-up' || type === 'form.filled') proposeNumber(visit, type, given, propose);
  if (type === 'notice.received') {
    const sent = head?.events.findLast(e => e.type === 'notice.sent');
    if (sent) propose('notice', [String(sent.data['notice'])]);
  }
  if (type === 'decision.made') propose('decidedBy', office ? [office.role] : []);
  if (type === 'watch.done' || type === 'reception.held') propose('persons', ['1']);
  if (type === 'satisfaction.asked') propose('round', [String(nextRound(head?.events ?? []))]);
  for (const field of ['mechanism', 'series', 'checklist']) {
    const only = offered.values(type, field);
    if (only.length === 1) propose(field, only);
  }
  if (type === 'evaluation.written' || type === 'meeting.held') propose('kind', ['consultation']);
  if (type === 'archive.bundled') propose('kinds', offered.values('bundle', 'items'));
  if (type === 'report.made') propose('channel', ['phone']);
  if (type === 'press-event.held') propose('speakerRole', ['spokesperson']);
  if (type === 'press-event.held') propose('place', ['office']);
  if (type === 'track.finished')
    propose(
      'evidence',
      (head?.events ?? [])
        .filter(e => e.type.startsWith('handling.') || e.type === 'measure.taken')
        .map(e => e.id)
        .slice(-3),
    );
  // Nobody is asked what the case says already.
  for (const field of VOCABULARY.get(type)?.fields ?? []) {
    const known = field.optional ? undefined : saidAlready(head?.events ?? [], field);
    if (known !== undefined) propose(field.name, [known]);
  }
  given.set('entry-at', [inputMoment(visit.hall.now)]);
  return given;
}

/** The next number of the notice's kind or of the form, where the regulation numbers it. */
function proposeNumber(
  visit: Visit,
  type: string,
  given: Sent,
  propose: (name: string, values: readonly string[]) => void,
): void {
  const form = given.get('form')?.[0];
  const numbered = visit.hall.rulebook.rules.some(r => r.kind === 'form' && r.name === form && r.number !== undefined);
  if (type === 'form.filled' && !numbered) return;
  const series = numberSeries({ type, data: { kind: given.get('kind')?.[0] ?? '', form: form ?? '' } });
  if (series) propose('number', [nextNumber(visit.hall.events, series, formatInstant(visit.hall.now))]);
}

/** `reply-3`-like: what it is, the case, the log's counter. The newest notice or event of the case where there is one. */
function freshKey(visit: Visit, type: string, tie: string, head: Asked['head']): string {
  const known =
    type === 'notice.drawn-up' || type === 'press-event.planned'
      ? undefined
      : head?.events.findLast(e => e.data[tie] !== undefined);
  const taken = known?.data[tie];
  if (typeof taken === 'string') return taken;
  const word = { instruction: 'order', notice: 'n', document: 'explanation' }[tie] ?? tie;
  return `${tie === 'new' ? 'C' : `${word}-`}${visit.hall.seq + 1}`;
}
