/** The one motif, 回: the outer square is the time left, the inner one whether it is done. Attributes only, no inline style. */
import type { FC } from 'hono/jsx';
import type { Tone } from '../view/duties.ts';

export type HuiLook = Look;
type Look = '' | 'far' | 'soft' | 'done' | 'late' | 'donelate' | 'void';
export const Hui: FC<{
  left?: number;
  look?: Look;
  size?: '' | 'xs' | 's' | 'l';
  label?: string;
  brand?: boolean;
}> = props => {
  const left = Math.round((props.left ?? 100) * 10) / 10;
  const classes = ['hui', props.size, props.look, props.brand ? 'brand-m' : ''].filter(Boolean).join(' ');
  const hidden =
    props.label === undefined ? { 'aria-hidden': 'true' as const } : { role: 'img', 'aria-label': props.label };
  return (
    <svg class={classes} viewBox="0 0 40 40" {...hidden}>
      <rect class="trk" x="4" y="4" width="32" height="32" pathLength="100" />
      <rect
        class="rem"
        x="4"
        y="4"
        width="32"
        height="32"
        pathLength="100"
        stroke-dasharray={`${left} 100`}
        stroke-dashoffset={String(left - 100)}
      />
      <rect class="core" x="14" y="14" width="12" height="12" />
      <path class="slash" d="M4 36 36 4" />
    </svg>
  );
};
export const lookOf = (tone: Tone): Look =>
  tone === 'near' ? '' : tone === 'far' ? 'far' : tone === 'soft' ? 'soft' : tone === 'done' ? 'done' : 'late';
