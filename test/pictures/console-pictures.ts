import type { Browser } from 'playwright-core';
import { openConsole } from '../end-to-end/console-tab.ts';
import { type RunningBackend, runBackend } from '../end-to-end/running-backend.ts';
import { baskets, isDelivered } from '../end-to-end/shopper.ts';
import { type ConsoleView, setupViews, TABLET, tab } from './console-views.ts';
import { DESKTOP, savePicture } from './save-picture.ts';

const viewsOf = (delivered: string, held: string): readonly ConsoleView[] => [
  {
    ...{ file: 'console-work.png', path: '/work', size: DESKTOP },
    act: (page) => page.getByRole('link', { name: held }).waitFor(),
  },
  {
    ...{ file: 'console-orders-tablet.png', path: '/orders?status=closed', size: TABLET },
    act: (page) => page.getByRole('link', { name: delivered }).waitFor(),
  },
  {
    ...{ file: 'console-parcels.png', path: `/orders/${delivered}`, size: DESKTOP },
    act: (page) => page.getByRole('heading', { name: delivered }).waitFor(),
  },
  {
    ...{ file: 'console-landed-cost.png', path: `/orders/${delivered}`, size: DESKTOP, dark: true },
    act: tab('Landed cost'),
  },
  {
    ...{ file: 'console-ledger.png', path: `/orders/${delivered}`, size: DESKTOP },
    act: tab('Ledger'),
  },
  {
    ...{ file: 'console-refund.png', path: `/orders/${delivered}`, size: { width: 1040, height: 700 } },
    act: async (page) => {
      await page.getByRole('button', { name: 'Decide' }).click();
      await page.getByRole('menuitem', { name: 'Refund' }).click();
      await page.getByText('duty stays owed to customs').waitFor();
    },
  },
];

/** Takes the pictures of the console, of an order that was delivered and of one that customs hold. */
export async function takeConsolePictures(browser: Browser, say: (line: string) => void): Promise<boolean> {
  const running = await runBackend();
  try {
    const placed = await running.shopper.buy(baskets.DE, running.stripeUrl);
    await running.shopper.follow(placed, isDelivered);
    const held = await holdOne(running);
    let isWell = true;
    for (const view of [...viewsOf(placed.orderId, held), ...setupViews]) {
      const context = await browser.newContext({
        ...{ viewport: view.size, colorScheme: view.dark === true ? 'dark' : 'light' },
        ...{ locale: 'en-GB', timezoneId: 'Europe/Berlin' },
      });
      const page = await context.newPage();
      await openConsole(page, { url: running.backend.url, person: 'operator', path: view.path });
      await view.act(page);
      isWell = (await savePicture(page, { file: view.file }, say)) && isWell;
      await context.close();
    }
    return isWell;
  } finally {
    await running.stop();
  }
}

/** An order whose goods customs hold until it has seen documents. */
async function holdOne({ backend, shopper, stripeUrl }: RunningBackend): Promise<string> {
  backend.partners.faults.add({ partner: 'broker', behaviour: 'documents', times: 1 });
  const placed = await shopper.buy(baskets.GB, stripeUrl);
  await shopper.follow(placed, ({ status }) => status === 'held');
  return placed.orderId;
}
