/** What a notice says: the duty in the regulation's words, who owes it to whom, by when, under which clause. Chinese: it goes to offices. */
import { showInstantZh } from '#core/calendar';
import type { Book } from '#core/obligations';
import type { Moment } from '#case';
import type { Kept } from './notices.ts';

const CHINESE = /[\u3400-\u9fff]/;

export function reminderWords(
  kept: Kept,
  book: Book,
  moment: Moment,
  level: number,
  address: string | undefined,
  now: number,
): { readonly subject: string; readonly text: string } {
  const title = dutyWords(book, moment);
  const minutes = Math.max(0, Math.round((moment.limitAt - now) / 60_000));
  const head =
    level > 0
      ? `【第 ${level} 次升级:无人知悉】`
      : moment.what === 'pressed'
        ? '【督办】'
        : moment.what === 'due'
          ? '【到期】'
          : `【还剩 ${left(minutes)}】`;
  const subject = `${head}${title}`;
  const lines = [
    subject,
    `由:${officeWords(kept, book, moment.role, moment.unit)}`,
    moment.unit === undefined ? '' : `对:${unitWords(kept, book, moment.unit)}`,
    moment.caseId === undefined ? '' : `案件:${moment.caseId}`,
    Number.isFinite(moment.limitAt) ? `到期:${showInstantZh(moment.limitAt)}` : '没写期限，越早越好',
    `依据:${moment.clause}`,
    address === undefined ? '' : `知悉请点:${address.replace(/\/$/, '')}/notices`,
  ];
  return { subject, text: lines.filter(l => l !== '').join('\n') };
}
const left = (minutes: number): string =>
  minutes < 120 ? `${minutes} 分` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;

/** The Chinese half of what must be done; the name of the duty where the book has none. */
function dutyWords(book: Book, moment: Moment): string {
  const duty = book.duty(moment.duty);
  const halves = (duty?.must ?? '').split(/\s+\/\s+/);
  return halves.find(h => CHINESE.test(h)) ?? duty?.must ?? moment.duty.replaceAll('-', ' ');
}
export function unitWords(kept: Kept, book: Book, unit: string): string {
  const { terms } = book.rulebook;
  return kept.names[unit]?.zh ?? terms.units[unit]?.zh ?? terms.bodies[unit]?.zh ?? unit;
}
const roleWords = (kept: Kept, book: Book, role: string): string =>
  kept.names[role]?.zh ?? book.rulebook.terms.roles[role]?.zh ?? role;
/** `unit/role`, a role, or a unit, as people say it. */
export function officeWords(kept: Kept, book: Book, text: string, unit?: string): string {
  const [first = '', second] = text.split('/');
  if (second !== undefined) return `${unitWords(kept, book, first)}${roleWords(kept, book, second)}`;
  if (book.org.isUnit(first)) return unitWords(kept, book, first);
  const inUnit = unit !== undefined && book.setup.roles.some(r => r.unit === unit && r.role === first);
  return `${inUnit ? unitWords(kept, book, unit) : ''}${roleWords(kept, book, first)}`;
}
