import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';
import { operatorView } from './running-backend.ts';
import {
  chooseThere,
  factSeen,
  openAt,
  orderBy,
  payByChallengedCard,
  payByRedirect,
  payOutside,
  type ShopTab,
} from './shop-flows.ts';
import { shopInBrowser } from './shop-in-browser.ts';

const opened = await openBrowser();
if ('reason' in opened)
  console.warn(`SKIPPED, the methods of the sample shop in a browser: ${opened.reason}`);

describe.skipIf('reason' in opened)('the sample shop pays in a browser', () => {
  const shop = shopInBrowser(opened);
  let page: Page;
  let tab: ShopTab;

  beforeEach(() => {
    page = shop.page;
    tab = { page, shopUrl: shop.running.backend.shopUrl, snap: async () => {} };
  });

  const view = async () => {
    const orderId = (await page.locator('#order').getAttribute('data-order-id')) ?? '';
    return operatorView(shop.running.backend, orderId);
  };
  const namesOf = async () => (await view()).facts.map(({ name }) => name);
  const problem = () => page.locator('#payment-problem');

  it('by a card that the bank asks about', async () => {
    await payByChallengedCard(tab, 'Confirm the payment');
    await factSeen(page, 'payment.captured');
    expect(await page.locator('#payment-section').isHidden()).toBe(true);
    expect(shop.errors).toEqual([]);
  });

  it('by another method after the bank refused the card', async () => {
    await payByChallengedCard(tab, 'Refuse it');
    await problem().waitFor();
    expect(await problem().textContent()).toMatch(/not confirmed|declined/);
    await page.locator('input[name=method][value=paypal]').check();
    await page.getByRole('button', { name: /^Pay the order/ }).click();
    await page.locator('.choices').waitFor();
    await chooseThere(page);
    await factSeen(page, 'payment.captured');
    const names = await namesOf();
    expect(names).toContain('payment.moved');
    expect(names.filter((name) => name === 'payment.captured')).toHaveLength(1);
    expect(shop.errors).toEqual([]);
  });

  it.each([
    ['NL', 'ideal'],
    ['DE', 'paypal'],
    ['ID', 'ovo'],
  ])('in %s by %s, on a page of its own', async (country, method) => {
    await payByRedirect(tab, country, method);
    await factSeen(page, 'payment.captured');
    expect(new URL(page.url()).pathname).toBe('/_local/shop');
    expect(shop.errors).toEqual([]);
  });

  it('in DE by klarna, which is captured when the goods have left', async () => {
    await payByRedirect(tab, 'DE', 'klarna');
    await factSeen(page, 'payment.authorised');
    expect(shop.errors).toEqual([]);
  });

  it.each([
    ['BR', 'pix'],
    ['ID', 'qris'],
  ])('in %s by %s, with a code to scan', async (country, method) => {
    let scanned = '';
    let shown = '';
    const snap = async (name: string) => {
      if (name !== 'next') return;
      scanned = await scan(page);
      shown = (await page.locator('#payload').textContent()) ?? '';
      expect(await page.locator('.countdown').textContent()).toMatch(/^\d+:\d\d$/);
    };
    await payOutside({ ...tab, snap }, country, method);
    await factSeen(page, 'payment.captured');
    expect(shown.length).toBeGreaterThan(10);
    expect(scanned).toBe(shown);
    expect(await page.locator('#next').isHidden()).toBe(true);
    expect(shop.errors).toEqual([]);
  });

  it.each([
    ['MX', 'oxxo'],
    ['BR', 'boleto'],
  ])('in %s by %s, with a voucher that is paid at a counter', async (country, method) => {
    let reference = '';
    const snap = async (name: string) => {
      if (name === 'next') reference = (await page.locator('#reference').textContent()) ?? '';
    };
    await payOutside({ ...tab, snap }, country, method);
    await factSeen(page, 'payment.captured');
    expect(reference).toMatch(/^[\d ]{8,}$/);
    expect(shop.errors).toEqual([]);
  });

  it('finds the code again after the page was loaded anew, and lets the shopper take another method', async () => {
    await orderBy(tab, 'BR', 'pix');
    await page.locator('img.code').waitFor();
    await page.reload();
    await page.locator('img.code').waitFor();
    await page.getByRole('button', { name: 'Pay another way' }).click();
    await page.locator('input[name=method][value=card]').check();
    await page.getByLabel('Card number').fill('4242 4242 4242 4242');
    await page.getByRole('button', { name: /^Pay the order/ }).click();
    await factSeen(page, 'payment.captured');
    expect(await namesOf()).toContain('payment.moved');
    expect(shop.errors).toEqual([]);
  });

  it('says which methods are not on offer there, and why', async () => {
    await openAt(tab, 'NL');
    await page.locator('#not-offered summary').click();
    const lines = await page.locator('#not-offered li').allTextContents();
    expect(lines.some((line) => /^Pix by .*not offered in NL$/.test(line))).toBe(true);
    const offered = await page
      .locator('input[name=method]')
      .evaluateAll((inputs) => inputs.map((input) => input.getAttribute('value')));
    expect(offered).toEqual(expect.arrayContaining(['ideal', 'card', 'paypal']));
    expect(offered).not.toContain('pix');
  });

  it('may load nothing of another origin', async () => {
    const answer = await fetch(shop.running.backend.shopUrl);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
  });
});

/** The text of the code on the page, as a telephone reads it. */
async function scan(page: Page): Promise<string> {
  // The page of the shop allows no images from elsewhere; it draws the code in a data address.
  const pixels = (await page.evaluate(`(async () => {
    const image = document.querySelector('img.code');
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 600;
    const drawn = canvas.getContext('2d');
    drawn.fillStyle = '#fff';
    drawn.fillRect(0, 0, 600, 600);
    drawn.imageSmoothingEnabled = false;
    drawn.drawImage(image, 30, 30, 540, 540);
    return [...drawn.getImageData(0, 0, 600, 600).data];
  })()`)) as number[];
  const file = createRequire(import.meta.url).resolve('qr/decode.js');
  const { decodeQR } = (await import(pathToFileURL(file).href)) as {
    readonly decodeQR: (image: { width: number; height: number; data: Uint8ClampedArray }) => string;
  };
  return decodeQR({ width: 600, height: 600, data: Uint8ClampedArray.from(pixels) });
}
