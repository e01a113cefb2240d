import { beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';
import { operatorView } from './running-backend.ts';
import { shopInBrowser } from './shop-in-browser.ts';

const opened = await openBrowser();
if ('reason' in opened) console.warn(`SKIPPED, the checkout page in a browser: ${opened.reason}`);

describe.skipIf('reason' in opened)('the sample shop in a browser', () => {
  const shop = shopInBrowser(opened);

  beforeEach(async () => {
    await shop.page.goto(shop.running.backend.shopUrl);
    await shop.page.getByRole('button', { name: /^Order and pay €/ }).waitFor();
  });

  const payWith = async (card: string) => {
    await shop.page.locator('input[name=method][value=card]').check();
    await shop.page.getByLabel('Card number').fill(card);
    await shop.page.getByRole('button', { name: /^(Order and pay|Pay the order)/ }).click();
  };
  /** The order takes a few seconds, and much longer if other work shares the machine. */
  const delivered = () => shop.page.locator('#order[data-status=delivered]').waitFor();
  const orderId = async () => (await shop.page.locator('#order').getAttribute('data-order-id')) ?? '';

  it('pays an order by card and shows its progress until delivery', async () => {
    const total = await shop.page.locator('#total').textContent();
    const isWiderThanPhone = await shop.page.evaluate('document.documentElement.scrollWidth > innerWidth');
    await payWith('4242 4242 4242 4242');
    await delivered();
    const facts = await shop.page
      .locator('#timeline li')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-fact')));
    const view = await operatorView(shop.running.backend, await orderId());
    const paid = view.landedCost.totals.total;

    expect(isWiderThanPhone).toBe(false);
    // The page shows the total of the order in euros with two digits.
    expect(total).toBe(`€${((paid?.amount ?? 0) / 100).toFixed(2)}`);
    expect(facts).toEqual(
      expect.arrayContaining([
        'order.placed',
        'payment.captured',
        'declaration.released',
        'parcel.dispatched',
        'order.delivered',
      ]),
    );
    expect(shop.errors).toEqual([]);
  });

  it('asks for another card after a decline, and keeps the order', async () => {
    await payWith('4000 0000 0000 9995');
    const alert = shop.page.locator('#payment-problem');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('insufficient funds');
    await payWith('5555 5555 5555 4444');
    await delivered();
    const view = await operatorView(shop.running.backend, await orderId());
    const names = view.facts.map(({ name }) => name);
    expect(names.filter((name) => name === 'payment.captured')).toHaveLength(1);
    expect(names).toContain('payment.failed');
    expect(shop.errors).toEqual([]);
  });

  it('sends the cardholder to the bank and continues after the return', async () => {
    await payWith('4000 0027 6000 3184');
    await shop.page.getByRole('link', { name: 'Confirm the payment' }).click();
    await delivered();
    expect(new URL(shop.page.url()).pathname).toBe('/_local/shop');
    expect(shop.errors).toEqual([]);
  });

  it('says why a basket has no price, and shows the price after correction', async () => {
    const postalCode = shop.page.getByLabel('Postal code');
    await postalCode.fill('ABC');
    await postalCode.blur();
    const alert = shop.page.locator('#price-problem');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/postal code/i);
    expect(await shop.page.getByRole('button', { name: 'Order and pay' }).isDisabled()).toBe(true);
    await postalCode.fill('20095');
    await postalCode.blur();
    await shop.page.getByRole('button', { name: /^Order and pay €/ }).waitFor();
    expect(await alert.isHidden()).toBe(true);
  });

  it('is affected by a fault that was set on the page of a sandbox, until the fault is removed', async () => {
    await shop.page.goto(shop.running.stripeUrl);
    await shop.page.getByLabel('Kind of fault').selectOption({ label: 'error: answers 503' });
    await shop.page.getByLabel(/^Only this operation/).fill('refunds.create');
    expect(await shop.page.locator('#command').textContent()).toContain(
      `curl -s ${shop.running.stripeUrl}/_sandbox/faults -d '`,
    );
    await shop.page.getByRole('button', { name: 'Add this fault' }).click();
    const remove = shop.page.getByRole('button', { name: /^Remove fault/ });
    await remove.waitFor();
    expect(shop.running.backend.partners.faults.list()).toMatchObject([
      { partner: 'stripe', on: 'refunds.create', times: 1, call: { kind: 'error', status: 503 } },
    ]);
    await remove.click();
    await shop.page.getByText('No fault is set.').waitFor();
    expect(shop.running.backend.partners.faults.list()).toEqual([]);
    expect(shop.errors).toEqual([]);
  });
});
