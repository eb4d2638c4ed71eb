/** One entry of the log as one sentence: what happened, about what, by which office. */
import type { HuiyinEvent } from '#core/log';
import { closedWord, eventLabel, fieldLabel, type Language, valueLabel } from '../words/index.ts';
import type { Naming } from './naming.ts';
import { readReason } from '../acting.ts';

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String);

/** The words of an entry: a label and what makes this one different from others of its type. */
export interface Sentence {
  readonly label: string;
  readonly detail: string;
}
/** Fields that say most, by the kind of thing they hold. */
const OWN_WORDS = ['subject', 'what', 'reason', 'text', 'why', 'outcome', 'issue', 'judgement', 'result'];
const UNITS = ['to', 'unit', 'units', 'with', 'concerns', 'forUnit', 'participants'];
const WORDS = [
  'kind',
  'as',
  'matter',
  'conclusion',
  'how',
  'origin',
  'direction',
  'step',
  'purpose',
  'track',
  'answer',
  'label',
];

export function sentence(event: HuiyinEvent, language: Language, names: Naming): Sentence {
  const { data, type } = event;
  const sep = language === 'zh' ? '；' : '; ';
  const join = (parts: readonly (string | undefined)[]): string =>
    parts.filter((p): p is string => p !== undefined && p !== '').join(sep);
  const label = eventLabel(language, type);
  const one = (name: string): string | undefined => (typeof data[name] === 'string' ? String(data[name]) : undefined);
  const units = (name: string): string | undefined => {
    const keys = texts(data[name]);
    return keys.length === 0 ? undefined : keys.map(k => names.key(k)).join(language === 'zh' ? '、' : ', ');
  };
  switch (type) {
    case 'classification.set': {
      const scale = one('scale') ?? '';
      const values = texts(data['value'])
        .map(v => names.value(scale, v))
        .join(language === 'zh' ? '、' : ', ');
      return {
        label: `${names.scale(scale)}${language === 'zh' ? '定为' : ': '}${values}`,
        detail: join([one('reason')]),
      };
    }
    case 'act.refused': {
      const { reason, missing } = readReason(one('reason') ?? '');
      return {
        label: `${eventLabel(language, one('type') ?? '')}${language === 'zh' ? '被挡住' : ' refused'}`,
        detail: join([missing.length > 0 ? undefined : reason]),
      };
    }
    case 'draft.written':
    case 'signature.given':
    case 'signature.withheld':
    case 'confirmation.given':
      return {
        label,
        detail: join([
          one('agency') === undefined ? undefined : names.body(one('agency') ?? ''),
          one('as') === undefined ? undefined : names.capacity(one('as') ?? ''),
          one('reason'),
          `${(one('textHash') ?? '').slice(7, 15)}`,
        ]),
      };
    case 'confidentiality.checked':
    case 'checklist.completed':
      return { label, detail: join([valueLabel(language, 'outcome', one('outcome') ?? '')]) };
    case 'role.assigned':
    case 'role.vacated':
      return {
        label,
        detail: join([names.office({ unit: one('unit') ?? '', role: one('role') ?? '' }), one('holder')]),
      };
    case 'publication.made':
      return {
        label,
        detail: join([
          names.channel(one('channel') ?? ''),
          valueLabel(language, 'kind', one('kind') ?? ''),
          names.office({ unit: one('speakerUnit') ?? '', role: one('speakerRole') ?? '' }),
        ]),
      };
    case 'watch.done':
      return { label, detail: join([`${fieldLabel(language, 'found')} ${String(data['found'])}`, units('sources')]) };
    default: {
      const own = OWN_WORDS.map(one).find(t => t !== undefined);
      const who = UNITS.map(units).find(t => t !== undefined);
      const words = WORDS.flatMap(name =>
        one(name) === undefined
          ? []
          : [closedWord(language, type, name, one(name) ?? '') ?? names.value('', one(name) ?? '')],
      ).slice(0, 2);
      return { label, detail: join([words.join(language === 'zh' ? '，' : ', '), who, own]) };
    }
  }
}
