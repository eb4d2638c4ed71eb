/** The frame of every page: masthead, tabs, the strip of the moment, the notices that must stand on each page, footer. */
import { dayOf } from '#core/calendar';
import { raw } from 'hono/html';
import type { Child, FC } from 'hono/jsx';
import { isHolidayKnown } from '../view/moment.ts';
import { countsOf, firstDuty, rowsOf } from '../view/duties.ts';
import { whoseOf } from '../view/whose.ts';
import { naming } from '../view/naming.ts';
import { dateText, dayText, clockText, dueText, weekdayText } from '../view/times.ts';
import type { Ask, Visit } from '../context.ts';
import { permissionsOf } from '../permissions.ts';
import { lastMoment } from '../take-back.ts';
import type { Words } from '../words/index.ts';
import { FirstSteps } from './first-steps.tsx';
import { Hui } from './hui.tsx';
import { FIRST, GROUPS, type Place, PLACES, type Tab } from './places.ts';
import { Token } from './small.tsx';

export const Shell: FC<{
  c: Ask;
  title: string;
  bodyClass?: string;
  theme?: 'dark';
  /** Seconds after which the page's script reads the page again. */
  again?: number;
  children: Child;
}> = ({ c, title, bodyClass, theme, again, children }) => {
  const w = c.get('w');
  return (
    <>
      {raw('<!doctype html>')}
      <html
        lang={w.lang}
        {...(c.get('large') ? { 'data-size': 'large' } : {})}
        {...(theme === undefined ? {} : { 'data-theme': theme })}
        {...(again === undefined ? {} : { 'data-again': String(again) })}
      >
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{`${title} · ${w.product}`}</title>
          <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/assets/desk.css" />
          <script src="/assets/desk.js" defer></script>
        </head>
        <body {...(bodyClass === undefined ? {} : { class: bodyClass })}>{children}</body>
      </html>
    </>
  );
};

/** Every page of the example says so; an unencrypted connection is said on every page as well. */
export const Strips: FC<{ c: Ask; example: boolean; mayStart?: boolean; practice?: boolean }> = ({
  c,
  example,
  mayStart,
  practice,
}) => {
  const w = c.get('w');
  const newPlace = c.get('user')?.session.newPlace;
  return (
    <>
      {practice ? (
        <div class="strip practice" role="note">
          <div>
            <b>{w.practice.word}</b>
            <span>{w.practice.strip}</span>
            <a class="no-print" href="/practice">
              {w.practice.title}
            </a>
          </div>
        </div>
      ) : (
        ''
      )}
      {example ? (
        <div class="strip no-print" role="note">
          <div>
            <b>{w.example}</b>
            <span>{w.exampleSays}</span>
            {mayStart ? <a href="/setup">{w.startEmpty}</a> : ''}
          </div>
        </div>
      ) : (
        ''
      )}
      {newPlace === undefined ? (
        ''
      ) : (
        <div class="strip warn no-print" role="status">
          <div>
            <span>
              {w.newPlace(newPlace)} {w.newPlaceSays}
            </span>
            <a href="/settings/security">{w.newPlaceLook}</a>
          </div>
        </div>
      )}
      {c.get('exposed') ? (
        <div class="strip warn no-print" role="note">
          <div>
            <span>{w.notEncrypted}</span>
          </div>
        </div>
      ) : (
        ''
      )}
    </>
  );
};

export interface Counts {
  readonly inbox: number;
}

export const Page: FC<{
  visit: Visit;
  tab?: Tab;
  title: string;
  counts: Counts;
  children: Child;
}> = props => {
  const { visit, tab, title, counts, children } = props;
  const { c, w, hall, user, language } = visit;
  const names = naming(hall, language);
  const whose = whoseOf(hall, user.office, 'unit');
  const mine = countsOf(hall, whose);
  const owed = mine.limited + mine.soft + mine.late;
  const first = firstDuty(hall, whose);
  const [next] = first ? rowsOf(hall, w, language, names, [first]) : [];
  const numbers: Partial<Record<Tab, number>> = { desk: owed, inbox: counts.inbox };
  const may = permissionsOf(hall, user.office, user.person);
  const link = ({ tab: t, href }: Place): Child => (
    <a href={href} {...(t === tab ? { 'aria-current': 'page' as const } : {})}>
      {w.nav[t]}
      {numbers[t] === undefined ? (
        ''
      ) : (
        <span class="cnt" data-live={t === 'desk' ? 'owed' : t} {...(numbers[t] === 0 ? { hidden: true } : {})}>
          {numbers[t]}
        </span>
      )}
    </a>
  );
  return (
    <Shell c={c} title={next?.left !== undefined && next.left < 1800 ? `${w.dueTitlePrefix(next.due)}${title}` : title}>
      {hall.institution.practice ? (
        <div class="practice-mark" aria-hidden="true">
          <span>{w.practice.word}</span>
        </div>
      ) : (
        ''
      )}
      <a class="skip" href="#main">
        {w.skip}
      </a>
      <header class="no-print">
        <Strips
          c={c}
          example={hall.institution.example}
          mayStart={may.has('administer')}
          practice={hall.institution.practice === true}
        />
        <div class="frame">
          <div class="frame-bar">
            <a class="brand" href="/desk">
              <Hui brand />
              {w.product}
            </a>
            <span class="inst">{hall.institution.name[language]}</span>
            <nav class="nav" aria-label={w.mainNav}>
              {FIRST.map(link)}
              <a class="nav-more" href="#all">
                {w.more}
              </a>
            </nav>
            <form class="find" method="get" action="/search" role="search">
              <input
                type="search"
                name="q"
                aria-label={w.searchLabel}
                placeholder={w.searchHint}
                maxlength={100}
                data-search
              />
            </form>
            <OfficeMenu visit={visit} />
          </div>
        </div>
        <NowStrip
          visit={visit}
          next={
            next && {
              title: next.title,
              due: next.dueAt === undefined ? '' : dueText(language, next.dueAt, next.line.dueOn, hall.now),
            }
          }
        />
      </header>
      <main
        id="main"
        data-now={new Date(hall.now).toISOString()}
        data-units={[w.daysUnit, w.hoursUnit, w.minutesUnit].join('|')}
        data-late={w.lateBy}
        data-say-title={`${title} · ${w.product}`}
        data-say-prefix={w.dueTitlePrefix('%')}
        data-say-next={w.nextDue}
        data-say-nothing={w.nothingDue}
        data-say-dueword={w.dueWord}
        data-say-gone={w.rowGone}
        data-say-news={w.newRows('%')}
        data-lang={language}
        {...(user.office ? { 'data-office': `${user.office.unit}/${user.office.role}` } : {})}
        data-draft-back={w.draft.back}
        data-draft-drop={w.draft.drop}
        data-draft-saved={w.draft.saved}
      >
        <Flash visit={visit} />
        <FirstSteps visit={visit} waiting={counts.inbox} />
        {children}
      </main>
      <footer class="foot no-print" id="all">
        <div>
          <nav class="map" aria-label={w.allPages}>
            {GROUPS.map(group => (
              <div>
                <b>{w.navGroups[group]}</b>
                {PLACES.filter(p => p.group === group).map(link)}
              </div>
            ))}
          </nav>
          <div class="line">
            <span>{w.recordTo(hall.seq)}</span>
            <form method="post" action="/language">
              <Token csrf={user.session.csrf} />
              <button class="btn text" type="submit" name="language" value={language === 'zh' ? 'en' : 'zh'}>
                {w.otherLanguage}
              </button>
              <button class="btn text" type="submit" name="size" value={c.get('large') ? 'normal' : 'large'}>
                {c.get('large') ? w.sizeNormal : w.sizeLarge}
              </button>
            </form>
            <button class="btn text only-keys only-script" type="button" data-keys>
              {w.keysAll} <kbd>?</kbd>
            </button>
            <label class="only-script sound">
              <input type="checkbox" data-sound /> {w.soundUnder30}
            </label>
          </div>
        </div>
      </footer>
      <Keys w={w} />
    </Shell>
  );
};

/** Every key, and the switch that turns them off. */
const Keys: FC<{ w: Words }> = ({ w }) => (
  <dialog id="keys" class="dialog" aria-labelledby="keys-h">
    <h2 id="keys-h">{w.keysAll}</h2>
    <dl class="keys">
      {w.keyList.map(line => {
        const [key = '', says = ''] = line.split('|');
        return (
          <div>
            <dt>
              {key.split(' ').map(k => (
                <kbd>{k}</kbd>
              ))}
            </dt>
            <dd>{says}</dd>
          </div>
        );
      })}
    </dl>
    <label>
      <input type="checkbox" data-keys-on /> {w.keysOn}
    </label>
    <form method="dialog">
      <button class="btn" type="submit">
        {w.closeKeys}
      </button>
    </form>
  </dialog>
);

/** What was just done, said once; it came with the redirect, and with it the way to take it back while there is one. */
const Flash: FC<{ visit: Visit }> = ({ visit: { c, w, hall, user } }) => {
  const said = c.req.query('said');
  if (!said) return <></>;
  const undo = c.req.query('undo');
  const until = lastMoment(undo);
  if (undo !== undefined && until !== undefined && hall.now <= until)
    return (
      <div class="toast undo no-print" role="status" data-until={new Date(until).toISOString()}>
        <span>{said.slice(0, 160)}</span>
        <form method="post" action="/undo">
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="id" value={undo} />
          <button class="btn text" type="submit" data-key="z">
            {w.undo} <kbd>z</kbd>
          </button>
        </form>
      </div>
    );
  return (
    <div class="toast no-print" role="status">
      <span>{said.slice(0, 160)}</span>
      <a href="/log">{w.nav.log}</a>
    </div>
  );
};

const NowStrip: FC<{ visit: Visit; next: { title: string; due: string } | undefined }> = ({ visit, next }) => {
  const { w, hall, language } = visit;
  const { now, calendar } = hall;
  const date = dateText(now);
  const known = isHolidayKnown(calendar, date);
  const day = known ? dayOf(calendar, date) : undefined;
  return (
    <div class="now">
      <span>
        <b>
          {dayText(language, date, now)} {weekdayText(w, now)} {clockText(now)}
        </b>
      </span>
      <span>
        {day ? `${w.dayKind[day.why]}${day.name === undefined ? '' : `（${day.name}）`}` : w.calendarEnds}
        {day && !day.working ? `，${w.clocksRun}` : ''}
      </span>
      <span class="next" data-live="next">
        {next ? (
          <>
            {w.nextDue}
            {next.title} <b>{next.due}</b> {w.dueWord}
          </>
        ) : (
          w.nothingDue
        )}
      </span>
    </div>
  );
};

const OfficeMenu: FC<{ visit: Visit }> = ({ visit }) => {
  const { w, user, hall, language } = visit;
  const names = naming(hall, language);
  const here = user.office ? names.office(user.office) : w.noOffice;
  return (
    <details class="menu me">
      <summary>
        {here} · {user.person.name}
      </summary>
      <div>
        {user.offices.length > 1 ? (
          <form method="post" action="/office">
            <Token csrf={user.session.csrf} />
            <span class="note">{w.actAs}</span>
            {user.offices.map(o => (
              <button
                class="btn"
                type="submit"
                name="office"
                value={`${o.unit}/${o.role}`}
                aria-pressed={o.unit === user.office?.unit && o.role === user.office.role ? 'true' : 'false'}
              >
                {names.office(o)}
              </button>
            ))}
          </form>
        ) : (
          ''
        )}
        <a class="btn" href="/practice">
          {w.practice.title}
        </a>
        <a class="btn" href="/password">
          {w.changePassword}
        </a>
        <a class="btn" href="/settings/security">
          {w.securityTitle}
        </a>
        <form method="post" action="/sign-out">
          <Token csrf={user.session.csrf} />
          <button class="btn" type="submit">
            {w.signOut}
          </button>
        </form>
      </div>
    </details>
  );
};
