/** Charts of the overview: drawn on the server, coloured by the page's own variables, told in words beside the picture. */
import type { FC } from 'hono/jsx';
import type { Histogram, Judged, Rate } from '../view/overview.ts';

const STRIP = 440;
const LEFT = 6;
/** The strip ends at 150 % of the limit; what took longer stands at its end. */
const scale = (used: number): number => LEFT + (Math.min(used, 150) / 150) * (STRIP - 2 * LEFT);
const round = (n: number): number => Math.round(n * 10) / 10;
/** More marks than this are thinned: the eye cannot tell them apart, the list behind has them all. */
const MOST = 240;

/** One mark a duty on 0 to 150 % of its limit; crosses are late, the rule is the limit, dashes the median. */
export const Strip: FC<{ rows: readonly Judged[]; median: number; says: string }> = ({ rows, median, says }) => {
  const shown = rows.length > MOST ? rows.filter((_, i) => i % Math.ceil(rows.length / MOST) === 0) : rows;
  // Marks of nearly the same use stand over each other.
  const levels = new Map<number, number>();
  return (
    <svg class="ov-strip" viewBox={`0 0 ${STRIP} 30`} role="img" aria-label={says}>
      <rect class="strip-band" x={LEFT} y="4" width={round(scale(100) - LEFT)} height="22" />
      <path class="strip-limit" d={`M${round(scale(100))} 1V29`} />
      {shown.map(r => {
        const x = round(scale(r.used));
        const place = Math.round(x / 6);
        const level = levels.get(place) ?? 0;
        levels.set(place, level + 1);
        const y = 15 + ([0, -6, 6, -9, 9][level % 5] ?? 0);
        return r.late ? (
          <path class="ax-x" d={`M${x - 3.5} ${y - 3.5}l7 7m0 -7l-7 7`} />
        ) : (
          <rect class="ax-done" x={round(x - 2.4)} y={y - 2.4} width="4.8" height="4.8" />
        );
      })}
      <path class="strip-median" d={`M${round(scale(median))} 3v24`} />
    </svg>
  );
};

const WIDTH = 620;
const HEIGHT = 232;
const BASE = 184;
const TOP = 40;
const AXIS = 40;
/** How many answers took how long, with the middle and nine in ten drawn in. */
export const AnswerTimes: FC<{
  of: Histogram;
  says: string;
  medianLabel: string;
  ninetyLabel: string;
  unit: string;
  beyondLabel: string;
}> = ({ of, says, medianLabel, ninetyLabel, unit, beyondLabel }) => {
  const most = Math.max(1, of.beyond, ...of.bars.map(b => b.n));
  const count = of.bars.length;
  const bar = (WIDTH - AXIS - 12) / (count + (of.beyond > 0 ? 1.5 : 0));
  const x = (hours: number): number => round(AXIS + Math.min(hours / of.step, count) * bar);
  const y = (n: number): number => round(BASE - (n / most) * (BASE - TOP));
  const ticks = [...new Set([Math.ceil(most / 2), most])];
  const end = x(of.ninety) > WIDTH - 190;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={says}>
      {ticks.map(n => (
        <>
          <path class="ax-grid" d={`M${AXIS} ${y(n)}H${WIDTH - 12}`} />
          <text class="ax-t" x={AXIS - 6} y={y(n) + 4} text-anchor="end">
            {n}
          </text>
        </>
      ))}
      {of.bars.map((b, i) =>
        b.n === 0 ? (
          ''
        ) : (
          <rect
            class={b.from < of.median ? 'hist-b hot' : 'hist-b'}
            x={round(AXIS + i * bar + bar * 0.06)}
            y={y(b.n)}
            width={round(bar * 0.88)}
            height={round(BASE - y(b.n))}
          />
        ),
      )}
      {of.beyond === 0 ? (
        ''
      ) : (
        <>
          <rect
            class="hist-b beyond"
            x={round(AXIS + (count + 0.5) * bar)}
            y={y(of.beyond)}
            width={round(bar * 0.88)}
            height={round(BASE - y(of.beyond))}
          />
          <text class="ax-t" x={WIDTH - 12} y={BASE + 18} text-anchor="end">
            {beyondLabel}
          </text>
        </>
      )}
      <path class="hist-axis" d={`M${AXIS} ${BASE}H${WIDTH - 12}`} />
      {Array.from({ length: 7 }, (_, i) => i * 4)
        .filter(i => i <= count && (of.beyond === 0 || i < count - 2))
        .map(i => (
          <text class="ax-t" x={round(AXIS + i * bar)} y={BASE + 18} text-anchor="middle">
            {i * of.step}
          </text>
        ))}
      <text class="ax-t" x={WIDTH - 12} y={HEIGHT - 8} text-anchor="end">
        {unit}
      </text>
      <path class="hist-median" d={`M${x(of.median)} 14V${BASE}`} />
      <text class="ax-l ax-b" x={x(of.median) + 6} y="20">
        {medianLabel}
      </text>
      <path class="hist-ninety" d={`M${x(of.ninety)} 30V${BASE}`} />
      <text class="ax-l" x={end ? x(of.ninety) - 6 : x(of.ninety) + 6} y="38" text-anchor={end ? 'end' : 'start'}>
        {ninetyLabel}
      </text>
    </svg>
  );
};

/** How much of the whole was in time, with the end of the whole marked. */
export const RateBar: FC<{ rate: Rate }> = ({ rate }) => (
  <svg class="ratebar" viewBox="0 0 200 16" preserveAspectRatio="none" aria-hidden="true">
    <rect class="strip-band" x="0" y="3" width="197" height="10" />
    <rect class="hist-b" x="0" y="3" width={round((rate.onTime / Math.max(1, rate.of)) * 197)} height="10" />
    <path class="strip-limit" d="M197 0V16" />
  </svg>
);
