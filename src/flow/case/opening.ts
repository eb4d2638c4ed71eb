/** How a case begins where no item lies in the inbox: a call of an outlet, something that happened, a word of staff, a report. */

export const OPENINGS = ['finding', 'media', 'incident', 'agency'] as const;
export type Opening = (typeof OPENINGS)[number];
export interface Told {
  readonly how: Opening;
  readonly subject: string;
  readonly concerns: readonly string[];
  /** Where it was said or who called: an outlet, never a person. */
  readonly outlet: string;
  readonly contactPoint: string;
  readonly publishedAt?: string;
  readonly happenedAt?: string;
  readonly origin: string;
  readonly matter: string;
  readonly negative: boolean;
  readonly sudden: boolean;
  /** The unit that took the call. */
  readonly unit: string;
}
export interface OpeningEntry {
  readonly id?: string;
  readonly case: string;
  readonly type: string;
  readonly at?: string;
  readonly data: Readonly<Record<string, unknown>>;
}
export type OpeningFault = 'no-subject' | 'no-unit' | 'no-outlet' | 'no-moment' | 'no-matter';

/** The entry that began it and the opening of the case, together. */
export function openCase(
  told: Told,
  key: string,
  ids: () => string,
): { readonly append: readonly OpeningEntry[] } | { readonly fault: OpeningFault } {
  const subject = told.subject.trim();
  if (subject === '' && told.how !== 'agency') return { fault: 'no-subject' };
  if (told.concerns.length === 0) return { fault: 'no-unit' };
  const first = begun(told, subject);
  if ('fault' in first) return first;
  const id = ids();
  return {
    append: [
      { id, case: key, ...first },
      { case: key, type: 'case.opened', data: { from: [id], concerns: told.concerns } },
    ],
  };
}

function begun(
  told: Told,
  subject: string,
): Pick<OpeningEntry, 'type' | 'at' | 'data'> | { readonly fault: OpeningFault } {
  const published = told.publishedAt === undefined ? {} : { publishedAt: told.publishedAt };
  const outlet = told.outlet.trim();
  switch (told.how) {
    case 'media':
      if (outlet === '') return { fault: 'no-outlet' };
      return {
        type: 'media.called',
        data: {
          unit: told.unit,
          fields: {
            outlet,
            ...(told.contactPoint.trim() === '' ? {} : { contactPoint: told.contactPoint.trim() }),
            matter: subject,
          },
        },
      };
    case 'incident':
      if (told.happenedAt === undefined) return { fault: 'no-moment' };
      return { type: 'incident.occurred', at: told.happenedAt, data: { what: subject, units: told.concerns } };
    case 'agency':
      return {
        type: 'agency-report.received',
        data: { kind: 'sudden', ...(outlet === '' ? {} : { outlet }), ...published },
      };
    case 'finding':
      if (told.matter === '') return { fault: 'no-matter' };
      return {
        type: 'finding.recorded',
        data: {
          origin: told.origin,
          ...(outlet === '' ? {} : { outlet }),
          ...published,
          concerns: told.concerns,
          matter: told.matter,
          negative: told.negative,
          ...(told.sudden ? { sudden: true } : {}),
          subject,
        },
      };
  }
}
