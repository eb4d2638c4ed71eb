/** Channels with a test, quiet hours, the chain when nobody takes note, addresses of offices, the rota's calendar. */
import type { Child, FC } from 'hono/jsx';
import type { ChannelSetting, NoticeSettings } from '#case';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Alert, Empty, NotSaved, Token } from '../parts/small.tsx';
import type { NoticeKind } from '../ports.ts';

export interface ShownTest {
  readonly channel: string;
  readonly result: 'sent' | 'perhaps-sent' | 'failed';
  readonly fault?: string;
}
export const NoticesSettings: FC<{
  visit: Visit;
  counts: Counts;
  settings: NoticeSettings;
  problems: readonly string[];
  tested?: ShownTest;
  given?: (name: string) => string;
}> = ({ visit, counts, settings, problems, tested, given = () => '' }) => {
  const { w, user, house } = visit;
  return (
    <Page visit={visit} tab="settings" title={w.channelsTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.channelsTitle}</h1>
          <p class="sub">{w.channelsSub}</p>
        </div>
        <div class="acts">
          <a class="btn" href="/notices">
            {w.noticesTitle}
          </a>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      {tested ? <Tested visit={visit} tested={tested} /> : ''}
      {settings.channels.length === 0 ? (
        <Empty title={w.channelsNoneTitle} says={w.channelsNoneSays} />
      ) : (
        <ol class="duties sec">
          {settings.channels.map(c => (
            <ChannelItem visit={visit} settings={settings} channel={c} />
          ))}
        </ol>
      )}
      <div class="cols">
        <AddChannel visit={visit} kinds={house.desk.notices.kinds} given={given} />
        <div>
          <Policy visit={visit} settings={settings} />
          <form class="pane sec" method="post" action="/settings/notices">
            <Token csrf={user.session.csrf} />
            <h2>{w.addressesTitle}</h2>
            <div class="field">
              <label class="vh" for="n-addresses">
                {w.addressesTitle}
              </label>
              <span class="hint">{w.addressesHint}</span>
              <textarea id="n-addresses" name="addresses" rows={6}>
                {settings.addresses.map(a => `${a.office} ${a.kind} ${a.to}`).join('\n')}
              </textarea>
            </div>
            <button class="btn" type="submit" name="do" value="addresses">
              {w.save}
            </button>
          </form>
          <Feed visit={visit} settings={settings} />
        </div>
      </div>
    </Page>
  );
};

const Tested: FC<{ visit: Visit; tested: ShownTest }> = ({ visit, tested }) => {
  const { w } = visit;
  const said = { sent: w.channelTestSent, 'perhaps-sent': w.channelTestUnknown, failed: w.channelTestFailed };
  return (
    <Alert title={`${tested.channel}${w.colon}${said[tested.result]}`} stop={tested.result !== 'sent'} id="tested">
      {tested.fault === undefined ? '' : <p>{tested.fault}</p>}
    </Alert>
  );
};

const ChannelItem: FC<{ visit: Visit; settings: NoticeSettings; channel: ChannelSetting }> = ({
  visit,
  settings,
  channel: c,
}) => {
  const { w, language, user, house } = visit;
  const kind = house.desk.notices.kinds.find(k => k.kind === c.kind);
  const shown = (kind?.fields ?? []).flatMap(f => {
    const value = c.values[f.name];
    if (value === undefined || value === '') return [];
    return [`${f.label[language]}${w.colon}${f.secret ? w.secretKept : value}`];
  });
  const addressed = kind?.address !== undefined;
  const offices = settings.addresses.filter(a => a.kind === c.kind);
  const nobody = addressed && c.to.length === 0 && offices.length === 0;
  return (
    <li class={nobody ? 'duty late' : 'duty'}>
      <Hui look={c.on ? (nobody ? 'void' : 'done') : 'soft'} />
      <div class="left">
        <span>{kind?.title[language] ?? c.kind}</span>
        <span>{c.on ? w.channelIsOn : w.channelIsOff}</span>
      </div>
      <div class="body">
        <p class="what">{c.key}</p>
        <p class="of">
          <span>{w.channelWhenWords[c.when]}</span>
          {shown.map(s => (
            <span>{s}</span>
          ))}
          {addressed ? <span>{[...c.to, ...offices.map(a => a.to)].join(', ')}</span> : ''}
        </p>
        {nobody ? <p class="note">{w.channelNoAddress}</p> : ''}
      </div>
      <form class="acts" method="post" action="/settings/notices">
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="key" value={c.key} />
        {addressed ? (
          <input
            name="test-to"
            aria-label={w.channelTestTo}
            placeholder={w.channelTestTo}
            value={c.to[0] ?? offices[0]?.to ?? ''}
          />
        ) : (
          ''
        )}
        <button class="btn" type="submit" name="do" value="test">
          {w.channelTest}
        </button>
        <button class="btn" type="submit" name="do" value={c.on ? 'off' : 'on'}>
          {c.on ? w.channelOff : w.channelOn}
        </button>
        <button class="btn" type="submit" name="do" value="remove">
          {w.channelRemove}
        </button>
      </form>
    </li>
  );
};

/** The kind first: only its own fields are asked then. */
const AddChannel: FC<{ visit: Visit; kinds: readonly NoticeKind[]; given: (name: string) => string }> = ({
  visit,
  kinds,
  given,
}) => {
  const { w, language, user, c } = visit;
  const wanted = given('kind') || (c.req.query('kind') ?? '');
  const kind = kinds.find(k => k.kind === wanted);
  const field = (id: string, label: Child, hint: string, more: object = {}): Child => (
    <div class="field">
      <label for={`n-${id}`}>{label}</label>
      {hint === '' ? '' : <span class="hint">{hint}</span>}
      <input id={`n-${id}`} name={id} value={given(id)} {...more} />
    </div>
  );
  return (
    <section class="pane" id="add">
      <h2>{w.channelAdd}</h2>
      <nav class="acts" aria-label={w.channelKind}>
        {kinds.map(k => (
          <a
            class="btn"
            href={`/settings/notices?kind=${k.kind}#add`}
            {...(k === kind ? { 'aria-current': 'page' as const } : {})}
          >
            {k.title[language]}
          </a>
        ))}
      </nav>
      {kind === undefined ? (
        ''
      ) : (
        <form class="sec" method="post" action="/settings/notices">
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="kind" value={kind.kind} />
          {field('key', w.channelKey, w.channelKeyHint, { required: true })}
          {kind.fields.map(f =>
            field(
              `set.${f.name}`,
              <>
                {f.label[language]}
                {f.needed ? '' : <span class="opt-t">{w.optional}</span>}
              </>,
              '',
              { autocomplete: 'off', ...(f.needed ? { required: true } : {}) },
            ),
          )}
          {kind.address === undefined
            ? ''
            : field('to', `${w.channelTo}${w.colon}${kind.address[language]}`, w.channelToHint)}
          <div class="field">
            <label for="n-when">{w.channelWhen}</label>
            <select id="n-when" name="when">
              {(['every', 'urgent', 'escalated'] as const).map(v => (
                <option value={v} selected={given('when') === v}>
                  {w.channelWhenWords[v]}
                </option>
              ))}
            </select>
          </div>
          <button class="btn go" type="submit" name="do" value="add">
            {w.channelAdd}
          </button>
        </form>
      )}
    </section>
  );
};

const Policy: FC<{ visit: Visit; settings: NoticeSettings }> = ({ visit, settings }) => {
  const { w, user } = visit;
  const { quiet } = settings;
  return (
    <form class="pane" method="post" action="/settings/notices">
      <Token csrf={user.session.csrf} />
      <h2>{w.quietTitle}</h2>
      <p class="note">{w.quietHint}</p>
      <div class="two">
        <div class="field">
          <label for="n-from">{w.quietFrom}</label>
          <input id="n-from" name="quiet-from" type="time" value={quiet?.from ?? ''} />
        </div>
        <div class="field">
          <label for="n-until">{w.quietTo}</label>
          <input id="n-until" name="quiet-to" type="time" value={quiet?.to ?? ''} />
        </div>
      </div>
      <label class="check">
        <input type="checkbox" name="quiet-all" value="yes" checked={quiet?.holdAll ?? false} /> {w.quietHoldAll}
      </label>
      <h2 class="under">{w.escalateTitle}</h2>
      <div class="field">
        <label for="n-escalate">{w.escalateMinutes}</label>
        <span class="hint">{w.escalateHint}</span>
        <input
          id="n-escalate"
          name="escalate"
          type="number"
          min="1"
          max="1440"
          value={settings.escalateMinutes === undefined ? '' : String(settings.escalateMinutes)}
        />
      </div>
      <div class="field">
        <label for="n-address">{w.deskAddress}</label>
        <span class="hint">{w.deskAddressHint}</span>
        <input id="n-address" name="address" type="url" value={settings.address ?? ''} />
      </div>
      <button class="btn" type="submit" name="do" value="policy">
        {w.save}
      </button>
    </form>
  );
};

const Feed: FC<{ visit: Visit; settings: NoticeSettings }> = ({ visit, settings }) => {
  const { w, user, c } = visit;
  const base = settings.address?.replace(/\/$/, '') ?? new URL(c.req.url).origin;
  return (
    <form class="pane sec" method="post" action="/settings/notices">
      <Token csrf={user.session.csrf} />
      <h2>{w.feedTitle}</h2>
      <p class="note">{w.feedSays}</p>
      {settings.feed === undefined ? (
        <p class="note">{w.feedNone}</p>
      ) : (
        <p class="code">{`${base}/rota/${settings.feed}.ics`}</p>
      )}
      <div class="acts">
        <button class="btn" type="submit" name="do" value="feed">
          {w.feedMake}
        </button>
        {settings.feed === undefined ? (
          ''
        ) : (
          <button class="btn" type="submit" name="do" value="feed-off">
            {w.feedOff}
          </button>
        )}
      </div>
    </form>
  );
};
