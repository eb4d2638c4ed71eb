/** The way of a new house to its first public answer: four steps, the one that is next as a link. Gone once it is walked. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { officesHeld } from '../permissions.ts';
import { dateText } from '../view/times.ts';
import { Hui } from './hui.tsx';

interface Step {
  readonly key: 'people' | 'sources' | 'case' | 'answer';
  readonly href: string;
  readonly done: boolean;
}
export function firstSteps({ hall }: Visit, waiting: number): readonly Step[] {
  const cases = [...hall.byCase.keys()];
  const came = waiting > 0 || cases.length > 0 || hall.events.some(e => e.type === 'finding.recorded');
  const answered = hall.events.some(e => e.type === 'publication.made');
  return [
    {
      key: 'people',
      href: '/registers/offices#from-table',
      done: officesHeld(hall, dateText(hall.now)).length > 0,
    },
    { key: 'sources', href: '/sources', done: came },
    { key: 'case', href: '/inbox', done: cases.length > 0 },
    { key: 'answer', href: cases[0] === undefined ? '/replies' : `/cases/${cases[0]}/reply`, done: answered },
  ];
}

export const FirstSteps: FC<{ visit: Visit; waiting: number }> = ({ visit, waiting }) => {
  const { w, hall, c } = visit;
  if (hall.institution.example || hall.institution.practice) return <></>;
  // Who is at an answer already is at the last step; a leader signs there, on a phone, and needs the room.
  if (c.req.path.includes('/reply/')) return <></>;
  if (hall.events.some(e => e.type === 'publication.made')) return <></>;
  const steps = firstSteps(visit, waiting);
  if (steps.every(s => s.done)) return <></>;
  const next = steps.find(s => !s.done);
  return (
    <nav class="first-steps no-print" aria-label={w.first.title}>
      <b>{w.first.title}</b>
      <ol>
        {steps.map(s => (
          <li {...(s === next ? { 'aria-current': 'step' as const } : {})}>
            <Hui size="xs" look={s.done ? 'done' : s === next ? '' : 'soft'} />
            {s === next ? <a href={s.href}>{w.first[s.key]}</a> : <span>{w.first[s.key]}</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
};
