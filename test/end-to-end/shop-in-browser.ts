import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Opened } from './open-browser.ts';
import { type RunningBackend, runBackend } from './running-backend.ts';

/** A backend, and a page of a browser of the width of a telephone: another one in each test. */
export class ShopInBrowser {
  /** The errors of the page in this test. A refusal by the content security policy is one. */
  readonly errors: string[] = [];
  #running: RunningBackend | undefined;
  #page: Page | undefined;

  get running(): RunningBackend {
    if (this.#running === undefined) throw new Error('the backend is not started yet');
    return this.#running;
  }
  get page(): Page {
    if (this.#page === undefined) throw new Error('the page is not opened yet');
    return this.#page;
  }

  async start(): Promise<void> {
    this.#running = await runBackend();
  }

  async stop(opened: Opened): Promise<void> {
    if ('browser' in opened) await opened.browser.close();
    await this.#running?.stop();
  }

  /** Opens the page. Gives what closes it. */
  async open(opened: Opened): Promise<() => Promise<void>> {
    if (!('browser' in opened)) throw new Error(opened.reason);
    this.errors.length = 0;
    const context = await opened.browser.newContext({ viewport: { width: 375, height: 800 } });
    const page = await context.newPage();
    page.setDefaultTimeout(90_000);
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/i.test(message.text()))
        this.errors.push(message.text());
    });
    this.#page = page;
    return () => context.close();
  }
}

/** The sample shop for the tests of one file. */
export function shopInBrowser(opened: Opened): ShopInBrowser {
  const shop = new ShopInBrowser();
  beforeAll(() => shop.start());
  afterAll(() => shop.stop(opened));
  beforeEach(() => shop.open(opened));
  return shop;
}
