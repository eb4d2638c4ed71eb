/** Times that no limit is set for and that are shown all the same (HC-06, HC-07, HC-31). */
import { formatInstant } from '#core/calendar';
import { field, inOrder, listOf, type Fact } from './facts.ts';
import type { MeasureLine } from './lines.ts';
import { namedFor } from './parties.ts';
import type { View } from './view.ts';

const first = (facts: readonly Fact[]): Fact | undefined =>
  facts.toSorted((a, b) => a.at - b.at || a.rec - b.rec || a.seq - b.seq)[0];

/** The filing by which everything is there that the article wants after handling (HC-06): an explanation why it is late is none of it. */
function filedWith(view: View, filings: readonly Fact[]): Fact | undefined {
  const rule = view.book
    .of('duty')
    .find(
      d =>
        d.from.kind === 'derived' &&
        d.from.name === 'completion' &&
        d.done.patterns.some(p => p.on === 'event' && p.type === 'filing.made'),
    );
  const wanted = new Set(rule?.with);
  if (wanted.size === 0) return first(filings);
  return filings.toSorted(inOrder).find(f => {
    for (const document of listOf(f.data['documents'])) wanted.delete(document);
    return wanted.size === 0;
  });
}

/** Whatever the public or an outlet got as an answer: a text, an answer to a call, an event that was no mere visit. */
const answersOf = (view: View): readonly Fact[] => [
  ...view.facts.of('publication.made').filter(f => f.data['kind'] !== 'routine'),
  ...view.facts.of('media.answered'),
  ...view.facts.of('press-event.held').filter(f => f.data['kind'] !== 'open-day' && f.data['kind'] !== 'media-visit'),
];

export function measureLines(view: View): readonly MeasureLine[] {
  const key = view.caseKey;
  if (key === undefined) return [];
  const { offsetMinutes } = view.book.calendar;
  const lines: MeasureLine[] = [];
  const measure = (name: string, from: Fact | undefined, to: Fact | undefined, unit?: string): void => {
    if (!from || !to || to.at < from.at) return;
    lines.push({
      line: 'measure',
      measure: name,
      case: key,
      ...(unit === undefined ? {} : { unit }),
      seconds: Math.floor((to.at - from.at) / 1000),
      from: formatInstant(from.at, offsetMinutes),
      to: formatInstant(to.at, offsetMinutes),
    });
  };
  const found = ['finding.recorded', 'media.called', 'agency-report.received'].flatMap(type => view.facts.of(type));
  const discovery = first(found);
  const answers = view.facts.of('publication.made');
  measure('discovery-to-answer', discovery, first(answersOf(view)));
  const answering = new Set(answers.flatMap(f => listOf(f.data['forUnit'])));
  if (answering.size > 1)
    for (const unit of answering)
      measure('discovery-to-answer', discovery, first(answers.filter(f => f.data['forUnit'] === unit)), unit);
  const receipts = [...view.facts.of('notice.received'), ...view.facts.of('transfer.received')];
  for (const unit of new Set(receipts.flatMap(f => listOf(f.data['unit']))))
    measure('discovery-to-receipt', discovery, first(receipts.filter(f => f.data['unit'] === unit)), unit);
  for (const transfer of view.facts.of('transfer.made')) {
    const number = field(transfer, 'number');
    const back = view.facts
      .of('form.returned')
      .filter(
        f =>
          f.at >= transfer.at &&
          (number === undefined || f.data['number'] === number) &&
          f.data['from'] === transfer.data['to'],
      );
    measure('transfer-to-return', transfer, first(back), String(transfer.data['to']));
  }
  const filings = view.facts.of('filing.made');
  for (const unit of new Set(filings.flatMap(f => listOf(f.data['unit'])))) {
    const published =
      first(answers.filter(f => namedFor(f).includes(unit) || f.by.unit === unit || f.data['speakerUnit'] === unit)) ??
      first(answers);
    const own = published ? filings.filter(f => f.data['unit'] === unit && f.at >= published.at) : [];
    measure('publication-to-filing', published, filedWith(view, own), unit);
  }
  return lines;
}
