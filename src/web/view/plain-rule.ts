/** A rule in one plain sentence for the margin: who, what, from when, how long; for gates, what must hold first. */
import type { Limit, Party, Pattern, Rule } from '#core/rulebook';
import type { Hall } from '../state.ts';
import { type Language, valueLabel, type Words } from '../words/index.ts';
import { halfOf } from './bilingual.ts';
import { anchorText, patternPhrase } from './duties.ts';
import { missingThing } from './missing.ts';
import type { Naming } from './naming.ts';
import { FACTOR_NAMES } from './part-names.ts';

const UNITS_ZH: Readonly<Record<string, string>> = {
  minutes: '分钟',
  hours: '小时',
  days: '日',
  'working days': '个工作日',
  'working hours': '个工作小时',
};
const RELATIONS_ZH: Readonly<Record<string, string>> = {
  'concerned units': '有关单位',
  'notified units': '被通报单位',
  'responsible unit': '责任单位',
  'handling unit': '承办单位',
  'unit of trigger': '触发单位',
  recipients: '接收方',
};

function partyText(language: Language, names: Naming, party: Party): string {
  switch (party.party) {
    case 'unit':
      return names.unit(party.unit);
    case 'role':
      return names.role(party.role);
    case 'office':
      return names.office(party);
    case 'unit-kind':
      return names.key(party.unitKind);
    case 'relation':
      return language === 'zh' ? (RELATIONS_ZH[party.relation] ?? party.relation) : party.relation;
  }
}
export function plainLimit(w: Words, language: Language, limit: Limit): string {
  const zh = language === 'zh';
  switch (limit.kind) {
    case 'span':
      return zh ? `${limit.n} ${UNITS_ZH[limit.unit]}内` : `within ${limit.n} ${limit.unit}`;
    case 'same day':
      return zh ? '当日内' : 'the same day';
    case 'soft':
      return `${w.softTerm(limit.word)}${zh ? '，' : ', '}${w.noLimitNote}`;
    case 'before':
      return zh ? '在另一项之前' : `before ${limit.duty.replaceAll('-', ' ')}`;
    default:
      return zh ? '没有期限' : 'no limit';
  }
}

/** The sentence; where a kind has nothing to compute, what it is for. */
export function plainRule(hall: Hall, w: Words, language: Language, names: Naming, rule: Rule): string {
  const zh = language === 'zh';
  const and = zh ? '、' : ', ';
  const or = zh ? '或' : ' or ';
  const said = (patterns: readonly Pattern[], glue: string): string =>
    patterns
      .map(p => patternPhrase(language, names, p))
      .filter(t => t !== '')
      .join(glue);
  const parties = (list: readonly Party[]): string => list.map(p => partyText(language, names, p)).join(or);
  switch (rule.kind) {
    case 'duty': {
      const start = said(rule.starts, or);
      const from =
        rule.from.kind === 'derived'
          ? anchorText(w, language, rule.from.name)
          : rule.from.kind === 'event'
            ? patternPhrase(language, names, { on: 'event', type: rule.from.type, tests: [] })
            : '';
      const done = said(rule.done.patterns, rule.done.mode === 'any' ? or : and);
      const each = rule.each
        ? zh
          ? `，${partyText(language, names, rule.each)}各一份`
          : `, one per ${partyText(language, names, rule.each)}`
        : '';
      return zh
        ? `${start === '' ? '' : `${start}之后，`}${from === '' ? '' : `从${from}起`}${plainLimit(w, language, rule.within)}，由${parties(rule.who)}${done === '' ? halfOf(language, rule.must) : done}${each}。`
        : `${start === '' ? '' : `After ${start.toLowerCase()}: `}${parties(rule.who)} owes ${done === '' ? halfOf(language, rule.must) : done.toLowerCase()}${from === '' ? '' : `, counted from ${from}`}, ${plainLimit(w, language, rule.within)}${each}.`;
    }
    case 'gate':
      return zh
        ? `${said(rule.act, or)}之前，要${rule.needs.map(n => needText(hall, language, names, n.text)).join(and)}；缺了就挡住。`
        : `Before ${said(rule.act, or).toLowerCase()}: ${rule.needs.map(n => n.text).join(', ')}; otherwise refused.`;
    case 'approval': {
      const steps = rule.steps
        .map(s => s.map(c => names.capacity(c)).join(or))
        .join(rule.order === 'listed' && zh ? '，再由' : and);
      return zh
        ? `${steps}签了同一份文本，才能${said(rule.before, or)}。改一个字，签字作废。`
        : `${steps} sign the same text before ${said(rule.before, or).toLowerCase()}. One changed character voids it.`;
    }
    case 'rota':
      return zh
        ? `${rule.who ? parties(rule.who) : ''}按班次${said([rule.done], or)}，错过自己会显示。`
        : `${rule.who ? parties(rule.who) : ''} by shifts: ${said([rule.done], or).toLowerCase()}; a missed slot shows by itself.`;
    case 'grades':
      return zh
        ? `${names.scale(rule.name)}：${rule.values.map(v => names.value(rule.name, v)).join(and)}。由人定级并写理由，没有人定就一直是“${w.ungraded}”。`
        : `${rule.name}: ${rule.values.join(', ')}. Graded by a person with a reason; never by default.`;
    case 'seats':
      return zh
        ? `岗位：${Object.entries(rule.seats)
            .map(([r, s]) => `${names.role(r)} ${s.n}${s.orMore ? ' 名以上' : ' 名'}`)
            .join(and)}；空缺会列出来。`
        : `Seats: ${Object.entries(rule.seats)
            .map(([r, s]) => `${r} ${s.n}${s.orMore ? '+' : ''}`)
            .join(', ')}; vacancies are listed.`;
    case 'sources':
      return zh
        ? `来源种类：${rule.kinds.map(k => names.key(k)).join(and)}；只看公开的。`
        : `Sources: ${rule.kinds.join(', ')}; public ones only.`;
    case 'lint':
      return zh ? '起草时检查，能写理由保留；不挡发布。' : 'Checked while drafting; may be kept with a reason.';
    case 'route':
      return rule.onlyBy
        ? zh
          ? `只能由${parties(rule.onlyBy)}报送。`
          : `Only ${parties(rule.onlyBy)} may send it.`
        : zh
          ? `${said(rule.when, or)}时，送${rule.to ? parties(rule.to) : ''}。`
          : `On ${said(rule.when, or).toLowerCase()}: to ${rule.to ? parties(rule.to) : ''}.`;
    case 'outside':
      return zh
        ? `另有外部规则（${names.body(rule.owner)}），没有提供；办之前要由人核对。`
        : `An outside rule of ${names.body(rule.owner)}, not supplied; a person confirms it first.`;
    case 'breach':
      return zh
        ? '晚了、错过了记一笔；定责由人定，不自动。'
        : 'Lateness is counted; fault is found by a person, never automatically.';
    case 'quota':
      return zh
        ? `每${rule.per === 'day' ? '天' : '年'}至少 ${rule.atLeast}：${said(rule.count, or)}。`
        : `At least ${rule.atLeast} per ${rule.per}: ${said(rule.count, or).toLowerCase()}.`;
    case 'form':
      return zh
        ? `表单要填：${rule.fields
            .filter(f => !f.optional)
            .map(f => FACTOR_NAMES[f.name]?.zh ?? names.key(f.name))
            .join(and)}。`
        : `The form needs: ${rule.fields
            .filter(f => !f.optional)
            .map(f => f.name)
            .join(', ')}.`;
    case 'retention':
      return zh
        ? `${rule.what === 'bundle' ? '归档材料' : '评估项目'}：${rule.items.map(i => FACTOR_NAMES[i]?.zh ?? names.key(i)).join(and)}。`
        : `${rule.what}: ${rule.items.join(', ')}.`;
    case 'risk':
      return zh
        ? `要写：${rule.fields.map(f => FACTOR_NAMES[f]?.zh ?? names.key(f)).join(and)}。`
        : `Needs: ${rule.fields.join(', ')}.`;
    case 'stages':
      return zh
        ? `环节：${rule.marks.map(m => names.key(m.mark)).join(' → ')}。`
        : `Stages: ${rule.marks.map(m => m.mark).join(' → ')}.`;
    case 'local': {
      const value = hall.book.local(rule.name) ?? rule.value;
      return value === undefined || value === null
        ? w.localUnset
        : `${w.local}${w.colon}${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
    }
    case 'human':
      return w.humanSays;
    default:
      return valueLabel(language, 'kind', rule.kind);
  }
}

/** A need as written in the rule, in the words used for what is missing. */
function needText(hall: Hall, language: Language, names: Naming, need: string): string {
  const signed = /^signed (.+)$/.exec(need);
  if (signed) return `“${signed[1]}”会签齐`;
  const track = /^track (offline|online) finished$/.exec(need);
  if (track) return track[1] === 'offline' ? '线下办完' : '线上办完';
  const outside = /^outside (.+) confirmed$/.exec(need);
  if (outside) return `核对外部规则`;
  if (need.startsWith('confirmed by each mentioned body')) return '提到的每个单位确认这份文本';
  if (need === 'reason recorded') return '写明理由';
  if (need === 'risk assessed') return '先做风险评估';
  const speaker = /^speaker in \[(.+)\]$/.exec(need);
  if (speaker)
    return `由${(speaker[1] ?? '')
      .split(/,\s*/)
      .map(p => RELATIONS_ZH[p] ?? names.key(p))
      .join('或')}发言`;
  return missingThing(hall, language, names, need, undefined).text;
}
