/** Forms of a page as somebody fills them in: what is proposed stays, what must be given is given, what was marked wrong is mended. */
import { parseHTML } from 'linkedom';

/** What of an element is used here. */
interface Element {
  readonly tagName: string;
  readonly textContent: string | null;
  getAttribute: (name: string) => string | null;
  hasAttribute: (name: string) => boolean;
  querySelector: (selector: string) => Element | null;
  querySelectorAll: (selector: string) => Iterable<Element>;
  closest: (selector: string) => Element | null;
}
export interface PageForm {
  readonly action: string;
  readonly form: Element;
}
export type Filled = Record<string, readonly string[]>;

/** linkedom's own types leave open what is there; what is used of it stands above. */
const open = (html: string): Element => parseHTML(html).document.documentElement as unknown as Element;

/** The forms of a page that are about its matter: those of the frame (office, language, signing out) are left. */
export const formsOf = (html: string, below: string): readonly PageForm[] =>
  [...open(html).querySelectorAll('form[method=post]')].flatMap(form => {
    const action = form.getAttribute('action') ?? '';
    return action.startsWith(below) ? [{ action, form }] : [];
  });

const today = (now: number): string => new Date(now + 8 * 3_600_000).toISOString();
/** Something that fits a control nobody has filled in. */
function something(control: Element, now: number): string {
  switch (control.getAttribute('type')) {
    case 'number':
      return '1';
    case 'date':
      return today(now).slice(0, 10);
    case 'datetime-local':
      return today(now).slice(0, 16);
    case 'url':
      return 'https://example.org/notice/1';
    default:
      if (control.hasAttribute('pattern')) return 'thing-1';
      return (control.closest('.field')?.textContent ?? '').includes('名称：内容')
        ? '情况：按规章写明'
        : '按规章写明的情况';
  }
}
const valueOf = (control: Element): string =>
  control.tagName === 'TEXTAREA'
    ? (control.textContent ?? '').trim()
    : control.tagName === 'SELECT'
      ? ((control.querySelector('option[selected]') ?? control.querySelector('option'))?.getAttribute('value') ?? '')
      : (control.getAttribute('value') ?? '');

/** Every field of the form that must be given, or that the page marked, with something in it. */
export function fill({ form }: PageForm, now: number, wanted: Filled = {}): Filled {
  const filled: Record<string, string[]> = {};
  const controls = [...form.querySelectorAll('input[name], select[name], textarea[name]')].filter(
    c => !['csrf', ...Object.keys(wanted)].includes(c.getAttribute('name') ?? ''),
  );
  for (const c of controls) {
    const name = c.getAttribute('name') ?? '';
    const type = c.getAttribute('type') ?? '';
    const marked = c.closest('.bad') !== null;
    if (type === 'checkbox' || type === 'radio') {
      if (c.hasAttribute('checked') || (marked && filled[name] === undefined)) (filled[name] ??= []).push(valueOf(c));
      continue;
    }
    let value = valueOf(c);
    if (value === '' && (marked || c.hasAttribute('required')))
      value =
        c.tagName === 'SELECT'
          ? ([...c.querySelectorAll('option')].map(o => o.getAttribute('value') ?? '').find(v => v !== '') ?? '')
          : something(c, now);
    if (value !== '') (filled[name] ??= []).push(value);
  }
  return { ...filled, ...wanted };
}
/** Names of the fields that a page marked as wrong and that hold nothing that could be chosen or written. */
export const deadEnds = ({ form }: PageForm): readonly string[] =>
  [...form.querySelectorAll('.bad')].flatMap(field =>
    [...field.querySelectorAll('input, textarea, option[value]:not([value=""])')].length > 0
      ? []
      : [(field.querySelector('label, legend')?.textContent ?? '').trim()],
  );
