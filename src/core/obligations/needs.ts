/** What a gate wants to hold (notation 7), asked at the time of an act about the exact text it carries. */
import type { GateRule, Need, Party } from '#core/rulebook';
import { chainState, ownWording } from './chains.ts';
import { holds } from './condition.ts';
import { field, listOf, type Fact } from './facts.ts';
import { formMissing } from './forms.ts';
import { actsFor, partyText, unitsOfParty } from './parties.ts';
import { coversDocument, newestWording, type Wording } from './texts.ts';
import { dateIn, near, type View } from './view.ts';

/** Whether a duty of the case is done, asked of the engine's other half. */
export type DutyDone = (view: View, duty: string, act: Fact) => boolean;

/** The text an act is judged on: its own, else the newest of a form that some approval of this act covers, else the newest drafted. */
export function judgedWording(view: View, act: Fact): Wording | undefined {
  const own = ownWording(view, act);
  if (own) return own;
  const covered = coveredWordings(view, act);
  if (covered.length > 0) return covered.toSorted((a, b) => (a.draft?.at ?? 0) - (b.draft?.at ?? 0)).at(-1);
  const draft = view.facts.of('draft.written').findLast(f => f.at <= act.at);
  return (
    draft && {
      document: String(draft.data['document']),
      hash: String(draft.data['textHash']),
      form: field(draft, 'form'),
      draft,
    }
  );
}

/** The newest wording of each form that some approval of the act covers. */
const coveredWordings = (view: View, act: Fact): readonly Wording[] =>
  view.book
    .approvalsOn(act.type)
    .map(a => newestWording(view, a, act.at))
    .filter((w): w is Wording => w !== undefined);

/** What may have been read before an act: its own text; where it carries none, the newest of any form that it needs, since a plan drafted after the line is not what goes out. */
function readWordings(view: View, act: Fact): readonly Wording[] {
  if (ownWording(view, act)) return [judgedWording(view, act)].filter((w): w is Wording => w !== undefined);
  const covered = coveredWordings(view, act);
  return covered.length > 0 ? covered : [judgedWording(view, act)].filter((w): w is Wording => w !== undefined);
}

const onText = (fact: Fact, wording: Wording): boolean =>
  fact.data['document'] === wording.document && fact.data['textHash'] === wording.hash;

/** What is missing for one need; nothing where it holds. */
export function unmet(view: View, need: Need, act: Fact, dutyDone: DutyDone): readonly string[] {
  const at = act.at;
  const facts = (type: string): readonly Fact[] => near(view, type).filter(f => f.at <= at);
  switch (need.need) {
    case 'signed': {
      const approval = view.book.approval(need.approval);
      if (!approval) return [`approval ${need.approval}`];
      if (!holds(view, approval.condition, { at, fact: act })) return [];
      const own = ownWording(view, act);
      const mine = own && (need.onThisText || coversDocument(view, approval, own.document, at));
      const wording = mine ? own : newestWording(view, approval, at);
      return chainState(view, approval, wording, at, field(act, 'number')).missing;
    }
    case 'confirmed': {
      const wording = judgedWording(view, act);
      const agencies = need.by === 'each mentioned body' ? listOf(wording?.draft?.data['mentions']) : [need.by];
      const given = facts('confirmation.given').filter(f => wording !== undefined && onText(f, wording));
      return agencies.filter(a => !given.some(f => f.data['agency'] === a)).map(a => `confirmation.given ${a}`);
    }
    case 'checked confidentiality': {
      const checks = facts('confidentiality.checked').filter(f =>
        actsFor(view, f.by, need.by, { at: f.at, strict: true }),
      );
      const clear = (wording: Wording): boolean => {
        const check = checks.findLast(f => onText(f, wording));
        return check !== undefined && check.data['outcome'] !== 'blocked';
      };
      return readWordings(view, act).some(clear) ? [] : [`confidentiality.checked ${partyText(need.by)}`];
    }
    case 'consent':
      return consented(view, need.role, act, facts('consent.given')) ? [] : [`consent.given ${need.role}`];
    case 'authorised':
      return facts('authorisation.given').some(
        f => f.data['for'] === need.what && agree(f, act, 'event') && agree(f, act, 'place'),
      )
        ? []
        : [`authorisation.given ${need.what}`];
    case 'form complete':
      return formMissing(view, need.form, { at, fact: act });
    case 'ledger complete':
      return formMissing(view, need.ledger, { at, fact: act });
    case 'track finished':
      return facts('track.finished').some(f => f.data['track'] === need.track) ? [] : [`track.finished ${need.track}`];
    case 'done':
      return dutyDone(view, need.duty, act) ? [] : [`done ${need.duty}`];
    case 'outside confirmed':
      return facts('outside-rule.confirmed').some(f => f.data['rule'] === need.rule)
        ? []
        : [`outside-rule.confirmed ${need.rule}`];
    case 'speaker in':
      return need.parties.some(party => speaks(view, act, party))
        ? []
        : [`speaker ${need.parties.map(partyText).join(' or ')}`];
    case 'reason recorded':
      return reasonRecorded(act, facts('decision.made')) ? [] : ['decision.made with a reason'];
    case 'risk assessed':
      return facts('risk.assessed').some(f => agree(f, act, 'decision')) ? [] : ['risk.assessed'];
    case 'checklist clear': {
      const wording = judgedWording(view, act);
      const check = facts('checklist.completed').findLast(
        f => wording !== undefined && onText(f, wording) && f.data['checklist'] === need.checklist,
      );
      return check?.data['outcome'] === 'clear' ? [] : [`checklist.completed ${need.checklist}`];
    }
    case 'tells': {
      const wording = judgedWording(view, act);
      const parts = [...listOf(act.data['parts']), ...listOf(wording?.draft?.data['parts'])];
      const unsolved = need.part === 'unsolved' && wording?.draft?.data['unsolved'] === true;
      return unsolved || parts.includes(need.part) ? [] : [need.part];
    }
  }
}

/** Two facts agree on a key where both carry it. */
const agree = (a: Fact, b: Fact, key: string): boolean =>
  a.data[key] === undefined || b.data[key] === undefined || a.data[key] === b.data[key];

function consented(view: View, role: string, act: Fact, given: readonly Fact[]): boolean {
  const to = listOf(act.data['to'] ?? act.data['with']);
  return given.some(f => {
    const offices = role.split('|').map(office => office.trim().split('/'));
    const mine = offices.some(([unit, own]) =>
      own === undefined
        ? view.holders.actsAs(f.by, undefined, unit ?? '', dateIn(view, f.at))
        : view.holders.actsAs(f.by, unit, own, dateIn(view, f.at)),
    );
    if (!mine) return false;
    const named = listOf(f.data['to']);
    return named.length === 0 || to.every(t => named.includes(t));
  });
}

/** Who speaks in an act: the named speaker of a publication, else the office that acts. */
function speaks(view: View, act: Fact, party: Party): boolean {
  const { org } = view.book;
  const unit = field(act, 'speakerUnit') ?? field(act, 'unit') ?? act.by.unit;
  const role = field(act, 'speakerRole') ?? act.by.role;
  const context = { at: act.at, trigger: act, strict: true };
  if (party.party === 'role' || party.party === 'office') {
    const by = { ...act.by, unit: act.type === 'publication.made' ? unit : act.by.unit, role };
    return actsFor(view, by, party, context) || (party.party === 'role' && role === party.role);
  }
  return unitsOfParty(view, party, context).some(target => org.within(unit, target));
}

/** Outcomes of a decision to answer: they are no reason for silence. */
const ANSWERING = /^(answer|respond|reply|publish|yes|回应|答复|公开|发布)/i;

/** A reason for silence, for a substitute speaker, for another form: on the act itself, or decided with a reason. */
function reasonRecorded(act: Fact, decisions: readonly Fact[]): boolean {
  for (const name of ['speakerReason', 'otherReason', 'why']) if (field(act, name)) return true;
  return decisions.some(({ data }) => {
    const about = String(data['about']);
    if (about === 'non-publication') return true;
    if (act.type === 'press-event.held') return about === 'speaker';
    return (about === 'respond' || about === 'answer') && !ANSWERING.test(String(data['outcome']).trim());
  });
}

/** All that is missing for a gate. */
export const gateMissing = (view: View, gate: GateRule, act: Fact, dutyDone: DutyDone): string[] =>
  gate.needs.flatMap(need => unmet(view, need, act, dutyDone));
