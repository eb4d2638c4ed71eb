/** The directory of organisations, and the map of who answers for which matter. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import type { Counts } from '../parts/layout.tsx';
import { Clause, Empty, Token } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import type { Responsibility } from '../ports.ts';
import { BODY_KINDS, contacts } from '../view/directory.ts';
import { naming } from '../view/naming.ts';
import { answersFor, seatLines } from '../view/responsibility.ts';
import { valueLabel } from '../words/index.ts';
import { EmptyRegister, RegisterFrame, type Said, typed } from './registers.tsx';

const LEVELS = ['central', 'provincial', 'municipal', 'online'] as const;

export const DirectoryRegister: FC<{ visit: Visit; counts: Counts; said: Said }> = ({ visit, counts, said }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const all = contacts(hall);
  const kinds = [...new Set([...BODY_KINDS, ...all.map(x => x.kind ?? '')])];
  return (
    <RegisterFrame visit={visit} counts={counts} register="directory" said={said}>
      {all.length === 0 ? <EmptyRegister visit={visit} register="directory" /> : ''}
      {kinds.map(kind => {
        const rows = all.filter(x => (x.kind ?? '') === kind);
        return rows.length === 0 ? (
          ''
        ) : (
          <section class="sec">
            <div class="sec-h">
              <h2>{kind === '' ? w.reg.kindOpen : valueLabel(language, 'bodyKind', kind)}</h2>
              <span class="num">{rows.length}</span>
            </div>
            <div class="scroll reg-t" tabindex={0}>
              <table>
                <tbody>
                  {rows.map(x => (
                    <tr>
                      <td>{names.body(x.body)}</td>
                      <td>{x.level === undefined ? '' : valueLabel(language, 'level', x.level)}</td>
                      <td>
                        {x.n === undefined ? <span class="tag">{w.reg.byRules}</span> : <span>#{x.n}</span>}{' '}
                        {x.touched > 0 ? w.reg.touched(x.touched) : ''}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        );
      })}
      <details class="pane" open={said.given !== undefined || all.length === 0}>
        <summary>{w.reg.addContact}</summary>
        <p class="note">{w.reg.organisationsOnly}</p>
        <form method="post" action="/registers/directory" data-draft="directory">
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="do" value="contact" />
          <div class="three">
            <div class="field">
              <label for="c-name">{w.reg.bodyName}</label>
              <input id="c-name" name="name" required maxlength={60} value={typed(said, 'name')} />
            </div>
            <div class="field">
              <label for="c-kind">{w.reg.bodyKind}</label>
              <select id="c-kind" name="kind" required>
                {BODY_KINDS.map(k => (
                  <option value={k} selected={typed(said, 'kind') === k}>
                    {valueLabel(language, 'bodyKind', k)}
                  </option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="c-level">
                {w.reg.level}
                <span class="opt-t">{w.optional}</span>
              </label>
              <select id="c-level" name="level">
                <option value=""></option>
                {LEVELS.map(k => (
                  <option value={k} selected={typed(said, 'level') === k}>
                    {valueLabel(language, 'level', k)}
                  </option>
                ))}
              </select>
            </div>
          </div>
          <button class="btn go" type="submit">
            {w.recordIt}
          </button>
        </form>
      </details>
    </RegisterFrame>
  );
};

export const MapRegister: FC<{
  visit: Visit;
  counts: Counts;
  map: readonly Responsibility[];
  said: Said;
}> = ({ visit, counts, map, said }) => {
  const { hall, w, language, user, c } = visit;
  const names = naming(hall, language);
  const may = permissionsOf(hall, user.office, user.person).has('administer');
  const tried = c.req.query('try') ?? '';
  const answer = tried === '' ? undefined : answersFor(map, tried);
  const seats = seatLines(hall);
  const ownerName = (owner: string): string => {
    const each = /^each (.+)$/.exec(owner);
    return each ? w.reg.each(names.key(each[1] ?? '')) : names.key(owner);
  };
  return (
    <RegisterFrame visit={visit} counts={counts} register="map" said={said}>
      <section class="sec">
        <h2>{w.reg.byRulebook}</h2>
        {seats.length === 0 ? (
          <p class="note">{w.reg.noSeats}</p>
        ) : (
          <ul class="bare">
            {seats.map(s => (
              <li>
                <b>{ownerName(s.owner)}</b>{' '}
                {s.subjects.map(x => (x === 'own-field' ? w.reg.ownField : names.key(x))).join(w.and)}{' '}
                <Clause clause={names.clause(s.clause)} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section class="sec">
        <h2>{w.reg.bySelf}</h2>
        {map.length === 0 ? (
          <EmptyRegister visit={visit} register="map" />
        ) : (
          <div class="scroll reg-t" tabindex={0}>
            <table>
              <thead>
                <tr>
                  <th>{w.reg.topic}</th>
                  <th>{w.reg.wordsIn}</th>
                  <th>{w.reg.answering}</th>
                  {may ? <th></th> : ''}
                </tr>
              </thead>
              <tbody>
                {map.map((line, i) => (
                  <tr>
                    <td>{line.topic}</td>
                    <td>{line.words}</td>
                    <td>{names.unit(line.unit)}</td>
                    {may ? (
                      <td>
                        <form method="post" action="/registers/map">
                          <Token csrf={user.session.csrf} />
                          <input type="hidden" name="line" value={String(i)} />
                          <input type="hidden" name="topic" value={line.topic} />
                          <button class="btn" type="submit" name="do" value="map-remove">
                            {w.remove}
                          </button>
                        </form>
                      </td>
                    ) : (
                      ''
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      {may ? (
        <form class="pane" id="back" method="post" action="/registers/map" data-draft="map">
          <Token csrf={user.session.csrf} />
          <h2>{w.reg.addLine}</h2>
          <div class="three">
            <div class="field">
              <label for="m-topic">{w.reg.topic}</label>
              <input
                id="m-topic"
                name="topic"
                required
                maxlength={40}
                value={typed(said, 'topic') || (c.req.query('topic') ?? '')}
              />
            </div>
            <div class="field">
              <label for="m-words">{w.reg.wordsIn}</label>
              <input
                id="m-words"
                name="words"
                required
                maxlength={200}
                value={typed(said, 'words') || (c.req.query('words') ?? '')}
              />
            </div>
            <div class="field">
              <label for="m-unit">{w.reg.answering}</label>
              <select id="m-unit" name="unit" required>
                {hall.institution.setup.units
                  .filter(u => u.kind !== 'institution')
                  .map(u => (
                    <option value={u.key} selected={(typed(said, 'unit') || c.req.query('unit')) === u.key}>
                      {names.unit(u.key)}
                    </option>
                  ))}
              </select>
            </div>
          </div>
          <button class="btn go" type="submit" name="do" value="map-add">
            {w.reg.addLine}
          </button>
        </form>
      ) : (
        ''
      )}
      <form class="pane" method="get" action="/registers/map">
        <h2>{w.reg.tryIt}</h2>
        <div class="field">
          <label class="vh" for="m-try">
            {w.reg.tryIt}
          </label>
          <textarea id="m-try" name="try">
            {tried}
          </textarea>
        </div>
        <button class="btn" type="submit">
          {w.reg.whoAnswers}
        </button>
        {tried === '' ? (
          ''
        ) : answer ? (
          <p role="status">
            <b>{names.unit(answer.line.unit)}</b>
            {w.colon}
            {answer.line.topic}（{answer.hits.join(w.and)}）
          </p>
        ) : (
          <Empty title={w.reg.nobodyAnswers} says={w.reg.nobodyAnswersSays} />
        )}
      </form>
    </RegisterFrame>
  );
};
