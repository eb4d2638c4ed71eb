/** Targets with what counted behind each number, and what did not and why. */
import type { HuiyinEvent } from '#core/log';
import type { FC } from 'hono/jsx';
import type { ExplainedQuota } from '#score';
import type { Visit } from '../context.ts';
import { Clause } from '../parts/small.tsx';
import { naming } from '../view/naming.ts';
import { whyText } from '../view/scores.ts';
import { sentence } from '../view/sentences.ts';
import { valueLabel } from '../words/index.ts';

export const Targets: FC<{ visit: Visit; targets: readonly ExplainedQuota[] }> = ({ visit, targets }) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  const partOf = (label: string): string => {
    const said = names.key(label);
    return said === label.replaceAll('-', ' ') ? valueLabel(language, 'level', label) : said;
  };
  return (
    <div class="scroll" tabindex={0}>
      <table>
        <thead>
          <tr>
            <th>{w.targetsTitle}</th>
            <th class="n">{w.col.done}</th>
            <th>{w.col.state}</th>
            <th>{w.col.clause}</th>
          </tr>
        </thead>
        <tbody>
          {targets.map(t => (
            <tr>
              <td>
                <details>
                  <summary>{names.prose(hall.rulebook.clauses.find(c => c.id === t.clause)?.prose ?? t.quota)}</summary>
                  <Entries visit={visit} entries={t.explain.counted} />
                  <NotCounted
                    visit={visit}
                    items={t.explain.notCounted.filter(n => isOwn(hall.byId.get(n.event), t.unit))}
                  />
                </details>
              </td>
              <td class="n">
                {Object.entries(t.targets).map(([label, of]) => (
                  <div>
                    {label === 'total' ? '' : `${partOf(label)} `}
                    {w.targetOf(t.counts[label] ?? 0, of)}
                  </div>
                ))}
              </td>
              <td>
                <span class={t.state === 'met' ? 'tag acc' : t.state === 'open' ? 'tag' : 'tag late'}>
                  {w.targetState[t.state]}
                </span>
              </td>
              <td>
                <Clause clause={names.clause(t.clause)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
/** On a unit's own target what others did says nothing. */
const isOwn = (event: HuiyinEvent | undefined, unit: string | undefined): boolean =>
  unit === undefined || event?.data['unit'] === undefined || event.data['unit'] === unit;

export const Entries: FC<{ visit: Visit; entries: readonly HuiyinEvent[] }> = ({ visit, entries }) => {
  const { hall, language, w } = visit;
  const names = naming(hall, language);
  if (entries.length === 0) return <p class="note">{w.ignoredNothing}</p>;
  return (
    <ul class="bare">
      {entries.map(e => {
        const said = sentence(e, language, names);
        return (
          <li>
            <EntryLink visit={visit} id={e.id} />
            <span>
              {String(e.data['on'] ?? e.at.slice(0, 10))} <b>{said.label}</b> {workOf(e)} {said.detail}
            </span>
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
      <ul class="bare">
        {items.map(n => (
          <li>
            <EntryLink visit={visit} id={n.event} />
            <span>
              {workOf(visit.hall.byId.get(n.event))} {whyText(language, n.why)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
};

const workOf = (event: HuiyinEvent | undefined): string => String(event?.data['work'] ?? event?.data['issue'] ?? '');

/** Leads to the place of an entry in the log. */
export const EntryLink: FC<{ visit: Visit; id: string }> = ({ visit, id }) => {
  const seq = visit.hall.byId.get(id)?.seq;
  return seq === undefined ? (
    <span class="code">{id}</span>
  ) : (
    <a class="code" href={`/log?before=${seq}`}>{`#${seq}`}</a>
  );
};
