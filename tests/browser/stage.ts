/**
 * The product over the setup of a worked day, with a clock that the walk moves and a real browser in front of it: every
 * office has somebody of its own who signs in, at a desk or with a telephone.
 */
import { createServer, type Server } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { buildWeb } from '../../scripts/build-web.ts';
import { PASSWORD, ROOT } from '../web/house.ts';
import { openStage, type Staged, type StageOptions } from '../web/staged.ts';
import { faults } from './axe.ts';

export interface Walker {
  readonly page: Page;
  readonly go: (path: string) => Promise<void>;
  /** Fills fields by name: texts are typed, `true` ticks, a list ticks several. */
  readonly write: (fields: Readonly<Record<string, string | true | readonly string[]>>) => Promise<void>;
  /** Presses a button or link and waits for the page it leads to. */
  readonly press: (selector: string) => Promise<void>;
  /** Asks to publish, reads the question over the page and says yes to it. */
  readonly publish: () => Promise<void>;
  /** The whole visible text of the page, spaces folded. */
  readonly text: () => Promise<string>;
  readonly path: () => string;
}
export interface Walk {
  readonly stage: Staged;
  readonly url: string;
  /** Somebody at a desk, or with a telephone of 360 points. */
  readonly as: (office: string, device?: 'desk' | 'phone') => Promise<Walker>;
  readonly at: (moment: string) => void;
  /** What axe and the width of the pages had to complain of on the way. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

export type WalkOptions = StageOptions & { readonly language?: 'zh' | 'en' };
export async function openWalk(browser: Browser, options: WalkOptions): Promise<Walk> {
  await buildWeb();
  const stage = await openStage({
    ...options,
    assets: name => {
      const file = join(ROOT, 'dist/web/assets', name);
      return existsSync(file) ? readFileSync(file) : undefined;
    },
  });
  const listener = getRequestListener(stage.app.fetch);
  const server: Server = createServer((request, response) => void listener(request, response));
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const complaints: string[] = [];
  const inside = new Map<string, Walker>();

  const enter = async (office: string, device: 'desk' | 'phone'): Promise<Walker> => {
    const context = await browser.newContext({
      viewport: device === 'phone' ? { width: 360, height: 740 } : { width: 1280, height: 900 },
      locale: options.language === 'en' ? 'en-GB' : 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('console', message => {
      // A page that was left while it was reading says so; a refusal of a form is a 422 on purpose.
      if (message.type() === 'error' && !/ERR_|status of 422|Failed to load resource/.test(message.text()))
        complaints.push(`${page.url()}: ${message.text()}`);
    });
    const look = async (): Promise<void> => {
      complaints.push(...(await faults(page)).map(f => `${page.url()}: ${f}`));
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (device !== 'phone' || wide <= 0) return;
      const by = await page.evaluate(() =>
        [...document.querySelectorAll('main *')]
          .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
          .map(e => `${e.tagName.toLowerCase()}.${e.getAttribute('class') ?? ''}`)
          .slice(0, 12)
          .join(' '),
      );
      complaints.push(`${page.url()} scrolls sideways by ${wide} at 360: ${by}`);
    };
    const seen = new Set<string>();
    const settle = async (): Promise<void> => {
      await page.waitForLoadState('load');
      // Each kind of page is looked at once for each person: axe takes longer than the page.
      const kind = new URL(page.url()).pathname.replaceAll(/\/(c-|e-)?[\w.]*\d[\w.-]*/g, '/:id');
      if (seen.has(kind)) return;
      seen.add(kind);
      await look();
    };
    const signIn = async (): Promise<void> => {
      await page.goto(`${url}/sign-in${options.language === 'en' ? '?lang=en' : ''}`);
      await page.fill('#login', stage.loginOf(office));
      await page.fill('#password', PASSWORD);
      await Promise.all([page.waitForURL(/desk/), page.click('button.go')]);
    };
    await signIn();
    return {
      page,
      go: async path => {
        await page.goto(`${url}${path}`);
        // The day goes on and so does the clock: who was away for hours signs in again.
        if (new URL(page.url()).pathname === '/sign-in') {
          await signIn();
          await page.goto(`${url}${path}`);
        }
        await settle();
      },
      write: async fields => {
        for (const [name, value] of Object.entries(fields)) await fillOne(page, name, value);
      },
      press: async selector => {
        const target = page.locator(selector).first();
        // A button in a fold is opened first, as a person would.
        const fold = target.locator('xpath=ancestor::details[not(@open)]');
        for (const one of await fold.all()) await one.locator('> summary').click();
        await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), target.click()]);
        await settle();
      },
      publish: async () => {
        await page.click('#publish form[data-dialog] button[type="submit"]');
        await page.waitForSelector('dialog[open] #confirm');
        complaints.push(...(await faults(page)).map(f => `${page.url()} (dialog): ${f}`));
        await Promise.all([
          page.waitForNavigation({ waitUntil: 'load' }),
          page.click('dialog[open] form button[type="submit"]'),
        ]);
        await settle();
      },
      text: async () => ((await page.textContent('body')) ?? '').replaceAll(/\s+/g, ' '),
      path: () => new URL(page.url()).pathname,
    };
  };
  return {
    stage,
    url,
    complaints,
    at: stage.at,
    as: async (office, device = 'desk') => {
      const key = `${office} ${device}`;
      const known = inside.get(key) ?? (await enter(office, device));
      inside.set(key, known);
      return known;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>(done => server.close(() => done()));
      await stage.close();
    },
  };
}

async function fillOne(page: Page, name: string, value: string | true | readonly string[]): Promise<void> {
  const field = page.locator(`main [name="${name}"]`);
  const fold = field.first().locator('xpath=ancestor::details[not(@open)]');
  for (const one of await fold.all()) await one.locator('> summary').click();
  if (typeof value === 'object') {
    for (const one of value) await page.locator(`main [name="${name}"][value="${one}"]`).first().check();
    return;
  }
  const kind = await field.first().evaluate(e => `${e.tagName} ${(e as HTMLInputElement).type}`);
  if (value === true) await field.first().check();
  else if (kind.startsWith('SELECT')) await field.first().selectOption(value);
  else if (/radio|checkbox/.test(kind)) await page.locator(`main [name="${name}"][value="${value}"]`).first().check();
  else await field.first().fill(value);
}
