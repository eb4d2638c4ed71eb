/** The next twenty-four hours as one line: due moments on it, nights shaded. The text alternative lists them. */
import type { FC } from 'hono/jsx';
import type { DutyRow } from '../view/duties.ts';
import { clockText } from '../view/times.ts';
import type { Words } from '../words/index.ts';

const WIDTH = 1282;
const LEFT = 8;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OFFSET = 8 * HOUR;

export const Horizon: FC<{ w: Words; rows: readonly DutyRow[]; now: number }> = ({ w, rows, now }) => {
  const x = (at: number): number => Math.round((LEFT + ((at - now) / DAY) * WIDTH) * 10) / 10;
  const points = rows.filter(r => r.dueAt !== undefined && r.dueAt >= now && r.dueAt < now + DAY).slice(0, 6);
  const beyond = rows.find(r => r.dueAt !== undefined && r.dueAt >= now + DAY);
  const hours = Array.from({ length: 25 }, (_, i) => Math.ceil(now / HOUR) * HOUR + i * HOUR).filter(
    h => h < now + DAY,
  );
  const hourOf = (at: number): number => Math.floor((at + OFFSET) / HOUR) % 24;
  const nights = nightSpans(now);
  const said = points.map(p => `${clockText(p.dueAt ?? 0)} ${p.title}`).join(w.and);
  return (
    <figure class="hz">
      <svg viewBox="0 0 1376 104" role="img" aria-label={`${w.next24}${w.colon}${said === '' ? w.none : said}`}>
        {nights.map(([from, to]) => (
          <rect class="night" x={x(from)} y="34" width={x(to) - x(from)} height="30" />
        ))}
        {hours.map(h => (
          <path class="tick" d={`M${x(h)} ${hourOf(h) % 3 === 0 ? 50 : 56}V64`} />
        ))}
        {hours
          .filter(h => hourOf(h) % 3 === 0 && x(h) > LEFT + 44)
          .map(h => (
            <text class="ax-t" x={x(h)} y="82" text-anchor="middle">
              {clockText(h)}
            </text>
          ))}
        <path class="base-l" d={`M${LEFT} 64H${LEFT + WIDTH}`} />
        {points.map((p, i) => {
          const at = x(p.dueAt ?? now);
          const end = at > LEFT + WIDTH - 220;
          const y = [17, 39, 28][i % 3] ?? 28;
          return (
            <>
              <path class={p.tone === 'near' ? 'point hot' : 'point'} d={`M${at} ${y - 8}V64`} />
              <rect class={p.tone === 'near' ? 'dot hot' : 'dot'} x={at - 4} y="60" width="8" height="8" />
              <text
                class={p.tone === 'near' ? 'ax-l hot-l' : 'ax-l'}
                x={end ? at - 6 : at + 6}
                y={y}
                text-anchor={end ? 'end' : 'start'}
              >
                {clockText(p.dueAt ?? 0)} {p.title.slice(0, 14)}
              </text>
            </>
          );
        })}
        <path class="ax-now" d={`M${LEFT} 26V72`} />
        <text class="ax-t now-l" x={LEFT} y="96">
          {w.now}
        </text>
        {beyond ? (
          <text class="ax-t" x="1376" y="96" text-anchor="end">
            {beyond.due} {beyond.title.slice(0, 12)} →
          </text>
        ) : (
          ''
        )}
      </svg>
      <figcaption class="vh">{w.next24}</figcaption>
    </figure>
  );
};

/** 22:00 to 06:00 inside the next day. */
function nightSpans(now: number): readonly (readonly [number, number])[] {
  const midnight = Math.floor((now + OFFSET) / DAY) * DAY - OFFSET;
  return [-1, 0, 1]
    .map(d => [midnight + d * DAY + 22 * HOUR, midnight + (d + 1) * DAY + 6 * HOUR] as const)
    .map(([from, to]) => [Math.max(from, now), Math.min(to, now + DAY)] as const)
    .filter(([from, to]) => to > from);
}
