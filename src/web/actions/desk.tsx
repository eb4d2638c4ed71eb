/** The desk; with `part`, its lists alone, for a page that takes in what is new. */
import { board } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import { Desk, DESK_ROWS, DeskLists, scopeOf } from '../pages/desk.tsx';
import type { Show } from '../visiting.tsx';

export const show: Show = (visit, counts) => {
  const { c, hall, w, language, user } = visit;
  const scope = scopeOf(c.req.query('scope'));
  const from = Math.min(1_000_000, Math.max(0, Math.floor(Number(c.req.query('from') ?? '0')) || 0));
  if (c.req.query('part') === undefined) return <Desk visit={visit} counts={counts} scope={scope} from={from} />;
  const rows = board(hall, w, language, naming(hall, language), { office: user.office, scope, most: DESK_ROWS, from });
  return <DeskLists visit={visit} board={rows} scope={scope} from={from} />;
};
