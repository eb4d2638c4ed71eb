/** The burden: nobody is asked what the case says already, nothing is clicked that no article asks for, nights are counted by article. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VOCABULARY } from '#core/log';
import { expect, test } from 'vitest';
import { CONFIRMS } from '../../src/web/view/burden.ts';
import { actAs, type House, openHouse, ROOT, signIn, type Visitor } from './house.ts';
import { openWorked } from './worked.ts';

/** Required controls that a rendered form leaves empty, by their names. */
function emptyFields(html: string): string[] {
  const form = /<form class="pane"[\s\S]*?<\/form>/.exec(html)?.[0] ?? '';
  const controls = [...form.matchAll(/<input\b[^>]*>/g)].map(m => m[0]);
  const texts = controls.filter(
    c => / required/.test(c) && !/value="[^"]+"/.test(c) && !/type="(radio|checkbox)"/.test(c),
  );
  const selects = [...form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)]
    .filter(m => / required/.test(m[1] ?? '') && !/<option[^>]* selected/.test(m[2] ?? ''))
    .map(m => m[1] ?? '');
  return [...texts, ...selects].map(c => /name="([^"]+)"/.exec(c)?.[1] ?? '');
}
const PARTIES = new Set([
  'unit',
  'to',
  'with',
  'from',
  'role',
  'decidedBy',
  'speakerRole',
  'speakerUnit',
  'standIn',
  'holder',
]);

/** Fields asked for although every entry of the case that names them says one and the same, read off the pages themselves. */
async function askedAgain(house: House, visitor: Visitor): Promise<{ forms: number; again: string[] }> {
  const desk = await visitor.text('/desk?scope=all');
  const hrefs = [...new Set([...desk.matchAll(/href="(\/cases\/([^/"]+)\/do\/([^"?]+)[^"]*)"/g)].map(m => m[1] ?? ''))];
  const events = await house.plugged.desk.log.read(0);
  const again: string[] = [];
  for (const href of hrefs) {
    const [, key = '', type = ''] = /^\/cases\/([^/]+)\/do\/([^?]+)/.exec(href) ?? [];
    const html = await visitor.text(href.replaceAll('&amp;', '&'));
    for (const name of emptyFields(html)) {
      const shape = VOCABULARY.get(type)?.byName.get(name);
      if (!shape || shape.kind !== 'key' || shape.list || PARTIES.has(name)) continue;
      const said = new Set(
        events
          .filter(e => e.case === key)
          .map(e => e.data[name])
          .filter(v => typeof v === 'string'),
      );
      if (said.size === 1) again.push(`${type} ${name}`);
    }
  }
  return { forms: hrefs.length, again };
}

test.each([
  ['court', 'a-case-that-goes-wrong', 'inspection-office/head'],
  ['environment', 'calls-and-orders', 'office/head'],
  ['market-regulation', 'sensitive-then-major', 'news-section/head'],
  ['county-education', 'sudden-on-a-sunday', 'leading-group/head'],
])('%s, after %s: no field is asked twice and no click is forced', async (institution, day, office) => {
  const house = await openWorked({ institution, day, held: [office] });
  try {
    const visitor = await signIn(house);
    const { forms, again } = await askedAgain(house, visitor);
    expect(forms).toBeGreaterThan(0);
    expect(again).toEqual([]);
    const page = await visitor.text('/burden');
    expect(page).toMatch(/id="twice">0</);
    expect(page).toMatch(/id="clicks">0</);
  } finally {
    await house.close();
  }
});

test('a field that the case has told is counted when a form leaves it empty', async () => {
  const { askedTwice } = await import('../../src/web/view/burden.ts');
  const event = (type: string, data: Readonly<Record<string, unknown>>) => ({ type, data }) as never;
  const events = [event('notice.drawn-up', { notice: 'n-1', kind: 'notice', textHash: 'x' })];
  expect(askedTwice('notice.sent', new Map(), events)).toEqual(['notice']);
  expect(askedTwice('notice.sent', new Map([['notice', ['n-1']]]), events)).toEqual([]);
  // Two notices: the form cannot know which is meant.
  expect(askedTwice('notice.sent', new Map(), [...events, event('notice.drawn-up', { notice: 'n-2' })])).toEqual([]);
});

test('every tick without which a form is not taken stands on the list with its reason, and none of them is forced', () => {
  const folder = join(ROOT, 'src/web/pages');
  const found = readdirSync(folder, { recursive: true })
    .map(String)
    .filter(name => name.endsWith('.tsx'))
    .flatMap(name =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/<input\b[^>]*type="checkbox"[^>]*>/gs)]
        .map(m => m[0])
        .filter(input => /\brequired\b/.test(input))
        .map(input => `${name} ${/name="([^"]+)"/.exec(input)?.[1] ?? ''}`),
    );
  expect(found.toSorted()).toEqual(
    CONFIRMS.filter(c => !c.asks)
      .map(c => `${c.page} ${c.field}`)
      .toSorted(),
  );
  expect(CONFIRMS.filter(c => c.why === 'forced')).toEqual([]);
  const scripts = readdirSync(join(ROOT, 'src/web/client')).map(n =>
    readFileSync(join(ROOT, 'src/web/client', n), 'utf8'),
  );
  expect(scripts.join('')).not.toMatch(/\bconfirm\(|\balert\(|beforeunload/);
});

test('notices that went out at night stand under their article; what waits on the desk does not count', async () => {
  const { nightNotices, offHours } = await import('../../src/web/view/burden.ts');
  const house = await openHouse();
  try {
    const visitor = await signIn(house);
    await actAs(visitor, 'general-office/watch-officer');
    const { keepHall } = await import('../../src/web/state.ts');
    const hall = await keepHall(house.plugged.desk).look();
    const at = (text: string) => Date.parse(`2026-09-${text}:00+08:00`);
    const cases: readonly (readonly [string, string | undefined])[] = [
      ['17T10:00', undefined],
      ['17T23:30', 'night'],
      ['17T05:59', 'night'],
      ['17T12:30', 'evening'],
      ['17T20:00', 'evening'],
      ['19T10:00', 'rest'], // a Saturday
      ['20T10:00', undefined], // a Sunday made a working day
      ['25T10:00', 'rest'], // Mid-Autumn
    ];
    for (const [text, expected] of cases) expect([text, offHours(hall.calendar, at(text))]).toEqual([text, expected]);
    const notice = (key: string, when: string, channel = 'mail') =>
      ({ key, channel, state: 'sent', endedAt: at(when), notBefore: at(when) }) as never;
    expect(
      nightNotices(hall, [
        notice('G-4.3c|C3|…|due|0|mail|x', '17T23:30'),
        notice('G-4.3c|C3|…|soon|0|mail|x', '19T10:00'),
        notice('tell|x|0|mail|y', '17T20:00'),
        notice('G-4.3c|C3|…|due|0|mail|x', '17T10:00'),
        notice('G-4.3c|C3|…|due|0|desk|x', '17T23:30', 'desk'),
      ]),
    ).toEqual([
      { clause: 'G-4.3c', counts: { night: 1, evening: 0, rest: 1 }, all: 2 },
      { clause: '', counts: { night: 0, evening: 1, rest: 0 }, all: 1 },
    ]);
    expect(await visitor.text('/burden')).toContain('没有在下班时间发过通知');
  } finally {
    await house.close();
  }
});
