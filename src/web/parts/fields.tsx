/**
 * Form fields for any type of event, drawn from the vocabulary: units and offices are chosen, closed lists are chosen,
 * texts are written. What the rules already say (a kind, a recipient) is filled in.
 */
import { VOCABULARY, type FieldShape } from '#core/log';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { naming, type Naming } from '../view/naming.ts';
import { caseChoices, type Choice } from '../view/case-choices.ts';
import { POINTS_TO } from '../view/case-needs.ts';
import { GUIDES, isTie, shownFields } from '../view/guides.ts';
import { partName } from '../view/offered.ts';
import { FACTOR_NAMES } from '../view/part-names.ts';
import { documentsOf } from '../view/texts.ts';
import { clockText, dateText } from '../view/times.ts';
import { eventLabel, fieldLabel, valueLabel } from '../words/index.ts';
import { sentence } from '../view/sentences.ts';
import type { Sent } from '#case';

export interface FieldContext {
  readonly visit: Visit;
  readonly type: string;
  readonly caseKey?: string;
  /** What was typed or proposed. */
  readonly given: Sent;
  readonly bad: ReadonlyMap<string, string>;
}

/** Fields that name units of the institution. */
const UNIT_FIELDS = new Set(['unit', 'units', 'concerns', 'forUnit', 'participants', 'speakerUnit', 'designates']);
const UNIT_FIELDS_OF: Readonly<Record<string, readonly string[]>> = {
  'assignment.made': ['to'],
  'transfer.made': ['to'],
  'notice.sent': ['to'],
  'facts.verified': ['with'],
  'training.planned': ['for'],
  'lead.passed': ['to'],
  'form.returned': ['to', 'from'],
  'meeting.held': ['designates'],
};
const ROLE_FIELDS = new Set(['role', 'speakerRole', 'conveners', 'takenBy', 'standIn', 'decidedBy']);
const BODY_FIELDS = new Set(['with', 'to', 'agency', 'body', 'outlet', 'mentions', 'confirmedWith', 'owner', 'from']);
const LONG = new Set(['reason', 'what', 'text', 'why', 'plan', 'result', 'outcome', 'dissent', 'judgement', 'matter']);

export const Fields: FC<{ context: FieldContext }> = ({ context }) => {
  const { visit, type, given, bad } = context;
  const shown = shownFields(visit.hall.rulebook, type);
  const all = (VOCABULARY.get(type)?.fields ?? []).filter(isAsked);
  const now = all.filter(f => shown.has(f.name) || bad.has(f.name) || (given.get(f.name)?.length ?? 0) > 0);
  const later = all.filter(f => !now.includes(f));
  const says = GUIDES[type];
  return (
    <>
      {says ? <p class="note says">{says[visit.language]}</p> : ''}
      {now.map(field => (
        <Field context={context} field={field} />
      ))}
      {later.length === 0 ? (
        ''
      ) : (
        <details class="why more-fields">
          <summary>{visit.w.moreFields(later.length)}</summary>
          {later.map(field => (
            <Field context={context} field={field} />
          ))}
        </details>
      )}
    </>
  );
};
/** The hash of a chosen text is computed; rosters and the like have pages of their own. */
const isAsked = (field: FieldShape): boolean =>
  field.kind !== 'hash' && !['slots', 'spans', 'stages', 'object', 'event-type'].includes(field.kind);

const Field: FC<{ context: FieldContext; field: FieldShape }> = ({ context, field }) => {
  const { visit, given, bad } = context;
  const { w, language } = visit;
  const names = naming(visit.hall, language);
  const values = given.get(field.name) ?? [];
  const label = (
    <>
      {fieldLabel(language, field.name, context.type)}
      {field.optional || field.kind === 'boolean' ? <span class="opt-t">{w.optional}</span> : ''}
    </>
  );
  const problem = bad.get(field.name);
  const id = `f-${field.name}`;
  const err = problem === undefined ? '' : <span class="err">{problem}</span>;
  const wrap = (hint: string, control: unknown) => (
    <div class={problem === undefined ? 'field' : 'field bad'}>
      <label for={id}>{label}</label>
      {hint === '' ? '' : <span class="hint">{hint}</span>}
      {err}
      {control}
    </div>
  );
  const choices = choicesOf(context, field, names);
  if (isTie(context.type, field.name, choices !== undefined))
    return <input type="hidden" name={field.name} value={values[0] ?? ''} />;
  if (field.kind === 'boolean')
    return (
      <p class="field">
        <label class="opt">
          <input type="checkbox" name={field.name} value="true" checked={values[0] === 'true'} />
          {fieldLabel(language, field.name, context.type)}
        </label>
      </p>
    );
  const many = field.list || (field.kind === 'keys' && manyAllowed(context));
  if (choices && (many || field.kind === 'keys'))
    return (
      <fieldset class={problem === undefined ? 'opts' : 'opts field bad'}>
        <legend>{label}</legend>
        {err}
        <div class="row">
          {choices.map(c => (
            <label>
              <input
                type={many ? 'checkbox' : 'radio'}
                name={field.name}
                value={c.value}
                checked={values.includes(c.value)}
              />
              {c.label}
            </label>
          ))}
        </div>
      </fieldset>
    );
  if (choices)
    return wrap(
      '',
      <select id={id} name={field.name} required={!field.optional}>
        <option value="">{w.chooseOne}</option>
        {choices.map(c => (
          <option value={c.value} selected={values.includes(c.value)}>
            {c.label}
          </option>
        ))}
      </select>,
    );
  if (field.kind === 'form') return <FormMap context={context} field={field} names={names} />;
  const value = values.join('、');
  const required = !field.optional;
  switch (field.kind) {
    case 'integer':
      return wrap('', <input id={id} name={field.name} type="number" min="0" value={value} required={required} />);
    case 'date':
      return wrap('', <input id={id} name={field.name} type="date" value={value} required={required} />);
    case 'instant':
      return wrap(
        '',
        <input id={id} name={field.name} type="datetime-local" value={value.slice(0, 16)} required={required} />,
      );
    case 'url':
      return wrap('', <input id={id} name={field.name} type="url" value={value} required={required} />);
    case 'text':
    case 'own-text':
      return LONG.has(field.name) && !field.list
        ? wrap(
            w.identityHint,
            <textarea id={id} name={field.name} required={required}>
              {value}
            </textarea>,
          )
        : wrap(field.list ? w.listHint : '', <input id={id} name={field.name} value={value} required={required} />);
    default:
      return wrap(
        field.list ? w.listHint : '',
        <input
          id={id}
          name={field.name}
          value={value}
          required={required}
          pattern={field.list || field.kind === 'scalar' ? undefined : '[A-Za-z0-9][A-Za-z0-9.\\-]*'}
        />,
      );
  }
};

/** Whether the chosen scale takes several values at once. */
function manyAllowed({ visit, given }: FieldContext): boolean {
  const scale = given.get('scale')?.[0];
  return visit.hall.rulebook.rules.some(
    r => r.kind === 'grades' && r.many && (scale === undefined || r.name === scale),
  );
}

/** What can be chosen for a field; nothing where it is free. */
function choicesOf(context: FieldContext, field: FieldShape, names: Naming): readonly Choice[] | undefined {
  const { visit, type, caseKey } = context;
  const { hall, language } = visit;
  const { setup } = hall.institution;
  const { terms, rules } = hall.rulebook;
  const own = caseChoices({ hall, language, names, type, caseKey }, field);
  if (own) return own;
  if (field.kind === 'enum')
    return (field.values ?? []).map(v => ({ value: v, label: valueLabel(language, field.name, v) }));
  const units = (): Choice[] =>
    setup.units.filter(u => u.kind !== 'institution').map(u => ({ value: u.key, label: names.unit(u.key) }));
  if (type === 'notice.sent' && field.name === 'as')
    return rules.flatMap(r =>
      r.kind === 'grades' && !r.unordered ? r.values.map(v => ({ value: v, label: names.value(r.name, v) })) : [],
    );
  if (type === 'decision.made' && field.name === 'about')
    return ['respond', 'answer-where', 'non-publication', 'grade-doubt', 'speaker'].map(v => ({
      value: v,
      label: names.value('', v),
    }));
  if (field.kind === 'key') {
    if (UNIT_FIELDS.has(field.name) || UNIT_FIELDS_OF[type]?.includes(field.name)) return units();
    if (ROLE_FIELDS.has(field.name)) {
      return [...new Set(setup.roles.map(r => r.role))].map(r => ({ value: r, label: names.role(r) }));
    }
    if (field.name === 'scale') return Object.keys(terms.scales).map(s => ({ value: s, label: names.scale(s) }));
    if (field.name === 'channel' || field.name === 'crossLinks')
      return Object.keys(terms.channels).map(s => ({ value: s, label: names.channel(s) }));
    if (field.name === 'form' || field.name === 'documents' || field.name === 'pack')
      return [...new Set([...Object.keys(terms.forms), ...Object.keys(terms.documents)])].map(s => ({
        value: s,
        label: names.form(s),
      }));
    if (field.name === 'document' && caseKey !== undefined)
      return documentsOf(hall, caseKey).map(d => ({ value: d.key, label: `${names.form(d.form)} ${d.key}` }));
    if (field.name === 'sources') {
      const kinds = rules.flatMap(r => (r.kind === 'sources' ? r.kinds : []));
      return kinds.length > 0 ? [...new Set(kinds)].map(k => ({ value: k, label: names.key(k) })) : undefined;
    }
    if (BODY_FIELDS.has(field.name)) {
      const keys = [
        ...new Set([
          ...Object.keys(terms.bodies),
          ...setup.units.filter(u => u.kind !== 'institution').map(u => u.key),
        ]),
      ];
      return keys.map(k => ({ value: k, label: names.body(k) }));
    }
    if (field.name === 'rule') {
      const outside = rules.filter(r => r.kind === 'outside').map(r => r.name);
      return outside.length > 0 ? outside.map(o => ({ value: o, label: o.replaceAll('-', ' ') })) : undefined;
    }
  }
  if (field.kind === 'keys') {
    const values = rules.flatMap(r =>
      r.kind === 'grades' && (context.given.get('scale') ?? [r.name]).includes(r.name)
        ? r.values.map(v => ({ value: v, label: names.value(r.name, v) }))
        : [],
    );
    return values.length > 0 ? values : undefined;
  }
  if (field.kind === 'clause' && field.name === 'criteria') {
    const scale = context.given.get('scale')?.[0];
    const clauses = rules.flatMap(r =>
      r.kind === 'grades' && (scale === undefined || r.name === scale)
        ? [...r.clauses, ...r.criteria.flatMap(c => (c.clause === undefined ? [] : [c.clause]))]
        : [],
    );
    return clauses.length > 0
      ? [...new Set(clauses)].map(c => ({ value: c, label: `${names.clause(c).article} ${c}` }))
      : undefined;
  }
  if (field.kind === 'id') {
    const wanted = POINTS_TO[field.name];
    const near = (caseKey === undefined ? hall.events : (hall.byCase.get(caseKey) ?? []))
      .filter(e => wanted === undefined || e.type === wanted)
      .slice(-30)
      .reverse();
    return near.map(e => {
      const said = sentence(e, language, names);
      return {
        value: e.id,
        label:
          `${dateText(Date.parse(e.at)).slice(5)} ${clockText(Date.parse(e.at))} ${said.label} ${said.detail}`.slice(
            0,
            60,
          ),
      };
    });
  }
  return undefined;
}

/** Facts whose parts are sentences, not words. */
const LONG_PARTS = new Set(['evaluation.written', 'meeting.held', 'assessment.made', 'form.filled']);

/** A flat map: the names the rules declare as fields of their own, and lines for anything else. */
const FormMap: FC<{ context: FieldContext; field: FieldShape; names: Naming }> = ({ context, field, names }) => {
  const { visit, given, type } = context;
  const { w, language, hall } = visit;
  const declared = declaredNames(context, field);
  const known = declared.map(name => ({ name, value: given.get(`${field.name}.${name}`)?.[0] ?? '' }));
  const problem = context.bad.get(field.name);
  const title = fieldLabel(language, field.name, context.type);
  return (
    <fieldset class={problem === undefined ? 'opts' : 'opts field bad'}>
      <legend>
        {title}
        {field.optional ? <span class="opt-t">{w.optional}</span> : ''}
      </legend>
      {problem === undefined ? '' : <span class="err">{problem}</span>}
      {known.map(k => (
        <div class="field">
          <label for={`f-${field.name}-${k.name}`}>
            {FACTOR_NAMES[k.name]?.[language] ?? partName(names, language, hall.rulebook.terms.words, k.name)}
          </label>
          {LONG_PARTS.has(type) ? (
            <textarea id={`f-${field.name}-${k.name}`} name={`${field.name}.${k.name}`} rows={2}>
              {k.value}
            </textarea>
          ) : (
            <input id={`f-${field.name}-${k.name}`} name={`${field.name}.${k.name}`} value={k.value} />
          )}
        </div>
      ))}
      {known.length > 0 ? (
        ''
      ) : (
        <div class="field">
          <label class="vh" for={`f-${field.name}`}>
            {eventLabel(language, type)} {title}
          </label>
          <span class="hint">{w.formMapHint}</span>
          <textarea id={`f-${field.name}`} name={field.name}>
            {(given.get(field.name) ?? []).join('\n')}
          </textarea>
        </div>
      )}
    </fieldset>
  );
};

function declaredNames({ visit, type, given }: FieldContext, field: FieldShape): readonly string[] {
  const { rules } = visit.hall.rulebook;
  if (field.name === 'factors') {
    const scale = given.get('scale')?.[0];
    return rules.flatMap(r => (r.kind === 'grades' && (scale === undefined || r.name === scale) ? r.factors : []));
  }
  const asked = [
    ...new Set(
      rules.flatMap(r =>
        r.kind === 'duty' && r.done.patterns.some(p => p.on === 'event' && p.type === type) ? (r.with ?? []) : [],
      ),
    ),
  ];
  if (type === 'meeting.held') return [...asked, 'decision'];
  if (type === 'assessment.made') return asked.length > 0 ? asked : ['trend', 'cause', 'effect'];
  if (type === 'evaluation.written') {
    const heads = rules.flatMap(r => (r.kind === 'retention' && r.what === 'evaluation' ? r.items : []));
    const all = [...new Set([...heads, ...asked])];
    return all.length > 0 ? all : ['effect', 'experience', 'lessons'];
  }
  if (type === 'media.called') return ['outlet', 'contactPoint', 'matter'];
  if (type === 'form.filled') {
    const form = given.get('form')?.[0];
    return rules.flatMap(r =>
      r.kind === 'form' && (form === undefined || r.name === form)
        ? r.fields.filter(f => f.signedAs === undefined).map(f => f.name)
        : [],
    );
  }
  return [];
}
