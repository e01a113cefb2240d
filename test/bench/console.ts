import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { buildConsole } from '../../infra/console/build-console.ts';
import { readConsoleFiles } from '../../infra/local/front/console-files.ts';
import { openConsole } from '../end-to-end/console-tab.ts';
import { openBrowser } from '../end-to-end/open-browser.ts';
import { startBackendProcess } from './load/backend-process.ts';
import { percentile, rounded } from './load/figures.ts';
import { fill } from './load/fill.ts';
import { makeModels } from './load/growth.ts';

type Print = (text: string) => void;
/** Figures by their names: bytes, numbers and milliseconds. */
type Figures = Readonly<Record<string, number>>;

const VISITS = 7;
const SESSION = 'entrepot.session';
/** The script of the frame. Without it the page of the sign-in loads only what it needs itself. */
const FRAME = '**/assets/frame-*.js';

/**
 * Measures the console in a browser, first with the few orders that are made as models and then with `stored` copies of
 * them: the bytes and requests of its first pages, and the time until a list of orders is there. The last lines are
 * `console <name> <value>`. Throws an Error where this machine has no browser.
 */
export async function benchConsole(stored: number, print: Print): Promise<void> {
  print(`${availableParallelism()} processors, load of the machine ${loadavg().map(rounded).join(' ')}`);
  const opened = await openBrowser();
  if ('reason' in opened) throw new Error(opened.reason);
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-console-bench-'));
  try {
    const client = await measureClient(join(folder, 'client'));
    print('making orders as models');
    const backendFolder = join(folder, 'backend');
    const models = await makeModels(backendFolder);
    const few = await measureBackend(backendFolder, opened.browser);
    fill(join(backendFolder, 'data'), models, stored);
    const many = await measureBackend(backendFolder, opened.browser);
    const ratio = (name: string) => (many[name] ?? 0) / (few[name] ?? 1);
    print(`\nload of the machine at the end ${loadavg().map(rounded).join(' ')}`);
    print(`order list with ${stored} orders: ${ratio('order-list-ms').toFixed(2)} times the time with few\n`);
    const suffixed = Object.entries(many)
      .filter(([name]) => name.endsWith('-ms'))
      .map(([name, value]) => [`${name}@stored-${stored}`, value]);
    for (const [name, value] of Object.entries({ ...client, ...few, ...Object.fromEntries(suffixed) }))
      print(`console ${name} ${Math.round(Number(value))}`);
  } finally {
    await opened.browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the whole console weighs, whether somebody opens its pages or not. */
async function measureClient(folder: string): Promise<Figures> {
  await buildConsole(folder);
  const files = [...(await readConsoleFiles(folder)).values()];
  const sum = (sizes: readonly number[]) => sizes.reduce((all, size) => all + size, 0);
  return {
    'client-bytes': sum(files.map(({ plain }) => plain.length)),
    'client-compressed-bytes': sum(files.map(({ plain, br }) => (br ?? plain).length)),
    'client-scripts': (await readdir(join(folder, 'assets'))).filter((name) => name.endsWith('.js')).length,
  };
}

async function measureBackend(folder: string, browser: Browser): Promise<Figures> {
  const backend = await startBackendProcess(folder);
  try {
    const session = await signedIn(browser, backend.url);
    const signIn = await inContext(browser, undefined, (page) => signInPage(page, backend.url));
    const cold: Visit[] = [];
    const warm: Visit[] = [];
    for (let visit = 0; visit < VISITS; visit += 1)
      await inContext(browser, session, async (page) => {
        cold.push(await orderList(page, backend.url));
        warm.push(await orderList(page, backend.url));
      });
    const median = (visits: readonly Visit[], figure: keyof Visit) =>
      percentile(
        visits.map((visit) => visit[figure]),
        0.5,
      ) ?? 0;
    return {
      'sign-in-bytes': signIn.bytes,
      'sign-in-requests': signIn.requests,
      'order-list-bytes': median(cold, 'bytes'),
      'order-list-requests': median(cold, 'requests'),
      'order-list-ms': median(cold, 'ms'),
      'order-list-again-bytes': median(warm, 'bytes'),
      'order-list-again-ms': median(warm, 'ms'),
    };
  } finally {
    await backend.stop();
  }
}

/** The session of an operator, as the tab keeps it. */
async function signedIn(browser: Browser, url: string): Promise<string> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await openConsole(page, { url, person: 'operator', path: '/orders?status=closed' });
    await firstOrder(page).waitFor();
    return String(await page.evaluate(`sessionStorage.getItem('${SESSION}')`));
  } finally {
    await context.close();
  }
}

interface Visit {
  /** As they came over the network, with headers. A file from the browser's cache counts none. */
  readonly bytes: number;
  readonly requests: number;
  readonly ms: number;
}

const firstOrder = (page: Page) => page.getByRole('link', { name: /^ord_/ }).first();

async function inContext<Result>(
  browser: Browser,
  session: string | undefined,
  use: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    if (session !== undefined)
      await context.addInitScript(`sessionStorage.setItem('${SESSION}', ${JSON.stringify(session)})`);
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

async function signInPage(page: Page, url: string): Promise<Visit> {
  await page.route(FRAME, (route) => route.abort());
  return visit(page, `${url}/console/`, () => page.getByRole('button', { name: 'Sign in' }).waitFor());
}

/** Closed orders: those of the models and their copies. */
const orderList = (page: Page, url: string): Promise<Visit> =>
  visit(page, `${url}/console/orders?status=closed`, () => firstOrder(page).waitFor());

async function visit(page: Page, url: string, shown: () => Promise<void>): Promise<Visit> {
  const finished: Request[] = [];
  const note = (request: Request): void => void finished.push(request);
  page.on('requestfinished', note);
  const started = performance.now();
  await page.goto(url);
  await shown();
  const ms = performance.now() - started;
  await page.waitForLoadState('networkidle');
  page.off('requestfinished', note);
  const sizes = await Promise.all(finished.map((request) => sizeOf(request)));
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), requests: sizes.filter(Boolean).length, ms };
}

async function sizeOf(request: Request): Promise<number> {
  if (request.url().startsWith('data:')) return 0;
  const { responseBodySize, responseHeadersSize } = await request.sizes();
  return (await request.response())?.fromServiceWorker() ? 0 : responseBodySize + responseHeadersSize;
}
