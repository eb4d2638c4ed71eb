/** Other channels of our own: a package to copy out, the link pasted back, the page looked at and compared with what was signed. */
import { diffTexts, type OnPage, type ReplyDocument, type Version } from '#reply';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { CaseFrame } from '../parts/case-frame.tsx';
import { Hui } from '../parts/hui.tsx';
import type { Counts } from '../parts/layout.tsx';
import { RefusedNow } from '../parts/refused-now.tsx';
import { Token } from '../parts/small.tsx';
import type { CaseHead } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { channelsOf, ownPage } from '../view/publishing.ts';
import { momentText } from '../view/times.ts';
import { groups } from './reply-show.tsx';

/** What a look at a pasted link found. */
export interface Look {
  readonly channel: string;
  readonly url: string;
  readonly onPage?: OnPage;
  /** Why the page could not be read. */
  readonly problem?: string;
}
interface Props {
  readonly visit: Visit;
  readonly head: CaseHead;
  readonly document: ReplyDocument;
  readonly newest: Version;
}

export const ReplyChannels: FC<Props & { counts: Counts; look?: Look; problem?: string }> = ({
  visit,
  counts,
  head,
  document,
  newest,
  look,
  problem,
}) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const site = ownPage(hall);
  const channels = channelsOf(hall).filter(c => c !== site);
  const base = `/cases/${head.key}/reply/${document.key}`;
  return (
    <CaseFrame
      visit={visit}
      counts={counts}
      head={head}
      tab="replies"
      title={w.otherChannelsTitle}
      says={w.channelsSays}
      {...(problem === undefined ? {} : { problem })}
    >
      <RefusedNow visit={visit} head={head} />
      {look ? <LookResult visit={visit} base={base} newest={newest} look={look} /> : ''}
      {channels.length === 0 ? <p class="note">{w.channelsNone}</p> : ''}
      {channels.map(channel => {
        const out = document.publications.filter(
          p => p.data['channel'] === channel && p.data['textHash'] === newest.hash,
        );
        return (
          <section class="pane sec" id={channel}>
            <h2>{names.channel(channel)}</h2>
            {out.map(p => (
              <p class="chain-h">
                <Hui size="s" look="done" />
                {w.publishedHere(momentText(language, Date.parse(p.at), hall.now))}{' '}
                {typeof p.data['url'] === 'string' ? (
                  <a href={p.data['url']} rel="noreferrer">
                    {p.data['url'].slice(0, 80)}
                  </a>
                ) : (
                  ''
                )}
              </p>
            ))}
            <p>
              <a class="btn" href={`${base}/package?channel=${channel}`}>
                {w.packageGet}
              </a>{' '}
              <span class="note">{w.packageSays}</span>
            </p>
            <form method="post" action={`${base}/channels`}>
              <Token csrf={visit.user.session.csrf} />
              <input type="hidden" name="do" value="look" />
              <input type="hidden" name="channel" value={channel} />
              <div class="field">
                <label for={`u-${channel}`}>{w.linkPaste}</label>
                <input
                  id={`u-${channel}`}
                  name="url"
                  type="url"
                  required
                  value={look?.channel === channel ? look.url : ''}
                />
              </div>
              <button class="btn go" type="submit">
                {w.linkLook}
              </button>
            </form>
          </section>
        );
      })}
      <p>
        <a class="btn text" href={base}>
          {w.backToText}
        </a>
      </p>
    </CaseFrame>
  );
};

const LookResult: FC<{ visit: Visit; base: string; newest: Version; look: Look }> = ({ visit, base, newest, look }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const { onPage } = look;
  return (
    <section class="pane sec" id="look">
      <h2>
        {names.channel(look.channel)} {w.lookTitle}
      </h2>
      {onPage === undefined ? (
        <div class="lint stop">
          <b>{w.lookFailed}</b>
          {look.problem}
          <p>{w.lookFailedSays}</p>
        </div>
      ) : onPage.all ? (
        <div class="lint ok">
          <b>{w.lookSame(onPage.paragraphs.length)}</b>
        </div>
      ) : (
        <div class="lint stop">
          <b>{w.lookDiffers(onPage.paragraphs.length - onPage.same, onPage.paragraphs.length)}</b>
          <p>{w.lookDiffersSays}</p>
        </div>
      )}
      {onPage && !onPage.all ? (
        <div class="diff">
          <div>
            <h3>{w.lookSigned}</h3>
            {onPage.paragraphs
              .filter(p => p.state !== 'same')
              .map(p => (
                <p>
                  {p.page === undefined ? (
                    <del>{p.signed}</del>
                  ) : (
                    diffTexts(p.signed, p.page).changes[0]?.before.map(x =>
                      x.kind === 'removed' ? <del>{x.text}</del> : x.text,
                    )
                  )}
                </p>
              ))}
          </div>
          <div>
            <h3>{w.lookThere}</h3>
            {onPage.paragraphs
              .filter(p => p.state !== 'same')
              .map(p => (
                <p>
                  {p.page === undefined
                    ? w.lookGone
                    : diffTexts(p.signed, p.page).changes[0]?.after.map(x =>
                        x.kind === 'added' ? <ins>{x.text}</ins> : x.text,
                      )}
                </p>
              ))}
          </div>
        </div>
      ) : (
        ''
      )}
      <p class="note code hash">{groups(newest.hash)}</p>
      <form method="post" action={`${base}/channels`}>
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="do" value="record" />
        <input type="hidden" name="hash" value={newest.hash} />
        <input type="hidden" name="channel" value={look.channel} />
        <input type="hidden" name="url" value={look.url} />
        <p class="note">{w.publishBy(user.office ? names.office(user.office) : w.noOffice)}</p>
        {onPage?.all ? (
          ''
        ) : (
          <label class="opt">
            <input type="checkbox" name="differs" value="true" required />
            {onPage ? w.lookAnyway : w.lookUnseen}
          </label>
        )}
        <button class={onPage?.all ? 'btn go' : 'btn'} type="submit">
          {w.lookRecord}
        </button>
      </form>
    </section>
  );
};
