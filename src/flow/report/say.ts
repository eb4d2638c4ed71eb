/** Values of entries as a paper says them: dates in words, keys by name, lists with 、. Nothing is left out but hashes' tails. */
import type { PaperNames } from './names.ts';

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** 2026年9月18日 */
export function sayDay(instant: string): string {
  const m = INSTANT.exec(instant) ?? DATE.exec(instant);
  return m ? `${m[1]}年${Number(m[2])}月${Number(m[3])}日` : instant;
}
/** 2026年9月18日22:30 */
export function sayMoment(instant: string): string {
  const m = INSTANT.exec(instant);
  return m ? `${sayDay(instant)}${m[4]}:${m[5]}` : sayDay(instant);
}
/** 9月18日22:30, for tables whose paper bears the year. */
export const sayShort = (instant: string): string => sayMoment(instant).replace(/^\d{4}年/, '');
/** The two greatest parts of a span: 1 天 2 小时 */
export function sayLate(seconds: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), '天'],
    [Math.floor((seconds % 86_400) / 3600), '小时'],
    [Math.floor((seconds % 3600) / 60), '分'],
    [seconds % 60, '秒'],
  ];
  const said = parts.filter(([n]) => n > 0).slice(0, 2);
  return said.map(([n, unit]) => `${n} ${unit}`).join(' ') || '0 秒';
}
/** In groups of eight, so that it breaks in a narrow cell and can be compared by eye. */
export const sayHash = (hash: string): string => hash.replace(/[0-9a-f]{8}(?=[0-9a-f])/g, '$& ');
export function sayValue(names: PaperNames, field: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(v => sayValue(names, field, v)).join('、');
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, v]) => `${names.field(key)}：${sayValue(names, key, v)}`)
      .join('；');
  const text = String(value);
  if (INSTANT.test(text)) return sayMoment(text);
  if (DATE.test(text)) return sayDay(text);
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return `${text.slice(0, 23)}…`;
  return names.value(field, text);
}
