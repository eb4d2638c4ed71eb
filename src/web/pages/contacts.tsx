/** How people who wrote to the hotline want to be reached: held by one office, for one purpose, until one date. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty, NotSaved, Token } from '../parts/small.tsx';
import { CONTACT_PURPOSES, type HeldContact } from '../ports-contacts.ts';
import { naming } from '../view/naming.ts';
import { dateText, momentText } from '../view/times.ts';

/** Longest a contact is kept, and what is proposed, in days. */
export const MOST_DAYS = 90;
const USUAL_DAYS = 30;

export const Contacts: FC<{
  visit: Visit;
  counts: Counts;
  held: readonly HeldContact[];
  opened?: { readonly id: string; readonly text: string };
  problems: readonly string[];
}> = ({ visit, counts, held, opened, problems }) => {
  const { w, user } = visit;
  const mine = held.filter(c => c.unit === user.office?.unit && c.deletedAt === undefined);
  const gone = held.filter(c => c.unit === user.office?.unit && c.deletedAt !== undefined);
  return (
    <Page visit={visit} tab="contacts" title={w.contactsTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.contactsTitle}</h1>
          <p class="sub">{w.contactsSub}</p>
        </div>
        <div class="acts">
          <a class="btn" href="/inbox">
            {w.nav.inbox}
          </a>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      {mine.length === 0 ? (
        <Empty title={w.contactsNone} says={w.contactsNoneSays}>
          <a class="btn" href="/inbox">
            {w.contactsNoneTo}
          </a>
        </Empty>
      ) : (
        <ul class="rows">
          {mine.map(c => (
            <Held visit={visit} contact={c} {...(opened?.id === c.id ? { text: opened.text } : {})} />
          ))}
        </ul>
      )}
      {gone.length === 0 ? (
        ''
      ) : (
        <section class="sec">
          <div class="sec-h">
            <h2>{w.contactsGone}</h2>
          </div>
          <ul class="rows">
            {gone.map(c => (
              <li>
                <span class="code">{c.id}</span> {w.contactPurposes[c.purpose]} ·{' '}
                {w.contactGone(dateText(c.deletedAt ?? 0), w.contactEnds[c.deletedWhy ?? 'due'])}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
};

const Held: FC<{ visit: Visit; contact: HeldContact; text?: string }> = ({ visit, contact, text }) => {
  const { w, user, language, hall } = visit;
  return (
    <li class="pane" id={contact.id}>
      <p>
        <a href={`/inbox/${contact.finding}`}>{w.contactRow}</a> · {w.contactPurposes[contact.purpose]} ·{' '}
        {w.contactUntil(momentText(language, contact.keepUntil, hall.now))}
      </p>
      {text === undefined ? (
        ''
      ) : (
        <div class="once" role="status">
          {w.contactOnce}
          <span class="code">{text}</span>
        </div>
      )}
      <form class="acts" method="post" action="/contacts">
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="contact" value={contact.id} />
        <label for={`why-${contact.id}`}>{w.contactWhy}</label>
        <input id={`why-${contact.id}`} name="why" maxlength={120} />
        <button class="btn" type="submit" name="do" value="open">
          {w.contactOpen}
        </button>
        <button class="btn" type="submit" name="do" value="used">
          {w.contactUsed}
        </button>
        <button class="btn" type="submit" name="do" value="asked">
          {w.contactAsked}
        </button>
      </form>
    </li>
  );
};

export const NewContact: FC<{
  visit: Visit;
  counts: Counts;
  finding: { readonly id: string; readonly title: string; readonly erasedAt?: number };
  given: (name: string) => string;
  problems: readonly string[];
}> = ({ visit, counts, finding, given, problems }) => {
  const { w, user, hall, language } = visit;
  const unit = user.office?.unit;
  return (
    <Page visit={visit} title={w.contactNew} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.contactNew}</h1>
          <p class="sub">{finding.erasedAt === undefined ? finding.title : w.titleErased}</p>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      <form class="pane" method="post" action="/contacts">
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="finding" value={finding.id} />
        <p class="note">{w.contactRule(unit === undefined ? '' : naming(hall, language).unit(unit))}</p>
        <div class="field">
          <label for="c-text">{w.contactText}</label>
          <input id="c-text" name="contact-text" required maxlength={200} autocomplete="off" value="" />
          <span class="hint">{w.contactTextHint}</span>
        </div>
        <fieldset class="opts">
          <legend>{w.contactPurpose}</legend>
          {CONTACT_PURPOSES.map(p => (
            <label>
              <input type="radio" name="purpose" value={p} required checked={given('purpose') === p} />{' '}
              {w.contactPurposes[p]}
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="c-days">{w.contactDays}</label>
          <input
            id="c-days"
            name="days"
            type="number"
            min={1}
            max={MOST_DAYS}
            required
            value={given('days') || String(USUAL_DAYS)}
          />
        </div>
        <div class="acts">
          <button class="btn go" type="submit" name="do" value="enter">
            {w.contactKeep}
          </button>
          <a class="btn" href={`/inbox/${finding.id}`}>
            {w.contactBack}
          </a>
        </div>
      </form>
    </Page>
  );
};
