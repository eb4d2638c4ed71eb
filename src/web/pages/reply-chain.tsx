/** Who has signed, who is next and until when at the latest, who stands in; signing, sending back, word of mouth. */
import { type Chain, type ReplyDocument, type SignState, standingOf, type Version } from '#reply';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { Clause, Token } from '../parts/small.tsx';
import { capacitiesOf } from '../permissions.ts';
import type { CaseHead } from '../view/cases.ts';
import { sameHand } from '../view/four-eyes.ts';
import { naming } from '../view/naming.ts';
import { lastSafe, signersOf } from '../view/signing.ts';
import { dayText, momentText } from '../view/times.ts';

interface Props {
  readonly visit: Visit;
  readonly head: CaseHead;
  readonly base: string;
  readonly document: ReplyDocument;
  readonly newest: Version;
  readonly state: SignState;
  readonly dueAt?: number;
}
export const ReplyChain: FC<Props> = props => {
  const { visit, document, newest, state } = props;
  const { w, user, hall } = visit;
  const turn = state.chains.flatMap(x => x.steps.filter(s => s.turn).flatMap(s => s.capacities));
  const mine = user.office ? capacitiesOf(hall, user.office).filter(x => turn.includes(x)) : [];
  const out = document.publications.some(p => p.data['textHash'] === newest.hash);
  return (
    <section id="chain">
      <h2>{w.chainTitle}</h2>
      {state.chains.length === 0 ? <p class="note">{w.noSignatureNeeded}</p> : ''}
      {state.chains.map(chain => (
        <ChainList {...props} chain={chain} />
      ))}
      {out ? '' : mine.map(capacity => <SignForm {...props} capacity={capacity} />)}
      {out || turn.length === 0 ? '' : <OralForm {...props} turn={turn.filter(t => !mine.includes(t))} />}
      <Confirmations {...props} />
    </section>
  );
};

const ChainList: FC<Props & { chain: Chain }> = ({ visit, document, newest, chain, dueAt }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const moments = lastSafe(hall, chain, dueAt);
  const version = (hash: unknown): string => w.draftVersion(document.versions.find(x => x.hash === hash)?.n ?? 0);
  return (
    <>
      <p class="chain-h">
        <span class={chain.order === 'any' ? 'tag dash' : 'tag'}>
          {chain.order === 'any' ? w.chainAny : w.chainListed}
        </span>
        {names.form(document.form)} <Clause clause={names.clause(chain.clause)} />
      </p>
      <ol class="chain">
        {chain.steps.map(s => {
          const signers = s.signature ? [] : signersOf(hall, s.capacities);
          const safe = moments.get(s.capacities.join('|'));
          return (
            <li
              class={[chain.order === 'any' ? 'any' : '', s.turn && document.publications.length === 0 ? 'turn' : '']
                .filter(Boolean)
                .join(' ')}
            >
              <Hui size="s" look={s.signature ? 'done' : s.voided.length > 0 || s.withheld ? 'void' : 'far'} />
              <div>
                <b data-turn={w.yourTurn}>{s.capacities.map(x => names.capacity(x)).join(' / ')}</b>
                {s.signature ? (
                  <span class="st">
                    {w.signedAt(momentText(language, Date.parse(s.signature.at), hall.now), w.draftVersion(newest.n))}，
                    {names.office(s.signature.by)}
                    {s.signature.data['oral'] === true ? ` ${w.oralWord}` : ''}
                    {sameHand(hall, s.signature) ? <span class="tag">{w.sameHand}</span> : ''}
                  </span>
                ) : (
                  <span class="st">
                    {s.withheld ? `${w.withhold}${w.colon}${String(s.withheld.data['reason'])}` : w.notSigned}
                    {safe === undefined ? '' : `，${w.lastSafeAt(momentText(language, safe, hall.now))}`}
                  </span>
                )}
                {signers
                  .filter(x => x.awayUntil !== undefined || x.standIn !== undefined)
                  .map(x => (
                    <span class="st">
                      {names.office(x.office)}{' '}
                      {x.awayUntil === undefined ? '' : w.awayTill(dayText(language, x.awayUntil, hall.now))}
                      {x.standIn === undefined ? '' : `，${w.standsIn(names.role(x.standIn))}`}
                    </span>
                  ))}
                {s.voided.map(v => (
                  <span class="st">
                    <s>{w.signedAt(momentText(language, Date.parse(v.at), hall.now), version(v.data['textHash']))}</s>{' '}
                    {w.voided}
                  </span>
                ))}
              </div>
            </li>
          );
        })}
      </ol>
    </>
  );
};

export const SignForm: FC<Props & { capacity: string }> = ({ visit, head, base, document, newest, capacity }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const number = head.events.findLast(
    e => e.type === 'form.filled' && e.data['form'] === document.form && typeof e.data['number'] === 'string',
  )?.data['number'];
  return (
    <form class="sign-now" method="post" action={`${base}/sign`}>
      <Token csrf={user.session.csrf} />
      <input type="hidden" name="hash" value={newest.hash} />
      <input type="hidden" name="as" value={capacity} />
      {typeof number === 'string' ? <input type="hidden" name="number" value={number} /> : ''}
      <p class="note">
        {w.signAs(names.capacity(capacity))} <a href={`${base}/sign`}>{w.signPage}</a>
      </p>
      <button class="btn go" type="submit" name="do" value="sign">
        {w.signThis}
      </button>
      <details class="why">
        <summary>{w.withhold}</summary>
        <div class="field">
          <label for={`w-${capacity}`}>{w.withholdReason}</label>
          <input id={`w-${capacity}`} name="reason" />
        </div>
        <button class="btn" type="submit" name="do" value="withhold">
          {w.withhold}
        </button>
      </details>
    </form>
  );
};

/** Somebody approved by telephone: recorded by who heard it, confirmed later by who said it. */
const OralForm: FC<Props & { turn: readonly string[] }> = ({ visit, base, newest, turn }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  if (turn.length === 0) return <></>;
  return (
    <details class="why oral">
      <summary>{w.oralRecord}</summary>
      <form method="post" action={`${base}/oral`}>
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="hash" value={newest.hash} />
        <fieldset class="opts">
          <legend>{w.oralWho}</legend>
          {[...new Set(turn)].map((t, i) => (
            <label class="opt">
              <input type="radio" name="as" value={t} checked={i === 0} />
              {names.capacity(t)}
            </label>
          ))}
        </fieldset>
        <p class="note">{w.oralSays}</p>
        <label class="opt">
          <input type="checkbox" name="read-out" value="true" required />
          {w.oralReadOut}
        </label>
        <button class="btn" type="submit">
          {w.oralRecord}
        </button>
      </form>
    </details>
  );
};

const Confirmations: FC<Props> = ({ visit, head, base, document, newest, state }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const standing = standingOf(hall.rulebook.rules, head.events, document);
  const mine = user.office ? capacitiesOf(hall, user.office) : [];
  return (
    <>
      {standing.oral.map(e => (
        <form class="oral-open" method="post" action={`${base}/check`}>
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="do" value="confirm-oral" />
          <input type="hidden" name="hash" value={newest.hash} />
          <input type="hidden" name="signature" value={e.id} />
          <p class="chain-h">
            <Hui size="s" look="soft" />
            {w.oralOpen(names.capacity(String(e.data['as'])), momentText(language, Date.parse(e.at), hall.now))}
          </p>
          {mine.includes(String(e.data['as'])) ? (
            <button class="btn go" type="submit">
              {w.oralConfirm}
            </button>
          ) : (
            ''
          )}
        </form>
      ))}
      {document.mentions.length === 0 ? '' : <h3>{w.confirmTitle}</h3>}
      {state.confirmations.map(k => (
        <form method="post" action={`${base}/confirm`}>
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="hash" value={newest.hash} />
          <input type="hidden" name="agency" value={k.body} />
          <p class="chain-h">
            <Hui size="s" look={k.event ? 'done' : 'far'} />
            {k.event
              ? w.confirmGiven(names.body(k.body), momentText(language, Date.parse(k.event.at), hall.now))
              : w.confirmWanted(names.body(k.body))}
          </p>
          {k.event ? (
            ''
          ) : (
            <button class="btn" type="submit">
              {w.confirmRecord}
            </button>
          )}
        </form>
      ))}
    </>
  );
};
