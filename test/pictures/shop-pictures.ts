import type { Browser, Page } from 'playwright-core';
import { type RunningBackend, runBackend } from '../end-to-end/running-backend.ts';
import {
  factSeen,
  openAt,
  payByChallengedCard,
  payByRedirect,
  payOutside,
  type ShopTab,
} from '../end-to-end/shop-flows.ts';
import { DESKTOP, savePicture, TELEPHONE } from './save-picture.ts';

/** One way through the shop, and the files of its pictures by the moments of the flow. */
interface Flow {
  readonly size: { readonly width: number; readonly height: number };
  readonly go: (tab: ShopTab) => Promise<void>;
  /** The page that the picture shows, if it is not that of the shop: `there` is in a tab of its own. */
  readonly pictures: Readonly<Record<string, string>>;
}

const paid = async (tab: ShopTab) => {
  await factSeen(tab.page, 'payment.captured');
  await tab.snap('paid');
};
const delivered = async (tab: ShopTab) => {
  await tab.page.locator('#order[data-status=delivered]').waitFor();
  await tab.snap('delivered');
};

const flows: readonly Flow[] = [
  {
    size: DESKTOP,
    go: async (tab) => {
      await openAt(tab, 'NL');
      await tab.page.locator('#not-offered summary').click();
      await tab.snap('methods');
    },
    pictures: { methods: 'shop-methods.png' },
  },
  {
    size: DESKTOP,
    go: async (tab) => {
      await payByChallengedCard(tab, 'Confirm the payment');
      await delivered(tab);
    },
    pictures: {
      card: 'shop-card.png',
      challenge: 'shop-card-challenge.png',
      delivered: 'shop-delivered.png',
    },
  },
  {
    size: TELEPHONE,
    go: async (tab) => {
      await payByChallengedCard(tab, 'Refuse it');
      await tab.page.locator('#payment-problem:visible').waitFor();
      await tab.snap('declined');
    },
    pictures: { declined: 'shop-declined-telephone.png' },
  },
  {
    size: DESKTOP,
    go: async (tab) => {
      await payByRedirect(tab, 'NL', 'ideal');
      await paid(tab);
    },
    pictures: { there: 'shop-redirect-page.png', paid: 'shop-redirect-paid.png' },
  },
  {
    size: DESKTOP,
    go: async (tab) => {
      await payByRedirect(tab, 'DE', 'paypal');
      await paid(tab);
    },
    pictures: { there: 'shop-redirect-wallet-page.png' },
  },
  {
    size: DESKTOP,
    go: async (tab) => {
      await payOutside(tab, 'BR', 'pix');
      await paid(tab);
    },
    pictures: { next: 'shop-qr.png', there: 'shop-qr-page.png' },
  },
  {
    size: TELEPHONE,
    go: async (tab) => {
      await payOutside(tab, 'ID', 'qris');
      await paid(tab);
    },
    pictures: { next: 'shop-qr-telephone.png', paid: 'shop-paid-telephone.png' },
  },
  {
    size: DESKTOP,
    go: async (tab) => {
      await payOutside(tab, 'MX', 'oxxo');
      await paid(tab);
    },
    pictures: { next: 'shop-voucher.png' },
  },
  {
    size: TELEPHONE,
    go: async (tab) => {
      await payOutside(tab, 'BR', 'boleto');
      await paid(tab);
    },
    pictures: { next: 'shop-voucher-telephone.png' },
  },
];

/** Takes the pictures of docs/shop.md: the sample shop, in which every flow is paid in the sandboxes. */
export async function takeShopPictures(browser: Browser, say: (line: string) => void): Promise<boolean> {
  const running = await runBackend();
  try {
    let isWell = true;
    for (const flow of flows) isWell = (await goThrough(browser, running, flow, say)) && isWell;
    return isWell;
  } finally {
    await running.stop();
  }
}

async function goThrough(
  browser: Browser,
  { backend }: RunningBackend,
  { size, go, pictures }: Flow,
  say: (line: string) => void,
): Promise<boolean> {
  const context = await browser.newContext({ viewport: size, colorScheme: 'light' });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(90_000);
    let isWell = true;
    const snap = async (name: string) => {
      const file = pictures[name];
      if (file === undefined) return;
      const shown = lastOf(context.pages()) ?? page;
      await shown.evaluate('scrollTo(0, 0)');
      isWell =
        (await savePicture(shown, { file, part: shown === page ? partOf(name, size) : undefined }, say)) &&
        isWell;
    };
    await go({ page, shopUrl: backend.shopUrl, snap });
    return isWell;
  } finally {
    await context.close();
  }
}

const lastOf = (pages: readonly Page[]): Page | undefined => pages.at(-1);

/** The part of a page that says something: on a telephone the window, elsewhere without the empty rest. */
function partOf(name: string, size: Flow['size']): string | undefined {
  if (name === 'methods') return '#checkout';
  if (name === 'card') return '#payment-section';
  return size === TELEPHONE || name === 'delivered' ? undefined : 'main';
}
