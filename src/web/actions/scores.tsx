/** Score sheets, contesting and deciding points. Points follow from the log; nothing here writes one. */
import { VOCABULARY } from '#core/log';
import { formatInstant } from '#core/calendar';
import { type Correction, decideDispute, type DisputeCommand, sheetOf } from '#score';
import type { Visit } from '../context.ts';
import { Scores } from '../pages/scores.tsx';
import { CORRECTIONS } from '../pages/scores-disputes.tsx';
import { ScoreSheet } from '../pages/scores-sheet.tsx';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';
import { unitsIn, yearLately, yearOf } from '../view/scores.ts';

export function yearAsked({ c, hall }: Visit): number {
  const asked = c.req.query('year') ?? '';
  return /^20\d\d$/.test(asked) ? Number(asked) : Number(formatInstant(hall.now).slice(0, 4));
}

export const list: Show = async (visit, counts) => (
  <Scores
    visit={visit}
    counts={counts}
    year={yearLately(visit.hall, yearAsked(visit))}
    ranked={(await visit.house.desk.settings.read()).leagueTables === true}
  />
);

export const recompute: Show = async visit => {
  const { name, bytes } = await visit.house.desk.recomputeKit(yearAsked(visit));
  return visit.c.body(Uint8Array.from(bytes), 200, {
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${name}"`,
  });
};

export const league: Act = async ({ visit, text }) => {
  const { settings } = visit.house.desk;
  const { leagueTables: _league, ...rest } = await settings.read();
  await settings.save(text('league') === 'on' ? { ...rest, leagueTables: true } : rest);
  return goWith(visit.c, '/scores', visit.w.settingsSaved);
};

/** The sheet of the institution as a whole, beside those of its units. */
const WHOLE = 'institution';

async function sheetPage(visit: Visit, problems: readonly string[] = []): Promise<Response> {
  const { c, house } = visit;
  const hall = problems.length > 0 ? await house.keeper.look() : visit.hall;
  const year = yearOf(hall, yearAsked(visit));
  const unit = c.req.param('unit') ?? '';
  if (unit !== WHOLE && !unitsIn(year).includes(unit)) return c.notFound() as Response;
  const counts = await countsOf(visit);
  return c.html(
    <ScoreSheet
      visit={visit}
      counts={counts}
      sheet={sheetOf(year, unit === WHOLE ? undefined : unit)}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  );
}
export const sheet: Show = visit => sheetPage(visit);

export const dispute: Act = async posted => {
  const { visit } = posted;
  const { house, user, c, w, hall } = visit;
  const unit = c.req.param('unit') ?? '';
  const { office } = user;
  if (!office) return sheetPage(visit, [w.noOffice]);
  if (!hall.book.org.isUnit(unit)) return c.notFound() as Response;
  const command = readCommand(posted, unit);
  if ('problem' in command) return sheetPage(visit, [command.problem]);
  if (command.do === 'contest' ? office.unit !== unit : office.unit === unit)
    return sheetPage(visit, [command.do === 'contest' ? w.disputeOnlyOwn : w.disputeNotOwn]);
  let fault: string | undefined;
  const outcome = await house.actor.act(office, (now, ids) => {
    const said = decideDispute(command, ids);
    const open = (id: string): boolean =>
      now.byId.get(id)?.type === 'score.disputed' &&
      now.byId.get(id)?.data['unit'] === unit &&
      !now.events.some(e => e.type === 'score.settled' && e.data['dispute'] === id);
    if (command.do !== 'contest' && !open(command.dispute)) fault = w.formOld;
    else if ('fault' in said) fault = said.fault === 'no-reason' ? w.fieldMissing(w.disputeReason) : w.disputeNeeds;
    else return said.append;
    return { faults: [fault] };
  });
  if (outcome.kind === 'invalid') return sheetPage(visit, outcome.faults);
  if (outcome.kind === 'refused')
    return sheetPage(
      visit,
      outcome.refused.map(r => r.reason),
    );
  const year = c.req.query('year') ?? '';
  return goWith(c, `/scores/${unit}?year=${year}`, command.do === 'contest' ? w.disputeSaid : w.disputeSettled);
};

function readCommand({ visit, text }: Posted, unit: string): DisputeCommand | { readonly problem: string } {
  const { w, hall } = visit;
  const reason = text('reason');
  if (reason === '') return { problem: w.fieldMissing(w.disputeReason) };
  switch (text('do')) {
    case 'contest': {
      const clause = text('clause');
      if (!hall.rulebook.clauses.some(c => c.id === clause)) return { problem: w.fieldWrong(w.disputeClause) };
      return { do: 'contest', unit, clause, year: yearAsked(visit), reason };
    }
    case 'uphold':
      return { do: 'uphold', dispute: text('dispute'), reason };
    case 'change': {
      const correction = readCorrection(visit, text, unit);
      return correction ? { do: 'change', dispute: text('dispute'), reason, correction } : { problem: w.disputeNeeds };
    }
    default:
      return { problem: w.formOld };
  }
}

/** The fields of the chosen type that were filled in; the actor judges them against the vocabulary. */
function readCorrection({ hall }: Visit, text: (name: string) => string, unit: string): Correction | undefined {
  const type = CORRECTIONS.find(t => t === text('type'));
  if (!type) return undefined;
  const filled = (VOCABULARY.get(type)?.fields ?? []).flatMap(f => {
    const value = text(`f.${f.name}`);
    if (f.name === 'unit') return [[f.name, unit] as const];
    if (value === '') return [];
    return [[f.name, f.list ? value.split(/[,，、\s]+/) : value] as const];
  });
  if (filled.every(([name]) => name === 'unit')) return undefined;
  const instead = text('instead');
  const wrong = hall.byId.get(instead);
  if (instead !== '' && (wrong === undefined || wrong.type !== type)) return undefined;
  return { type, data: Object.fromEntries(filled), ...(instead === '' ? {} : { instead }) };
}
