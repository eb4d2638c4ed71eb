/** Which words a page speaks, and small sentences made of them: spans of time, counts, labels of the vocabulary. */
import { EVENT_TYPES, type EventType, VOCABULARY } from '#core/log';
import { en } from './en.ts';
import { EVENT_ZH, NEXT_EN, NEXT_ZH } from './vocabulary-zh.ts';
import { FIELD_ZH, VALUE_ZH } from './fields-zh.ts';
import type { Same } from './same.ts';
import { zh } from './zh.ts';

export type Words = Same<typeof zh>;
export type Language = 'zh' | 'en';

export const words = (language: Language): Words => (language === 'zh' ? zh : en);

/** `publication.made` → "publication made"; `dueAt` → "due at". Keys are English words already. */
const readable = (key: string): string =>
  key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[.-]/g, ' ')
    .toLowerCase();
const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

export const eventLabel = (language: Language, type: string): string =>
  language === 'zh' && EVENT_TYPES.includes(type) ? EVENT_ZH[type as EventType] : upperFirst(readable(type));
export const fieldLabel = (language: Language, name: string, type?: string): string =>
  (language === 'zh' ? (FIELD_ZH[`${type}:${name}`] ?? FIELD_ZH[name]) : undefined) ?? upperFirst(readable(name));
export const valueLabel = (language: Language, field: string, value: string): string =>
  (language === 'zh' ? (VALUE_ZH[`${field}:${value}`] ?? VALUE_ZH[value]) : undefined) ?? readable(value);

/** A word of a closed list of this type's field, or nothing where the list is open. */
export function closedWord(language: Language, type: string, field: string, value: string): string | undefined {
  return VOCABULARY.get(type)?.byName.get(field)?.values?.includes(value)
    ? valueLabel(language, field, value)
    : undefined;
}

/** What to do where a duty is met by a fact of this type. */
export const nextText = (language: Language, type: string): string =>
  language === 'zh'
    ? (NEXT_ZH[type] ?? `${eventLabel('zh', type)}，办完记一笔。`)
    : (NEXT_EN[type] ?? `Do it and record it: ${readable(type)}.`);

/** How long, as people say it: days and hours, or hours and minutes. */
export interface Spell {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}
export function spell(seconds: number): Spell {
  const minutes = Math.ceil(Math.abs(seconds) / 60);
  return { days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60), minutes: minutes % 60 };
}
/** The parts worth saying: minutes are dropped once days count. */
export function spellParts(w: Words, seconds: number): readonly { readonly n: number; readonly unit: string }[] {
  const { days, hours, minutes } = spell(seconds);
  const parts = [
    { n: days, unit: w.daysUnit },
    { n: hours, unit: w.hoursUnit },
    { n: days > 0 ? 0 : minutes, unit: w.minutesUnit },
  ].filter(p => p.n > 0);
  return parts.length > 0 ? parts : [{ n: 0, unit: w.minutesUnit }];
}
export const spellText = (w: Words, seconds: number): string =>
  spellParts(w, seconds)
    .map(p => `${p.n} ${p.unit}`)
    .join(' ');
