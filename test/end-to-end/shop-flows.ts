import type { Page } from 'playwright-core';

/** A browser's page of the sample shop. `snap` is called where a picture says something. */
export interface ShopTab {
  readonly page: Page;
  readonly shopUrl: string;
  readonly snap: (name: string) => Promise<void>;
}

/** Opens the shop, chooses a destination and a method, and orders the basket. */
export async function orderBy(tab: ShopTab, country: string, method: string): Promise<void> {
  const { page } = tab;
  await openAt(tab, country);
  await page.locator(`input[name=method][value="${method}"]`).check();
  await tab.snap('methods');
  await page.getByRole('button', { name: /^Order and pay / }).click();
}

/** Opens the shop with a destination, and waits for the price and the methods there. */
export async function openAt({ page, shopUrl }: ShopTab, country: string): Promise<void> {
  await page.goto(shopUrl);
  await page.locator('#pay:enabled').waitFor();
  if ((await page.getByLabel('Country').inputValue()) === country) return;
  await page.getByLabel('Country').selectOption(country);
  await page.locator('#pay:enabled').waitFor();
}

/** Chooses on the page of a sandbox: by the text of the button, or the first one, which pays. */
export async function chooseThere(page: Page, name?: string): Promise<void> {
  const links = page.locator('.choices');
  await (name === undefined ? links.locator('a').first() : links.getByRole('link', { name })).click();
}

/** A card that the bank asks about: the shopper answers on the bank's page, and comes back to the shop. */
export async function payByChallengedCard(tab: ShopTab, answer: string): Promise<void> {
  const { page, snap } = tab;
  await openAt(tab, 'DE');
  await page.locator('input[name=method][value=card]').check();
  await page.getByLabel('Test card').selectOption({ value: '4000002760003184' });
  await snap('card');
  await page.getByRole('button', { name: /^Order and pay / }).click();
  await page.getByRole('heading', { name: /3-D Secure/ }).waitFor();
  await snap('challenge');
  await chooseThere(page, answer);
  await page.locator('#order:visible').waitFor();
}

/** A wallet or a bank has a page of its own, from which the shopper comes back. */
export async function payByRedirect(tab: ShopTab, country: string, method: string): Promise<void> {
  await orderBy(tab, country, method);
  await tab.page.locator('.choices').waitFor();
  await tab.snap('there');
  await chooseThere(tab.page);
  await tab.page.locator('#order:visible').waitFor();
}

/** A code or a voucher: the sandbox has a page for the telephone and the counter, in a tab of its own. */
export async function payOutside(tab: ShopTab, country: string, method: string): Promise<void> {
  const { page, snap } = tab;
  await orderBy(tab, country, method);
  await page.locator('#next:visible').waitFor();
  await page.locator('#timeline li[data-fact="payment.started"]').waitFor();
  await snap('next');
  const opened = page.context().waitForEvent('page');
  await page.getByRole('link', { name: /\(sandbox\)$/ }).click();
  const there = await opened;
  await there.locator('.choices').waitFor();
  await snap('there');
  await chooseThere(there);
  await there.locator('.said').waitFor();
  await there.close();
}

/** Waits until a fact is on the order's timeline: some seconds, and longer if other work shares the machine. */
export const factSeen = (page: Page, fact: string): Promise<void> =>
  page.locator(`#timeline li[data-fact="${fact}"]`).first().waitFor();
