/** A worked day walked step by step in a real browser: opened before the first step, closed after the last, skipped without one. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { findBrowser } from '../../scripts/browser.ts';
import { ROOT } from '../web/house.ts';
import { launch } from './product.ts';
import { openWalk, type Walk, type WalkOptions } from './stage.ts';

const path = findBrowser({ install: false });
export type DayOptions = Omit<WalkOptions, 'day'> & { readonly day: string };
export interface Day {
  /** The walk; there from the first step on. */
  readonly walk: Walk;
  /** One step of the day; steps are done in the order in which they are written. */
  readonly step: (what: string, work: () => Promise<void>, timeout?: number) => void;
}

/** `ready` may start what the day needs beside the product, and say so in the options; what it gives back is run at the end. */
export function walkDay(
  options: DayOptions,
  ready: () => Promise<{ readonly more: Partial<WalkOptions>; readonly close: () => void }> = async () => ({
    more: {},
    close: () => undefined,
  }),
): Day {
  let walk: Walk | undefined;
  let browser: Browser | undefined;
  let close = (): void => undefined;
  beforeAll(async () => {
    if (!path) return;
    const beside = await ready();
    ({ close } = beside);
    browser = await launch(path);
    const day = join(ROOT, 'rulebooks', options.rulebook, 'days', options.day);
    walk = await openWalk(browser, { ...options, day, ...beside.more });
  }, 120_000);
  afterAll(async () => {
    await walk?.close();
    await browser?.close();
    close();
  });
  return {
    get walk() {
      if (!walk) throw new Error('the day has not begun');
      return walk;
    },
    step: (what, work, timeout) =>
      test(
        what,
        async ({ skip }) => {
          if (!path) return skip('no browser could be found or installed');
          await work();
        },
        timeout,
      ),
  };
}
