import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmAsBrowser } from '../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import { balances, imbalances, operatorView, type RunningBackend, runBackend } from './running-backend.ts';
import { baskets, isDelivered } from './shopper.ts';

describe('an order from its quote to its delivery', () => {
  let running: RunningBackend;
  beforeAll(async () => {
    running = await runBackend();
  });
  afterAll(() => running.stop());

  it.each([
    ['DE', 'ioss', 'EU_H7'],
    ['GB', 'supply-vat', 'GB_H7'],
    ['US', 'informal-entry', 'US_TYPE_11'],
  ] as const)('to %s under %s, declared as %s', async (country, scheme, dataSet) => {
    const { backend, shopper, stripeUrl } = running;
    const placed = await shopper.buy(baskets[country], stripeUrl);
    const order = await shopper.follow(placed, isDelivered);
    const view = await operatorView(backend, placed.orderId);
    const { totals, consignments } = view.landedCost;

    const imported = consignments.find((consignment) => consignment.scheme === scheme);
    expect(imported?.dataSet).toBe(dataSet);
    expect(order.parcels.every(({ trackingNumber }) => trackingNumber !== undefined)).toBe(true);

    // Each consignment that crosses a customs border has one filed declaration.
    const filed = view.facts.filter(({ name }) => name === 'declaration.filed');
    expect(filed).toHaveLength(
      consignments.filter((consignment) => consignment.dataSet !== undefined).length,
    );

    // Every journal balances. The captured money has left the deposits: it is income, or it is owed to somebody.
    expect(imbalances(view)).toEqual([]);
    const held = balances(view);
    expect(held['provider-clearing:stripe']).toBe(totals.total?.amount);
    expect(held['customer-deposits']).toBe(0);
    const owed = (kind: string) =>
      Object.entries(held)
        .filter(([account]) => account.startsWith(`${kind}-owed:`))
        .reduce((all, [, amount]) => all - amount, 0);
    expect({ duty: owed('duty'), tax: owed('tax'), fees: owed('fee') }).toEqual({
      duty: totals.duty?.amount,
      tax: totals.tax?.amount,
      fees: totals.fees?.amount,
    });
  });

  it('accepts an invoice of the carrier, or disputes it until the dispute is settled', async () => {
    const { backend, shopper, stripeUrl } = running;
    const placed = await shopper.buy(baskets.DE, stripeUrl);
    const { parcels } = await shopper.follow(placed, isDelivered);
    const view = await operatorView(backend, placed.orderId);
    const [parcel] = parcels;
    const quoted = view.landedCost.consignments[0]?.freight;
    if (parcel === undefined || quoted === undefined) throw new Error('a parcel with its freight was quoted');
    const invoice = (invoiceNumber: string, amount: number) =>
      backend.operator.call<{ lines: { status: string; excess?: object; repeated?: boolean }[] }>({
        ...{ method: 'POST', path: '/v1/admin/carrier-invoices' },
        body: {
          lines: [
            {
              ...{ carrier: 'easypost', invoiceNumber, trackingNumber: parcel.trackingNumber },
              amount: { amount, currency: quoted.currency },
            },
          ],
        },
      });
    const attention = async () =>
      (await operatorView(backend, placed.orderId)).attention.map(({ reason }) => reason);
    expect((await invoice('INV-1', quoted.amount)).lines).toMatchObject([{ status: 'matched' }]);
    expect(await attention()).toEqual([]);
    const excess = { amount: 72, currency: quoted.currency };
    expect((await invoice('INV-2', 72)).lines).toMatchObject([{ status: 'disputed', excess }]);
    expect((await invoice('INV-2', 72)).lines).toMatchObject([{ status: 'disputed', repeated: true }]);
    expect(await attention()).toEqual(['freight-disputed']);
    await backend.operator.call({
      ...{ method: 'POST', path: `/v1/admin/orders/${placed.orderId}/freight-settlements` },
      body: {
        ...{ parcelId: parcel.parcelId, carrier: 'easypost', invoiceNumber: 'INV-2', outcome: 'credited' },
      },
    });
    expect(await attention()).toEqual([]);
  });

  it('moves stock from reserved to shipped, and no other stock', async () => {
    const { backend, shopper, stripeUrl } = running;
    const position = async () => {
      const { warehouses } = await backend.operator.call<{ warehouses: Record<string, number>[] }>({
        method: 'GET',
        path: '/v1/admin/stock/MAT-YOGA',
      });
      return warehouses;
    };
    const before = await position();
    const placed = await shopper.buy({ ...baskets.DE, lines: [{ sku: 'MAT-YOGA', quantity: 3 }] }, stripeUrl);
    await shopper.follow(placed, isDelivered);
    const after = await position();
    const sum = (rows: Record<string, number>[], name: string) =>
      rows.reduce((all, row) => all + (row[name] ?? 0), 0);
    expect(sum(after, 'shipped') - sum(before, 'shipped')).toBe(3);
    expect(sum(before, 'available') - sum(after, 'available')).toBe(3);
    expect(sum(after, 'reserved')).toBe(0);
    for (const row of after)
      expect(row.onHand).toBe((row.available ?? 0) + (row.reserved ?? 0) + (row.quarantined ?? 0));
  });

  it('can be stopped before payment, which releases the stock and takes no money', async () => {
    const { backend, shopper } = running;
    const { quoteId } = await shopper.quote(baskets.DE);
    const placed = await shopper.place(quoteId, 'DE');
    expect((await shopper.cancel(placed)).outcome).toBe('cancelled');
    const order = await shopper.follow(placed, ({ timeline }) =>
      timeline.some(({ fact }) => fact === 'payment.voided'),
    );
    expect(order.status).toBe('cancelled');
    expect((await operatorView(backend, placed.orderId)).ledger).toEqual([]);
  });

  it('can be stopped after payment and before dispatch, and is refunded in full, once', async () => {
    const { backend, shopper, stripeUrl } = running;
    // Otherwise a quick warehouse may hand a parcel over before the cancellation.
    backend.partners.faults.add({ partner: 'wms', behaviour: 'stalled' });
    const placed = await shopper.buy(baskets.DE, stripeUrl);
    await shopper.follow(placed, ({ timeline }) => timeline.some(({ fact }) => fact === 'payment.captured'));
    await shopper.cancel(placed);
    const order = await shopper.follow(placed, ({ timeline }) =>
      timeline.some(({ fact }) => fact === 'refund.paid'),
    );
    expect(order.status).toBe('cancelled');
    const view = await operatorView(backend, placed.orderId);
    expect(imbalances(view)).toEqual([]);
    expect(Object.values(balances(view)).every((amount) => amount === 0)).toBe(true);
    expect(order.timeline.filter(({ fact }) => fact === 'refund.paid')).toHaveLength(1);
    expect(order.timeline.some(({ fact }) => fact === 'parcel.dispatched')).toBe(false);
    backend.partners.faults.clear();
  });

  it('is paid with another card after a decline', async () => {
    const { shopper, stripeUrl } = running;
    const { quoteId } = await shopper.quote(baskets.DE);
    const placed = await shopper.place(quoteId, 'DE');
    const secret = placed.payment.nextAction.clientSecret ?? '';
    await expect(confirmAsBrowser(stripeUrl, secret, 'pm_card_chargeDeclined')).rejects.toThrow();
    await shopper.follow(placed, ({ timeline }) => timeline.some(({ fact }) => fact === 'payment.failed'));
    await confirmAsBrowser(stripeUrl, secret);
    await shopper.follow(placed, isDelivered);
  });

  it('has a contract and a viewer for it without code from other sites', async () => {
    const { url } = running.backend;
    const contract = (await (await fetch(`${url}/v1/openapi.json`)).json()) as { openapi: string };
    expect(contract.openapi).toBe('3.1.0');
    const page = await (await fetch(`${url}/docs`)).text();
    const loaded = [...page.matchAll(/(?:src|<link[^>]* href)="([^"]+)"/g)].map(([, at]) => at ?? '');
    expect(loaded).toEqual([
      '/front/icon.svg',
      '/docs/viewer.css',
      '/docs/own.css',
      '/docs/viewer.js',
      '/docs/start.js',
    ]);
    for (const at of loaded) expect((await fetch(url + at)).status, at).toBe(200);
    const asyncapi = (await (await fetch(`${url}/v1/asyncapi.json`)).json()) as { asyncapi: string };
    expect(asyncapi.asyncapi).toBe('3.0.0');
    expect((await (await fetch(`${url}/v1/health`)).json()) as object).toMatchObject({ status: 'up' });
  });

  it('has a front page, accepts other spellings of an address, and answers HEAD', async () => {
    const { url } = running.backend;
    const front = await fetch(url);
    expect([front.status, front.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const docs = await fetch(`${url}/docs/`);
    expect([docs.status, docs.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect((await fetch(`${url}/openapi.json`)).url).toBe(`${url}/v1/openapi.json`);
    for (const path of ['/', '/docs', '/v1/health', '/v1/openapi.json']) {
      const head = await fetch(url + path, { method: 'HEAD' });
      expect([path, head.status, await head.text()]).toEqual([path, 200, '']);
    }
    expect((await fetch(`${url}/v1/admin/orders`, { method: 'HEAD' })).status).toBe(401);
    const addresses = await (await fetch(`${url}/_local/addresses.json`)).json();
    expect(addresses).toMatchObject({
      storefrontKey: running.storefrontKey,
      sandboxes: { stripe: running.stripeUrl },
    });
  });
});
