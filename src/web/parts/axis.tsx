/** The axis drawn: facts above, one row for each duty, "now" as one line across both. */
import type { FC } from 'hono/jsx';
import type { Axis } from '../view/axis.ts';
import type { Words } from '../words/index.ts';

const TOP = 84;
const ROW = 36;

export const AxisChart: FC<{ w: Words; axis: Axis }> = ({ w, axis }) => {
  const height = TOP + axis.bands.length * ROW;
  /** Cut to what fits beside the clause: a Chinese character is about 14 wide, a letter 7. */
  const cut = (text: string, wide: number): string => {
    const characters = [...text];
    let used = 0;
    const fits = characters.findIndex(ch => (used += ch.charCodeAt(0) > 255 ? 14 : 7.3) > wide);
    return fits < 0 ? text : `${characters.slice(0, Math.max(1, fits - 1)).join('')}…`;
  };
  return (
    <figure class="axis" tabindex={0} aria-label={w.axisScroll}>
      <svg
        viewBox={`0 0 ${axis.width} ${height + 42}`}
        role="img"
        aria-label={`${w.axisTitle}，${axis.summary}。${w.axisSays}`}
      >
        {axis.ticks.map(t => (
          <>
            <path class="ax-grid" d={`M${t.x} 72V${height}`} />
            {t.label === undefined || Math.abs(t.x - axis.now) < 48 ? (
              ''
            ) : (
              <text class="ax-t" x={t.x} y={height + 16} text-anchor="middle">
                {t.label}
              </text>
            )}
          </>
        ))}
        {axis.days.map(d => (
          <text class="ax-t" x={d.x} y={height + 35}>
            {d.label}
          </text>
        ))}
        <text class="ax-l ax-b" x="16" y="66">
          {w.factsWord}
        </text>
        <path class="ax-fact-l" d={`M${axis.left} 70H${axis.now}`} />
        {axis.facts.map(f => {
          const y = f.level === undefined ? undefined : f.level === 1 ? 50 : 26;
          return (
            <>
              {y === undefined ? '' : <path class="ax-stem" d={`M${f.x} ${y - 4}V70`} />}
              {f.refused ? (
                <path class="ax-x" d={`M${f.x - 5} 65l10 10m0 -10l-10 10`} />
              ) : (
                <rect class="ax-fact" x={f.x - 4} y="66" width="8" height="8" />
              )}
              {y === undefined ? (
                ''
              ) : (
                <text
                  class={f.refused ? 'ax-s ax-r' : 'ax-s'}
                  x={f.end ? f.x - 6 : f.x + 6}
                  y={y}
                  text-anchor={f.end ? 'end' : 'start'}
                >
                  <tspan class="ax-t">{f.time}</tspan> {f.label}
                </text>
              )}
            </>
          );
        })}
        {axis.bands.map((b, i) => {
          const y = TOP + i * ROW;
          return (
            <>
              <path class="ax-grid" d={`M0 ${y}H${axis.width}`} />
              <text class="ax-l" x="16" y={y + 24}>
                {cut(b.title, 128)}
              </text>
              <text class="ax-t ax-code" x="198" y={y + 24} text-anchor="end">
                {b.clause}
              </text>
              {b.to === undefined ? (
                <path class="ax-soft" d={`M${b.from} ${y + 18}H${b.spentTo}`} />
              ) : (
                <>
                  <rect class="ax-band" x={b.from} y={y + 8} width={Math.max(0, b.to - b.from)} height="20" />
                  <rect
                    class="ax-spent"
                    x={b.from}
                    y={y + 8}
                    width={Math.max(0, Math.min(b.spentTo, b.to) - b.from)}
                    height="20"
                  />
                  {b.beyond ? '' : <path class={b.late ? 'ax-due gone' : 'ax-due'} d={`M${b.to} ${y + 3}V${y + 33}`} />}
                  {b.to - b.from > 150 ? (
                    <text
                      class="ax-s ax-ink"
                      x={b.done !== undefined && b.done < b.from + 160 ? b.done + 14 : b.from + 8}
                      y={y + 24}
                    >
                      {b.inside}
                    </text>
                  ) : (
                    ''
                  )}
                </>
              )}
              <path class="ax-edge" d={`M${b.from} ${y + 6}V${y + 30}`} />
              {b.latest === undefined ? (
                ''
              ) : (
                <>
                  <path class="ax-latest" d={`M${b.latest.x} ${y + 4}V${y + 32}`} />
                  <text class="ax-s ax-acc" x={b.latest.x - 4} y={y + 24} text-anchor="end">
                    {b.latest.text}
                  </text>
                </>
              )}
              {b.done === undefined ? (
                ''
              ) : (
                <rect class={b.late ? 'ax-late' : 'ax-done'} x={b.done - 5} y={y + 13} width="10" height="10" />
              )}
              <text
                class={b.late && b.done === undefined ? 'ax-s ax-r' : 'ax-s'}
                x={axis.width - 8}
                y={y + 24}
                text-anchor="end"
              >
                {b.right}
              </text>
            </>
          );
        })}
        <path class="ax-now" d={`M${axis.now} 58V${height}`} />
        <rect class="ax-nowbox" x={axis.now - 26} y={height} width="52" height="22" />
        <text class="ax-nowt" x={axis.now} y={height + 16} text-anchor="middle">
          {axis.nowText}
        </text>
      </svg>
    </figure>
  );
};
