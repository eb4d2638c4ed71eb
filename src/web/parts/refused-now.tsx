/** The refusal a page was sent back with: read from the log by the id in the address. */
import type { FC } from 'hono/jsx';
import { Refused } from '../actions/refused.tsx';
import { readReason } from '../acting.ts';
import type { Visit } from '../context.ts';
import type { CaseHead } from '../view/cases.ts';

export const RefusedNow: FC<{ visit: Visit; head: CaseHead }> = ({ visit, head }) => {
  const id = visit.c.req.query('refused');
  const last = id === undefined ? undefined : head.events.find(e => e.id === id);
  if (!last) return <></>;
  const together = head.events.filter(e => e.type === 'act.refused' && e.recordedAt === last.recordedAt);
  return (
    <Refused
      visit={visit}
      type={String(last.data['type'])}
      caseKey={head.key}
      kept
      refused={together.map(e => ({ clause: String(e.data['clause']), ...readReason(String(e.data['reason'])) }))}
    />
  );
};
