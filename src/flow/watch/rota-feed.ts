/** The rota as an iCalendar feed (RFC 5545) that any calendar program subscribes to. It names offices, never persons. */
import type { Instant } from '#core/calendar';

export interface RotaEntry {
  /** The same for ever, so that a program replaces what it has instead of adding. */
  readonly uid: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly title: string;
  readonly says: string;
  /** Minutes before the start at which the program may ring. */
  readonly alarmMinutes?: number;
}
const stamp = (at: Instant): string => new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '');
const escaped = (text: string): string => text.replaceAll(/[\\;,]/g, mark => `\\${mark}`).replaceAll(/\r?\n/g, '\\n');

/** Lines are at most 75 octets; a fold never cuts a character. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const ch of line) {
    const size = new TextEncoder().encode(ch).length;
    if (octets + size > 75) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += ch;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}

export function rotaFeed(name: string, entries: readonly RotaEntry[], now: Instant): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Huiyin//rota//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...entries.flatMap(e => [
      'BEGIN:VEVENT',
      `UID:${escaped(e.uid)}`,
      `DTSTAMP:${stamp(now)}`,
      `DTSTART:${stamp(e.from)}`,
      `DTEND:${stamp(e.to)}`,
      `SUMMARY:${escaped(e.title)}`,
      `DESCRIPTION:${escaped(e.says)}`,
      'TRANSP:TRANSPARENT',
      ...(e.alarmMinutes === undefined
        ? []
        : [
            'BEGIN:VALARM',
            'ACTION:DISPLAY',
            `DESCRIPTION:${escaped(e.title)}`,
            `TRIGGER:-PT${e.alarmMinutes}M`,
            'END:VALARM',
          ]),
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
