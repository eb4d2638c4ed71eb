/**
 * A case by every regulation: over a worked day of each institution a case is opened, and everything its page offers is
 * done by its form. What the text declines can only be declined, under its clause; what is sent back is ruled on; what
 * closing lacks is said with its clause; and no form ends where nobody can go on.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVENT_TYPES, type HuiyinEvent } from '#core/log';
import { deadEnds, fill, type Filled, formsOf } from './forms.ts';
import { ROOT, type Visitor } from './house.ts';
import { bare, openStage, type Staged } from './staged.ts';

interface Row {
  readonly institution: string;
  readonly day: string;
  /** The office that opens the case and answers. */
  readonly office: string;
  /** To whom it is given, who gets it after it came back. */
  readonly give: string;
  readonly next: string;
  /** A thing asked from above that the text declines, and the clause by which it is declined. */
  readonly asked: string;
  readonly clause: string;
  /** Reports in a row. */
  readonly series: readonly string[];
  /** Clauses by which closing is refused while nothing was done. */
  readonly closing: readonly string[];
}
const row = (line: string): Row => {
  const [
    institution = '',
    day = '',
    office = '',
    give = '',
    next = '',
    asked = '',
    clause = '',
    series = '',
    closing = '',
  ] = line.split('|').map(t => t.trim());
  const list = (text: string): string[] => text.split(' ').filter(t => t !== '-');
  return { institution, day, office, give, next, asked, clause, series: list(series), closing: list(closing) };
};
// prettier-ignore
const ROWS = [
  // book                | day                    | office               | given to         | next to           | asked               | clause   | series           | closing
  'blank                 | first-week             | office/head          | section          | office            | have-post-deleted   | HC-64    | first            | Z-5a Z-5b',
  'community-correction  | sudden-at-night        | leading-group/liaison| reception-section| reviewers         | have-post-deleted   | B-7.2b   | first            | -',
  'county-education      | sudden-on-a-sunday     | opinion-office/head  | school-1         | kindergarten-1    | organise-comments   | C-4.3.2b | first            | C-2.2b',
  'state-assets          | ordinary-and-major     | working-group/head   | section-1        | bus-company       | comment-as          | E-3.2c   | first            | E-2.5',
  'petition              | routine-and-refusals   | group-office/head    | handling-section | unit-1            | control-discussion  | G-4.3e   | first summary    | G-2.1 G-7a',
  'national-response     | untrue-item-raised     | general-office/head  | works-department | general-office    | have-post-deleted   | HC-64    | first            | -',
  'school                | swapped-weekend        | school-office/head   | academic-office  | grade-section-8   | filter-posts        | D-3.2e   | first            | -',
  'court                 | a-case-that-goes-wrong | research-office/head | civil-division   | criminal-division | organise-comments   | A-6.U2      | first            | -',
  'market-regulation     | sensitive-then-major   | news-section/head    | section-a        | section-b         | have-post-deleted   | H-18.2d      | first verified follow-up | -',
  'environment           | calls-and-orders       | publicity-section/head| air-section     | water-section     | have-post-deleted   | F-1.2.2a | first            | -',
].map(row);

const MINUTE = 60_000;
/** Entries that end a case or take it elsewhere come last. */
const LAST = ['case.closed', 'case.reopened', 'case.split', 'case.joined'];

describe.each(ROWS)('$institution', r => {
  let stage: Staged;
  let me: Visitor;
  let path = '';
  let told: readonly HuiyinEvent[] = [];
  const tokens = new Map<Visitor, string>();
  const day = join(ROOT, 'rulebooks', r.institution, 'days', r.day);
  const since = async (n: number): Promise<readonly HuiyinEvent[]> => (await stage.log()).slice(n);
  const count = async (): Promise<number> => (await stage.log()).length;
  const head = async (unit: string): Promise<Visitor> => {
    const roles = (await stage.plugged.desk.institution())?.setup.roles ?? [];
    const role = roles.find(x => x.unit === unit);
    return role ? stage.as(`${unit}/${role.role}`) : me;
  };
  const post = async (who: Visitor, to: string, fields: Filled): Promise<Response> => {
    stage.clock.at += MINUTE;
    // One token for one session: no page is asked for it again.
    const token = tokens.get(who) ?? (await who.token('/desk'));
    tokens.set(who, token);
    return who.post(to, fields, { token });
  };
  /** Fills in the form of an address as a person would: once, and again where the page says what is wrong. */
  const tell = async (
    who: Visitor,
    at: string,
    wanted: Filled = {},
  ): Promise<{ response: Response; ends: readonly string[] }> => {
    const target = at.replace(/\?.*/, '');
    let response = await who.get(at);
    if (response.status !== 200) return { response, ends: [] };
    let html = await response.text();
    for (let tries = 0; tries < 3; tries++) {
      const form = formsOf(html, target).at(0);
      if (!form) return { response, ends: [] };
      response = await post(who, target, fill(form, stage.clock.at, wanted));
      if (response.status !== 422) return { response, ends: [] };
      html = await response.text();
      const again = formsOf(html, target).at(0);
      const ends = again ? deadEnds(again) : [];
      if (ends.length > 0) return { response, ends };
    }
    return { response: new Response(bare(html).slice(0, 600), { status: 422 }), ends: [] };
  };

  beforeAll(async () => {
    told = readFileSync(join(day, 'events.ndjson'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as HuiyinEvent)
      .toSorted((a, b) => (a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : 0));
    stage = await openStage({
      rulebook: r.institution,
      day,
      name: { zh: '清江市示例机构', en: 'Example institution' },
      at: '2026-01-01 09:00',
      from: '2026-01-01',
    });
    await (await stage.store.tenant(r.institution))?.append(told);
    stage.clock.at = Math.max(...told.map(e => Date.parse(e.recordedAt))) + MINUTE;
    me = await stage.as(r.office);
  }, 120_000);
  afterAll(() => stage?.close());

  test('a case is opened in each of the four ways', async () => {
    for (const how of ['finding', 'incident', 'agency', 'media']) {
      const before = await count();
      const { response } = await tell(me, `/cases/new?how=${how}`, {
        concerns: [r.give],
        ...(how === 'agency' ? {} : { subject: ['窗口排队时间长'] }),
      });
      path = (response.headers.get('location') ?? '').split('?')[0] ?? '';
      expect([how, path.startsWith('/cases/c-')]).toEqual([how, true]);
      expect((await since(before)).at(-1)?.type).toBe('case.opened');
    }
    expect(bare(await me.text(path))).toContain('窗口排队时间长');
  });

  test('closing says what is missing, each thing with its clause', async () => {
    const page = await me.text(`${path}/close`);
    const before = await count();
    const { response } = await tell(me, `${path}/close`, { reason: ['都办完了'] });
    const refused = (await since(before)).filter(e => e.type === 'act.refused').map(e => String(e.data['clause']));
    expect([...new Set(refused)]).toEqual(r.closing);
    expect(response.status).toBe(303);
    for (const clause of refused) expect(bare(page)).toContain(clause);
    if (refused.length === 0) await tell(me, `${path}/do/case.reopened`);
  });

  test('an order: what we do is done, what the text declines can only be declined and the sender is told', async () => {
    const orders = `${path}/orders`;
    const given = await tell(me, orders, { 'act-1': ['send-facts'], 'act-2': [r.asked], 'text-2': ['请处理'] });
    expect(given.response.status).toBe(303);
    const page = await me.text(orders);
    expect(bare(page)).toContain('这一项规章列为不做，只能不办并告知来文单位');
    const form = formsOf(page, orders).find(f => f.form.querySelector('[name=instruction]'));
    if (!form) throw new Error('the order has no form');
    const before = await count();
    const answers = fill(form, stage.clock.at, { 'a1.done': ['yes'], 'a1.result': ['情况已报'] });
    expect((await post(me, orders, answers)).status).toBe(422);
    expect(await count()).toBe(before);
    const response = await post(me, orders, { ...answers, told: ['true'] });
    expect([response.status, bare(await response.text()).slice(0, 300)]).toEqual([303, '']);
    const entries = (await since(before)).filter(e => e.type.startsWith('instruction.'));
    expect(entries.map(e => [e.type, ...(e.data['clause'] === undefined ? [] : [e.data['clause']])])).toEqual([
      ['instruction.item-done'],
      ['instruction.item-declined', r.clause],
      ['instruction.closed'],
    ]);
  });

  test('a matter is given, comes back with a reason, is ruled on with a reason, is taken; a sheet goes down and arrives', async () => {
    const passing = `${path}/passing`;
    const [given, next] = [await head(r.give), await head(r.next)];
    const before = await count();
    await post(me, passing, { do: ['give'], to: [r.give], as: ['handling'], why: ['归你们办'] });
    const id = (await stage.log()).at(-1)?.id ?? '';
    expect((await post(given, passing, { do: ['back'], id: [id], reason: [''] })).status).toBe(422);
    await post(given, passing, { do: ['back'], id: [id], reason: ['不归我们'] });
    expect(bare(await me.text(passing))).toContain('不归我们');
    expect((await post(me, passing, { do: ['rule'], id: [id], to: [r.next], reason: [''] })).status).toBe(422);
    await post(me, passing, { do: ['rule'], id: [id], to: [r.next], reason: ['按职责分工'] });
    const ruled = (await stage.log()).at(-1)?.id ?? '';
    await post(next, passing, { do: ['take'], id: [ruled], reason: [''] });
    expect((await since(before)).map(e => e.type)).toEqual([
      'assignment.made',
      'assignment.returned',
      'assignment.made',
      'assignment.accepted',
    ]);
    const down = await count();
    const sent = await post(me, passing, {
      do: ['pass'],
      to: [r.give],
      form: [''],
      task: ['true'],
      answerWanted: ['true'],
    });
    const passed = await since(down);
    // Where the text wants the sheet signed first, that is what the page says.
    if (passed.some(e => e.type === 'act.refused')) {
      expect(sent.headers.get('location')).toContain('refused=');
      return;
    }
    expect(passed.map(e => e.type)).toEqual(['transfer.made', 'assignment.made']);
    await post(given, passing, { do: ['take'], id: [passed[0]?.id ?? ''], reason: [''] });
    expect((await since(down + 2)).map(e => e.type).toSorted()).toEqual(['assignment.accepted', 'transfer.received']);
  });

  test('a consultation, the reports in their row, two rounds of asking whether the answer was enough', async () => {
    const before = await count();
    await tell(me, `${path}/do/meeting.held?kind=consultation`);
    for (const kind of r.series) await tell(me, `${path}/do/report.made?kind=${kind}`);
    await tell(me, `${path}/do/satisfaction.asked`, { answer: ['not-satisfied'] });
    await tell(me, `${path}/do/satisfaction.asked`, { answer: ['satisfied'] });
    const entries = (await since(before)).filter(e => e.type !== 'act.refused');
    expect(entries.map(e => [e.type, e.data['kind'] ?? [e.data['round'], e.data['answer']]])).toEqual([
      ['meeting.held', 'consultation'],
      ...r.series.map(kind => ['report.made', kind]),
      ['satisfaction.asked', [1, 'not-satisfied']],
      ['satisfaction.asked', [2, 'satisfied']],
    ]);
    const page = bare(await me.text(path));
    expect(page).toContain('第 2 轮');
  });

  test(
    'every form the case page offers can be filled in: stored, or refused with a clause',
    { timeout: 300_000 },
    async () => {
      // Facts about a text are offered once there is one.
      const draft = formsOf(await me.text(`${path}/reply/new`), `${path}/reply/`).at(0);
      if (!draft) throw new Error('no text can be drafted');
      await post(me, draft.action, fill(draft, stage.clock.at, { text: ['关于排队的答复\n已增开两个窗口。'] }));
      expect((await stage.log()).at(-1)?.type).toBe('draft.written');
      const offered = [...(await me.text(path)).matchAll(new RegExp(`href="${path}/do/([a-z.-]+)`, 'g'))].map(
        m => m[1] ?? '',
      );
      const types = [...new Set([...offered.filter(t => !LAST.includes(t)), ...offered, ...LAST])].filter(t =>
        EVENT_TYPES.includes(t),
      );
      const rest = [...types.filter(t => !LAST.includes(t)), ...LAST];
      expect(rest.length).toBeGreaterThan(45);
      const wrong: string[] = [];
      const ended: string[] = [];
      const stored = new Set<string>();
      for (const type of rest) {
        const before = await count();
        const { response, ends } = await tell(me, `${path}/do/${type}`);
        const entries = await since(before);
        if (ends.length > 0) {
          ended.push(`${type}: ${ends.join(', ')}`);
          continue;
        }
        if (response.status === 302) {
          // Told on a page of its own.
          const there = await me.get(response.headers.get('location') ?? '');
          if (![200, 302].includes(there.status)) wrong.push(`${type}: leads to ${there.status}`);
          continue;
        }
        if (response.status !== 303) {
          const said = await response.text();
          // A duty is lifted by another unit than the one that owes it, and the page says so.
          if (type === 'obligation.lifted' && said.includes('要由别的单位免除')) continue;
          wrong.push(`${type}: ${response.status} ${said.slice(0, 400)}`);
          continue;
        }
        const [first] = entries;
        if (first?.type === 'act.refused' ? first.data['type'] !== type : first?.type !== type)
          wrong.push(`${type}: nothing of it in the log`);
        if (first?.type === type) stored.add(type);
        const after = await me.get(response.headers.get('location') ?? '');
        const shown = await after.text();
        if (after.status !== 200) wrong.push(`${type}: leads to ${after.status}`);
        if (first?.type === 'act.refused' && !shown.includes(String(first.data['clause'])))
          wrong.push(`${type}: refused without its clause ${String(first.data['clause'])}`);
      }
      expect(wrong).toEqual([]);
      expect(ended).toEqual([]);
      expect(stored.size).toBeGreaterThan(30);
    },
  );

  test('no page failed on the way', () => {
    expect(stage.faults).toEqual([]);
  });
});
