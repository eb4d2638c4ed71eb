/** Keys as papers say them: always in Chinese, by the rulebook's words, then the vocabulary's. */
import type { PaperNames } from '#report';
import type { Hall } from '../state.ts';
import { eventLabel, fieldLabel, valueLabel } from '../words/index.ts';
import { PAPER_FORMS_ZH, PAPER_ZH } from '../words/papers-zh.ts';
import { naming } from './naming.ts';

export function paperNames(hall: Pick<Hall, 'rulebook' | 'institution'>): PaperNames {
  const names = naming(hall as Hall, 'zh');
  const readable = (key: string): string => key.replaceAll('-', ' ');
  return {
    institution: hall.institution.name.zh,
    unit: names.unit,
    body: key => (names.body(key) === readable(key) ? names.key(key) : names.body(key)),
    office: names.office as PaperNames['office'],
    capacity: names.capacity,
    form: key => (names.form(key) === readable(key) ? (PAPER_FORMS_ZH[key] ?? names.form(key)) : names.form(key)),
    article: id => names.clause(id).article,
    event: type => eventLabel('zh', type),
    field: (name, type) =>
      PAPER_ZH[`${type}:${name}`] ?? (type === undefined ? undefined : PAPER_ZH[name]) ?? labelOf(name, type),
    // A key of the rulebook is said by its own name; a word of the vocabulary by its label; anything else as it stands.
    value: (field, value) => {
      const own = names.key(value);
      if (own !== readable(value)) return own;
      const scale = names.value(field, value);
      if (scale !== readable(value)) return scale;
      if (field === 'parts' && PAPER_ZH[value] !== undefined) return PAPER_ZH[value];
      const label = valueLabel('zh', field, value);
      return label === readable(value).toLowerCase() ? value : label;
    },
  };
}

/** The vocabulary's label; a field of a form that the vocabulary lacks is said by the papers' own table. */
function labelOf(name: string, type: string | undefined): string {
  const label = fieldLabel('zh', name, type);
  return /^[ -~]+$/.test(label) ? (PAPER_ZH[name] ?? label) : label;
}
