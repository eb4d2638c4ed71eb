/** Somebody is in: noted in the audit, and where the address is new for them, said in each of their sessions until looked at. */
import type { Ask, House } from '../context.ts';
import type { Person } from '../ports.ts';
import { deviceOf } from '../session.ts';

/** An address that was not used for this long is new again; the audit is kept at least as long. */
const REMEMBERED_MS = 184 * 86_400_000;

export async function noteArrival(house: House, c: Ask, person: Person, via: string): Promise<void> {
  const { desk } = house;
  const from = c.get('from');
  const said = `${from} ${deviceOf(c.req.header('user-agent') ?? '')}`.trim();
  const fresh = from !== '' && (await desk.access.arrive(person.code, from, said, desk.now() - REMEMBERED_MS));
  await desk.audit(person.code, 'sign-in', `${via} ${from}`.trim());
  if (fresh) await desk.audit(person.code, 'new-place', said);
}
