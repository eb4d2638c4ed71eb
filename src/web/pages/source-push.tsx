/** Tokens of a source that is pushed: how many there are, and one made anew, shown once. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Token } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import type { ApiToken } from '../ports-access.ts';
import type { Source } from '../ports-sources.ts';

export const PushTokens: FC<{ visit: Visit; source: Source; tokens: readonly ApiToken[]; once?: string }> = ({
  visit,
  source,
  tokens,
  once,
}) => {
  const { w, user, hall, c } = visit;
  const may = permissionsOf(hall, user.office, user.person).has('access');
  return (
    <form class="pane" method="post" action={`/sources/${source.key}/token`}>
      <Token csrf={user.session.csrf} />
      <h2>{w.src.pushTitle}</h2>
      <p class="note">{w.src.pushSays}</p>
      <p>
        <span class="note">{w.src.pushAddress}</span>{' '}
        <span class="code">POST {new URL('/api/v1/items', c.req.url).href}</span>
      </p>
      {once === undefined ? (
        ''
      ) : (
        <div class="once sec" role="status">
          {w.src.pushOnce}
          <span class="code">{once}</span>
        </div>
      )}
      <p class="note">{tokens.length === 0 ? w.src.pushNobody : w.src.pushHave(tokens.length)}</p>
      {may ? (
        <button class="btn" type="submit">
          {w.src.pushMake}
        </button>
      ) : (
        ''
      )}
    </form>
  );
};
