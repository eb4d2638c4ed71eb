/** Organisations the institution deals with: those its regulation names and those entered since. Never a private person. */
import { maskText } from '#watch';
import type { Hall } from '../state.ts';

export const BODY_KINDS = ['outlet', 'superior', 'peer', 'expert-body', 'platform', 'lower-body'] as const;
export interface Contact {
  readonly body: string;
  readonly kind?: string;
  readonly level?: string;
  /** Counter of the newest entry; absent where the regulation itself names the body. */
  readonly n?: number;
  readonly at?: string;
  /** How often somebody of the institution was in touch, by the entries. */
  readonly touched: number;
}

export function contacts(hall: Hall): readonly Contact[] {
  const found = new Map<string, Contact>();
  for (const [body, term] of Object.entries(hall.rulebook.terms.bodies))
    found.set(body, {
      body,
      ...(term.kind === undefined ? {} : { kind: term.kind }),
      ...(term.level === undefined ? {} : { level: term.level }),
      touched: 0,
    });
  for (const e of hall.events) {
    if (e.type === 'contact.entered') {
      const body = String(e.data['body']);
      found.set(body, {
        body,
        kind: String(e.data['bodyKind']),
        ...(e.data['level'] === undefined ? {} : { level: String(e.data['level']) }),
        n: e.seq,
        at: e.at,
        touched: found.get(body)?.touched ?? 0,
      });
    }
    if (e.type === 'contact.made') {
      const body = String(e.data['with']);
      const known = found.get(body) ?? { body, touched: 0 };
      found.set(body, { ...known, touched: known.touched + 1 });
    }
  }
  return [...found.values()];
}

const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
const ORGANISATION =
  /(报|台|网|局|社|院|部|厅|委|会|所|心|团|司|学|校|站|刊|处|科|室|府|盟|店|厂|行|馆|队|组|区|县|市|省|号|平台|频道|客户端)$/;
const TITLE = /(先生|女士|小姐|老师|记者|教授|主任|律师|同志)$/;

export type NotAnOrganisation = 'number' | 'person' | 'empty';
/** Why a name cannot stand in the directory, or undefined. People of organisations are reached through their desk. */
export function notAnOrganisation(name: string): NotAnOrganisation | undefined {
  if (name === '') return 'empty';
  if (/\d{5,}/.test(name.replaceAll(/[\s-]/g, '')) || Object.keys(maskText(name).counts).length > 0) return 'number';
  const bare = name.replaceAll(/[\s·•]/g, '');
  if (TITLE.test(bare)) return 'person';
  if (/^[\u4e00-\u9fff]{2,3}$/.test(bare) && SURNAMES.includes(bare.slice(0, 1)) && !ORGANISATION.test(bare))
    return 'person';
  return undefined;
}
/** The key a name already has in the rules or in the house. */
export function bodyByName(hall: Hall, name: string): string | undefined {
  for (const [key, term] of Object.entries(hall.rulebook.terms.bodies)) if (term.zh === name) return key;
  for (const [key, own] of Object.entries(hall.institution.names)) if (own.zh === name) return key;
  return undefined;
}
