/** Targets with what counted behind each number, and what did not and why. */
import type { HuiyinEvent } from '#core/log';
import type { FC } from 'hono/jsx';
import type { ExplainedQuota } from '#score';
import type { Visit } from '../context.ts';
import { Clause } from '../parts/small.tsx';
import { naming } from '../view/naming.ts';
import { whyText } from '../view/scores.ts';
import { sentence } from '../view/sentences.ts';

export const Targets: FC<{ visit: Visit; targets: readonly ExplainedQuota[] }> = ({ visit, targets }) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  return (
    <ul class="log">
      {targets.map(t => (
        <li>
          <span class={t.state === 'met' ? 'tag acc' : t.state === 'open' ? 'tag' : 'tag late'}>
            {w.targetState[t.state]}
          </span>
          <div>
            <details>
              <summary>
                {names.prose(hall.rulebook.clauses.find(c => c.id === t.clause)?.prose ?? t.quota)}{' '}
                <b>
                  {Object.entries(t.targets)
                    .map(
                      ([label, of]) =>
                        `${label === 'total' ? '' : `${names.key(label)} `}${w.targetOf(t.counts[label] ?? 0, of)}`,
                    )
                    .join(language === 'zh' ? '，' : ', ')}
                </b>
              </summary>
              <Entries visit={visit} entries={t.explain.counted} />
              <NotCounted visit={visit} items={t.explain.notCounted} />
            </details>
            <Clause clause={names.clause(t.clause)} />
          </div>
        </li>
      ))}
    </ul>
  );
};

export const Entries: FC<{ visit: Visit; entries: readonly HuiyinEvent[] }> = ({ visit, entries }) => {
  const { hall, language, w } = visit;
  const names = naming(hall, language);
  if (entries.length === 0) return <p class="note">{w.ignoredNothing}</p>;
  return (
    <ul class="rows">
      {entries.map(e => {
        const said = sentence(e, language, names);
        return (
          <li>
            <EntryLink visit={visit} id={e.id} /> {String(e.data['on'] ?? e.at.slice(0, 10))} <b>{said.label}</b>{' '}
            {said.detail}
          </li>
        );
      })}
    </ul>
  );
};

export const NotCounted: FC<{ visit: Visit; items: readonly { readonly event: string; readonly why: string }[] }> = ({
  visit,
  items,
}) => {
  const { w, language } = visit;
  if (items.length === 0) return <></>;
  return (
    <details>
      <summary>{`${w.ignoredNotCounted} ${items.length}`}</summary>
      <ul class="rows">
        {items.map(n => (
          <li>
            <EntryLink visit={visit} id={n.event} /> {whyText(language, n.why)}
          </li>
        ))}
      </ul>
    </details>
  );
};

/** Leads to the place of an entry in the log. */
export const EntryLink: FC<{ visit: Visit; id: string }> = ({ visit, id }) => {
  const seq = visit.hall.byId.get(id)?.seq;
  return seq === undefined ? (
    <span class="code">{id}</span>
  ) : (
    <a class="code" href={`/log?before=${seq}`}>{`#${seq}`}</a>
  );
};
