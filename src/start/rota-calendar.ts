/** The coming rota of an institution as calendar entries: the slots its regulation asks for and the shifts that were set. */
import { announcedUntil, formatInstant } from '#core/calendar';
import { obligations, type ObligationLine, prepareBook, presenceOf } from '#core/obligations';
import { rotaFeed, type RotaEntry } from '#watch';
import type { Store, Tenant } from '#io/store';
import { type CalendarFor, earlier, keptOf, rulebookOf } from './notices.ts';
import { officeWords } from './reminder-words.ts';

const DAY = 86_400_000;
const BACK_DAYS = 7;
const AHEAD_DAYS = 28;
const ALARM_MINUTES = 15;

export async function rotaCalendar(store: Store, tenant: Tenant, calendar: CalendarFor, now: number): Promise<string> {
  const kept = await keptOf(tenant);
  const rulebook = kept && (await rulebookOf(store, kept));
  if (!kept || !rulebook) return rotaFeed('回音', [], now);
  const until = now + AHEAD_DAYS * DAY;
  const day = (at: number): string => formatInstant(at).slice(0, 10);
  const hours = calendar(kept.setup.officeHours);
  const to = earlier(day(until), announcedUntil(hours));
  const setup = { ...kept.setup, period: { from: day(now - BACK_DAYS * DAY), to } };
  const book = prepareBook(rulebook, setup, hours);
  const events = (await tenant.events()).filter(e => e.case === undefined);
  const rotas = new Map(book.of('rota').map(r => [r.name, r]));
  const slots = obligations(rulebook, setup, events, hours, until)
    .filter((l): l is ObligationLine => l.line === 'obligation' && rotas.has(l.duty) && l.dueAt !== null)
    .map((l): RotaEntry => {
      const rule = rotas.get(l.duty);
      const round = rule?.rounds.find(r => r.clause === l.clause);
      const must = round?.must.split(/\s+\/\s+/)[0] ?? l.duty;
      const [from, to] = [Date.parse(l.startedAt), Date.parse(l.dueAt ?? l.startedAt)];
      return {
        uid: `${tenant.institution.id}/${l.clause}/${l.unit ?? ''}/${l.startedAt}@huiyin`,
        from,
        // A point in time is shown as five minutes: some programs drop entries without length.
        to: Math.max(to, from + 5 * 60_000),
        title: `${must} · ${officeWords(kept, book, l.role, l.unit)}`,
        says: `${l.clause}`,
      };
    });
  const shifts = presenceOf(book, events)
    .shifts.filter(s => s.to > now - BACK_DAYS * DAY && s.from < until)
    .map((s): RotaEntry => ({
      uid: `${tenant.institution.id}/shift/${s.unit}/${s.role}/${formatInstant(s.from)}@huiyin`,
      from: s.from,
      to: s.to,
      title: `值班 · ${officeWords(kept, book, `${s.unit}/${s.role}`)}`,
      says: s.rota,
      alarmMinutes: ALARM_MINUTES,
    }));
  return rotaFeed(`${kept.name.zh} 值守`, [...slots, ...shifts], now);
}
