/** The desk; with `part`, its lists alone, for a page that takes in what is new. */
import { board } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import { Desk, DESK_ROWS, DeskLists, scopeOf } from '../pages/desk.tsx';
import type { Visit } from '../context.ts';
import type { Show } from '../visiting.tsx';

/** Alarms counted at most; the page of own channels has all. */
const MOST_ALARMS = 20;
/** Posts on own channels that nobody signed: told to whoever is named for the channel. */
async function alarmsFor({ house, user }: Visit): Promise<number> {
  const { ownChannels } = house.desk;
  const { office } = user;
  const named = (await ownChannels.list())
    .filter(o => office?.unit === o.alarm.unit && office.role === o.alarm.role)
    .map(o => o.channel);
  if (named.length === 0) return 0;
  return (await ownChannels.items(MOST_ALARMS, 'unbacked')).filter(i => named.includes(i.channel)).length;
}

export const show: Show = async (visit, counts) => {
  const { c, hall, w, language, user } = visit;
  const scope = scopeOf(c.req.query('scope'));
  const from = Math.min(1_000_000, Math.max(0, Math.floor(Number(c.req.query('from') ?? '0')) || 0));
  if (c.req.query('part') === undefined)
    return <Desk visit={visit} counts={counts} scope={scope} from={from} alarms={await alarmsFor(visit)} />;
  const rows = board(hall, w, language, naming(hall, language), { office: user.office, scope, most: DESK_ROWS, from });
  return <DeskLists visit={visit} board={rows} scope={scope} from={from} />;
};
