/** The texts of a story with what hit in them, and of each its copies with what they cut or added. */
import { differenceOf, groupDifferences, isSame, runsOf } from '#triage';
import type { MatchCertificate } from '#core/text';
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { ErasedNote } from '../parts/erased.tsx';
import { Time } from '../parts/small.tsx';
import type { StoryItem } from '../ports-triage.ts';
import { momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';
import { kindName } from './inbox.tsx';

export const Marked: FC<{ text: string; field: 'title' | 'text'; matched: readonly MatchCertificate[] }> = ({
  text,
  field,
  matched,
}) => <>{runsOf(text, field, matched).map(run => (run.marked ? <mark>{run.text}</mark> : run.text))}</>;

/** When it was published, or seen where it does not say. */
export const momentOf = (item: StoryItem): number => item.publishedAt ?? item.seenAt;

export const StoryText: FC<{
  visit: Visit;
  item: StoryItem;
  copies: readonly StoryItem[];
  evidence: string | undefined;
  chosen: boolean;
  mayChoose: boolean;
}> = ({ visit, item, copies, evidence, chosen, mayChoose }) => {
  const { w, language, hall } = visit;
  const isPrivate = item.lane === 'hotline' || item.outletKind === 'forum' || item.outletKind === 'social';
  return (
    <div class="copy" id={`i-${item.id}`}>
      <p class="src">
        {mayChoose ? (
          <label class="pick">
            <input type="checkbox" name="item" value={item.id} form="split-form" checked={chosen} />
            <span class="vh">{w.splitOff}</span>
          </label>
        ) : (
          ''
        )}
        <b>{item.outlet ?? valueLabel(language, 'origin', item.origin)}</b>
        <span>{isPrivate ? w.itemKindPrivate : kindName(visit, item.outletKind ?? item.origin)}</span>
        <span>
          {item.publishedAt === undefined ? (
            `${w.noPublished}${w.comma}${w.seenAt(momentText(language, item.seenAt, hall.now))}`
          ) : (
            <Time at={item.publishedAt}>{momentText(language, item.publishedAt, hall.now)}</Time>
          )}
        </span>
        <span>{w.copyKinds[item.sameKind]}</span>
        {item.lane === 'public' && (item.url ?? evidence) !== undefined ? (
          <a href={`/inbox/${item.id}/evidence`}>{evidence ?? w.evidenceNotKept}</a>
        ) : (
          ''
        )}
        {(item.origin === 'hotline' || item.origin === 'petition') && item.erasedAt === undefined ? (
          <a href={`/contacts/new?item=${item.id}`}>{w.contactNew}</a>
        ) : (
          ''
        )}
        {item.state === 'in-case' && item.caseId !== undefined ? <a href={`/cases/${item.caseId}`}>{w.seeCase}</a> : ''}
        {item.url === undefined || !/^https?:/.test(item.url) ? (
          ''
        ) : (
          <a href={item.url} rel="noreferrer noopener">
            {w.sourceLink}
          </a>
        )}
      </p>
      {item.title === '' ? (
        ''
      ) : (
        <p class="q lead">
          <Marked text={item.title} field="title" matched={item.matched} />
        </p>
      )}
      {item.erasedAt === undefined ? (
        <p class="q">
          <Marked text={item.text} field="text" matched={item.matched} />
        </p>
      ) : (
        <ErasedNote visit={visit} of={item} />
      )}
      {copies.length === 0 ? '' : <Copies visit={visit} item={item} copies={copies} />}
    </div>
  );
};

const QUOTED = 40;
const short = (text: string): string => (text.length > QUOTED ? `${text.slice(0, QUOTED - 1)}…` : text);
const MOST_COMPARED = 200;

const Copies: FC<{ visit: Visit; item: StoryItem; copies: readonly StoryItem[] }> = ({
  visit,
  item,
  copies,
}): Child => {
  const { w, language, hall } = visit;
  // What has no words left differs from everything and says nothing.
  const worded = item.erasedAt === undefined ? copies.filter(c => c.erasedAt === undefined) : [];
  const groups = groupDifferences(item.text, worded.slice(0, MOST_COMPARED));
  const quoted = (list: readonly string[]): string => list.map(s => `“${short(s)}”`).join(w.and);
  const said = groups.flatMap(({ ids, difference: d }) => {
    if (isSame(d)) return [w.copySame(ids.length)];
    return [
      ...(d.cut.length > 0 ? [w.copyCut(ids.length, quoted(d.cut.slice(0, 2)))] : []),
      ...(d.added.length > 0 ? [w.copyAdded(ids.length, quoted(d.added.slice(0, 2)))] : []),
      ...d.changed.slice(0, 2).map(c => w.copyChanged(ids.length, short(c.from), short(c.to))),
    ];
  });
  const times = copies.map(momentOf).sort((a, b) => a - b);
  return (
    <details class="fold">
      <summary>{w.copiesOf(copies.length)}</summary>
      <p class="note">
        {w.copiesSpan(momentText(language, times[0] ?? 0, hall.now), momentText(language, times.at(-1) ?? 0, hall.now))}
        {w.stop}
        {said.length === 0 ? '' : `${said.slice(0, 8).join(w.semicolon)}${w.stop}`}
      </p>
      <ul class="mini">
        {copies.slice(0, 60).map(c => (
          <li>
            <span class="code">{w.copyKinds[c.sameKind].slice(0, 2)}</span>
            <span>
              {c.url !== undefined && /^https?:/.test(c.url) ? (
                <a href={c.url} rel="noreferrer noopener">
                  {c.outlet ?? valueLabel(language, 'origin', c.origin)}
                </a>
              ) : (
                (c.outlet ?? valueLabel(language, 'origin', c.origin))
              )}
              {c.title !== '' && c.title !== item.title ? ` ${short(c.title)}` : ''}
              {c.erasedAt === undefined ? '' : ` ${w.titleErased}`}
              {worded.includes(c) ? <DifferenceLine visit={visit} first={item.text} copy={c} /> : ''}
            </span>
            <time datetime={new Date(momentOf(c)).toISOString()}>{momentText(language, momentOf(c), hall.now)}</time>
          </li>
        ))}
      </ul>
    </details>
  );
};

const DifferenceLine: FC<{ visit: Visit; first: string; copy: StoryItem }> = ({ first, copy }): Child => {
  if (copy.sameKind === 'exact') return <></>;
  const d = differenceOf(first, copy.text);
  return (
    <span class="delta">
      {d.cut.slice(0, 2).map(s => (
        <del>{short(s)}</del>
      ))}
      {d.changed.slice(0, 2).map(c => (
        <>
          <del>{short(c.from)}</del>
          <ins>{short(c.to)}</ins>
        </>
      ))}
      {d.added.slice(0, 2).map(s => (
        <ins>{short(s)}</ins>
      ))}
    </span>
  );
};
