import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { openConsole } from './console-tab.ts';
import { openBrowser } from './open-browser.ts';
import { type RunningBackend, runBackend } from './running-backend.ts';

const opened = await openBrowser();
if ('reason' in opened) console.warn(`SKIPPED, the console in a browser: ${opened.reason}`);
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Whether this machine has no browser, so that the tests of the console are skipped. */
export const HAS_NO_BROWSER = 'reason' in opened;

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

export interface ConsoleFixture {
  /** The backend of all tests of the file. */
  readonly running: RunningBackend;
  /** The page of one test. */
  readonly page: Page;
  /** What the browser wrote as an error in this test. */
  readonly errors: readonly string[];
  /** Signs in and opens a page of the console, such as `/orders`. */
  openAs(person: 'operator' | 'reader', path: string): Promise<void>;
  /** What axe finds that keeps people with a screen reader or a keyboard from their work. */
  serious(): Promise<readonly string[]>;
  /** Confirms the open dialog by its button. */
  confirm(text: string): Promise<void>;
}

/** A backend for the tests of a `describe`, and for each of them a browser page of its own. Read it inside a test. */
export function useConsole(
  prepare: (running: RunningBackend) => Promise<void> = async () => {},
): ConsoleFixture {
  const state: { running?: RunningBackend; page?: Page; errors: string[] } = { errors: [] };
  beforeAll(async () => {
    state.running = await runBackend();
    await prepare(state.running);
  });
  afterAll(async () => {
    if ('browser' in opened) await opened.browser.close();
    await state.running?.stop();
  });
  beforeEach(async () => {
    if (!('browser' in opened)) throw new Error(opened.reason);
    const context = await opened.browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const errors: string[] = [];
    Object.assign(state, { page, errors });
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    return () => context.close();
  });
  const pageOf = () => present(state.page);
  return {
    get running() {
      return present(state.running);
    },
    get page() {
      return pageOf();
    },
    get errors() {
      return state.errors;
    },
    openAs: (person, path) =>
      openConsole(pageOf(), { url: present(state.running).backend.url, person, path }),
    serious: () => seriousIn(pageOf()),
    confirm: (text) => pageOf().getByRole('dialog').getByRole('button', { name: text, exact: true }).click(),
  };
}

async function seriousIn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate('axe.run()')) as { readonly violations: readonly Violation[] };
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the console is read inside a test');
  return value;
}
