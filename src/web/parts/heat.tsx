/**
 * How a story runs: a spark for the list, the whole picture for the pane. Hatch means that a source could not be read; it is
 * never a zero. The text alternative says what was found, not what the axes are.
 */
import type { FC } from 'hono/jsx';
import type { SourceGap } from '../ports-triage.ts';
import type { Bar } from '../view/stories.ts';
import { clockText, momentText } from '../view/times.ts';
import type { Language, Words } from '../words/index.ts';

const rounded = (n: number): number => Math.round(n * 10) / 10;

/** The pattern that every picture of the page fills with; once a page. */
export const Hatch: FC = () => (
  <svg class="defs" width="0" height="0" aria-hidden="true">
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatch-b" width="6" height="6" />
        <path class="hatch-l" d="M0 0V6" />
      </pattern>
    </defs>
  </svg>
);

export const Spark: FC<{ bars: readonly Bar[] }> = ({ bars }) => {
  const most = Math.max(1, ...bars.map(b => b.n));
  const width = 120 / Math.max(1, bars.length);
  return (
    <svg class="spark" viewBox="0 0 120 30" preserveAspectRatio="none" aria-hidden="true">
      {bars.map((b, i) => {
        const height = rounded((b.n / most) * 28);
        return b.n === 0 ? (
          ''
        ) : (
          <rect
            class={b.hot ? 'hot' : ''}
            x={rounded(i * width)}
            y={rounded(30 - height)}
            width={rounded(width - 0.8)}
            height={height}
          />
        );
      })}
    </svg>
  );
};

const LEFT = 92;
const RIGHT = 514;
const TOP = 24;
const BASE = 128;
const STRIP = 24;
export interface Strip {
  readonly title: string;
  readonly gaps: readonly SourceGap[];
}

export const HeatFigure: FC<{
  w: Words;
  language: Language;
  bars: readonly Bar[];
  step: number;
  usual: number | undefined;
  strips: readonly Strip[];
  now: number;
}> = ({ w, language, bars, step, usual, strips, now }) => {
  const first = bars[0];
  const last = bars.at(-1);
  if (!first || !last) return <></>;
  const most = Math.max(2, ...bars.map(b => b.n), usual ?? 0);
  const x = (at: number): number =>
    rounded(
      LEFT + ((Math.min(Math.max(at, first.from), last.to) - first.from) / (last.to - first.from)) * (RIGHT - LEFT),
    );
  const y = (n: number): number => rounded(BASE - (n / most) * (BASE - TOP));
  const height = BASE + 34 + strips.length * STRIP + 4;
  const silent = strips.filter(s => s.gaps.length > 0);
  const total = bars.reduce((n, b) => n + b.n, 0);
  const long = last.to - first.from > 36 * 3_600_000;
  const ticks = ticksOf(first.from, last.to, step, long ? 2 : 4);
  const label = (at: number): string => (long ? momentText(language, at, now) : clockText(at));
  const said = [
    w.heatSays(total, Math.max(...bars.map(b => b.n)), w.everySpan(step / 60_000)),
    ...(usual === undefined ? [] : [w.usualLevel(rounded(usual))]),
    ...silent.map(s => w.silentSays(s.title, s.gaps.map(g => gapText(w, language, g, now)).join(w.and))),
  ].join(w.stop);
  return (
    <svg class="heat" viewBox={`0 0 520 ${height}`} role="img" aria-label={said}>
      {bars
        .filter(b => b.gap)
        .map(b => (
          <rect class="gap wide" x={x(b.from)} y={TOP} width={rounded(x(b.to) - x(b.from))} height={BASE - TOP} />
        ))}
      {bars.map(b =>
        b.n === 0 ? (
          ''
        ) : (
          <rect
            class={b.hot ? 'hot' : 'b'}
            x={rounded(x(b.from) + 0.5)}
            y={y(b.n)}
            width={Math.max(1, rounded(x(b.to) - x(b.from) - 1.5))}
            height={rounded(BASE - y(b.n))}
          />
        ),
      )}
      {usual === undefined ? (
        ''
      ) : (
        <>
          <path class="base" d={`M${LEFT} ${y(usual)}H${RIGHT}`} />
          <text x={LEFT - 8} y={Math.min(BASE, y(usual) + 4)} text-anchor="end">
            {w.usualShort(rounded(usual))}
          </text>
        </>
      )}
      {usual !== undefined && y(most) + 8 > y(usual) - 12 ? (
        ''
      ) : (
        <text x={LEFT - 8} y={TOP + 6} text-anchor="end">
          {most}
        </text>
      )}
      <path class="ax" d={`M${LEFT} ${BASE}H${RIGHT}`} />
      {ticks.map(t => (
        <>
          <path class="ax" d={`M${x(t)} ${BASE}v5`} />
          <text x={x(t)} y={BASE + 20} text-anchor={x(t) < LEFT + 20 ? 'start' : x(t) > RIGHT - 30 ? 'end' : 'middle'}>
            {label(t)}
          </text>
        </>
      ))}
      {strips.map((s, i) => {
        const at = BASE + 44 + i * STRIP;
        return (
          <>
            <text x={LEFT - 8} y={at + 5} text-anchor="end">
              {s.title.length > 6 ? `${s.title.slice(0, 5)}…` : s.title}
            </text>
            <path class="strip-l" d={`M${LEFT} ${at}H${RIGHT}`} />
            {s.gaps.map(g => (
              <rect
                class="gap"
                x={x(g.from)}
                y={at - 6}
                width={Math.max(3, rounded(x(g.to) - x(g.from)))}
                height="12"
              />
            ))}
          </>
        );
      })}
    </svg>
  );
};

export const gapText = (w: Words, language: Language, gap: SourceGap, now: number): string =>
  gap.open
    ? w.silentSince(momentText(language, gap.from, now))
    : w.silentSpan(momentText(language, gap.from, now), momentText(language, gap.to, now));

/** A few round moments of the span. */
function ticksOf(from: number, to: number, step: number, parts: number): number[] {
  const wanted = (to - from) / parts;
  const each = Math.max(step, Math.ceil(wanted / step) * step);
  const out: number[] = [];
  for (let at = from; at <= to; at += each) out.push(at);
  return out;
}
