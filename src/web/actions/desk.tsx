/** The desk and its small news line. */
import { Desk } from '../pages/desk.tsx';
import type { Show } from '../visiting.tsx';

export const show: Show = (visit, counts) => (
  <Desk visit={visit} counts={counts} all={visit.c.req.query('scope') === 'all'} />
);

/** Whether anything was entered since the page was read; the list itself does not move under the reader's eyes. */
export const news: Show = ({ c, hall, w }) => {
  const after = Number(c.req.query('after') ?? '0');
  return hall.seq > after ? (
    <a class="news" href="/desk">
      {w.newEntries}
    </a>
  ) : (
    ''
  );
};
