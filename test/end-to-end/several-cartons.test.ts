import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePapers } from '../../infra/cli/sample-shop/sample-papers.ts';
import { confirmAsBrowser } from '../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import { booksOf, labelsKept } from './partners-books.ts';
import { operatorView, type RunningBackend, runBackend } from './running-backend.ts';
import { type Basket, baskets, isDelivered } from './shopper.ts';

const SKU = 'LINEN-GUEST-HOUSE';
const GRAMS_PER_OUNCE = 28.349523125;

interface Package {
  readonly count: number;
  readonly grossWeightGrams: number;
  readonly contents?: readonly { readonly quantity: number }[];
}

interface Shipment {
  readonly reference: string;
  readonly parcel: { readonly weight: number };
  readonly tracking_code: string;
  readonly selected_rate: { readonly carrier: string; readonly service: string };
  readonly customs_info: {
    readonly customs_items: readonly { readonly value: string; readonly quantity: number }[];
  };
}

describe('a consignment of several cartons', () => {
  let running: RunningBackend;
  beforeAll(async () => {
    running = await runBackend();
    const { operator } = running.backend;
    const goods = { description: 'Cotton bed linen, printed', hsCode: '630221', originCountry: 'CN' };
    await operator.call({
      ...{ method: 'PUT', path: `/v1/admin/products/${SKU}` },
      body: {
        ...goods,
        nationalCodes: { EU: '63022100' },
        // Two units fit into the largest carton, which holds 29 kg.
        ...{ unitWeightGrams: 11_000, dimensions: { lengthMm: 500, widthMm: 350, heightMm: 180 } },
        prices: [{ amount: 19_99, currency: 'EUR' }],
        compliance: samplePapers(SKU, goods.hsCode),
      },
    });
    await operator.call({
      ...{
        method: 'POST',
        path: '/v1/admin/stock/movements',
        headers: { 'idempotency-key': 'several-cartons' },
      },
      body: { kind: 'receive', sku: SKU, warehouseId: 'cn-shenzhen', quantity: 20 },
    });
  });
  afterAll(() => running.stop());

  const basket: Basket = { ...baskets.DE, lines: [{ sku: SKU, quantity: 5 }] };

  it('is delivered with a label for each carton, although the answer to one purchase was lost', async () => {
    const { backend, shopper, stripeUrl } = running;
    const { quoteId } = await shopper.quote(basket);
    const placed = await shopper.place(quoteId, 'DE');
    // The carrier sells the label of the second carton, and its answer does not arrive.
    backend.partners.faults.add({
      ...{ partner: 'easypost', on: 'shipments.buy', reference: '-2","to_address"' },
      call: { kind: 'error', status: 503, done: true },
    });
    await confirmAsBrowser(stripeUrl, placed.payment.nextAction.clientSecret ?? '');
    const order = await shopper.follow(placed, isDelivered);
    expect(backend.partners.faults.list()).toMatchObject([{ struck: 1 }]);

    const view = await operatorView(backend, placed.orderId);
    const [consignment] = view.landedCost.consignments as unknown as readonly {
      readonly packages: readonly Package[];
      readonly lines: readonly { readonly goodsValue: { readonly amount: number } }[];
      readonly freight: { readonly amount: number; readonly currency: string };
    }[];
    const [parcel] = order.parcels as unknown as readonly {
      readonly parcelId: string;
      readonly trackingStatus: string;
      readonly pieces: readonly { readonly trackingNumber: string; readonly deliveredAt?: string }[];
    }[];
    if (consignment === undefined || parcel === undefined)
      throw new Error('the order is not one consignment in one parcel');
    const cartons = consignment.packages.flatMap(({ count, ...carton }) =>
      Array.from({ length: count }, () => carton),
    );
    expect(cartons.map(({ contents = [] }) => contents[0]?.quantity)).toEqual([2, 2, 1]);

    // There is one label for each carton, with the weight of the carton. All labels have the same service.
    const books = await booksOf(backend.partners.urls, [parcel.parcelId]);
    const labels = (labelsKept(books) as unknown as Shipment[]).sort((a, b) =>
      a.reference < b.reference ? -1 : 1,
    );
    expect(books.shipments).toHaveLength(3);
    expect(labels.map(({ reference }) => reference)).toEqual([1, 2, 3].map((n) => `${parcel.parcelId}-${n}`));
    for (const [index, { parcel: weighed }] of labels.entries())
      expect(
        Math.abs(weighed.weight * GRAMS_PER_OUNCE - (cartons[index]?.grossWeightGrams ?? 0)),
      ).toBeLessThan(3);
    expect(new Set(labels.map(({ selected_rate: rate }) => `${rate.carrier} ${rate.service}`)).size).toBe(1);

    // The customs forms together declare the goods value from which the charges were computed.
    const items = labels.flatMap(({ customs_info: form }) => form.customs_items);
    expect(items.map(({ quantity }) => quantity)).toEqual([2, 2, 1]);
    const declared = items.reduce((all, { value }) => all + Math.round(Number(value) * 100), 0);
    expect(declared).toBe(consignment.lines[0]?.goodsValue.amount);

    // There is one declaration, one dispatch order, and one delivery at the time of the last carton.
    expect([books.dispatchOrders.length, parcel.trackingStatus]).toEqual([1, 'delivered']);
    const deliveredAt = parcel.pieces.map((piece) => piece.deliveredAt);
    expect(parcel.pieces.map(({ trackingNumber }) => trackingNumber)).toEqual(
      labels.map(({ tracking_code }) => tracking_code),
    );
    expect(deliveredAt.every((time) => time !== undefined)).toBe(true);
    const times = (name: string) => view.facts.filter((fact) => fact.name === name);
    for (const name of ['parcel.booked', 'declaration.filed', 'parcel.dispatched', 'parcel.delivered'])
      expect([name, times(name).length]).toEqual([name, 1]);
    expect(times('parcel.delivered')[0]?.data.deliveredAt).toBe([...deliveredAt].sort().at(-1));

    // The carrier invoices each carton separately. Their sum may be the price of the rate card, and no minor unit more.
    const { freight } = consignment;
    const shares = [100, 100, freight.amount - 200];
    const invoice = (invoiceNumber: string, amounts: readonly number[]) =>
      backend.operator.call<{ lines: readonly { status: string; excess?: object }[] }>({
        ...{ method: 'POST', path: '/v1/admin/carrier-invoices' },
        body: {
          lines: amounts.map((amount, index) => ({
            ...{ carrier: 'easypost', invoiceNumber, trackingNumber: labels[index]?.tracking_code },
            amount: { amount, currency: freight.currency },
          })),
        },
      });
    expect((await invoice('INV-1', shares)).lines.map(({ status }) => status)).toEqual([
      'matched',
      'matched',
      'matched',
    ]);
    expect((await invoice('INV-2', [1])).lines).toMatchObject([
      { status: 'disputed', excess: { amount: 1 } },
    ]);
  });

  it('can be stopped, and all its labels are voided', async () => {
    const { backend, shopper, stripeUrl } = running;
    backend.partners.faults.add({ partner: 'wms', behaviour: 'stalled' });
    const placed = await shopper.buy(basket, stripeUrl);
    await shopper.follow(placed, ({ timeline }) => timeline.some(({ fact }) => fact === 'parcel.booked'));
    await shopper.cancel(placed);
    const order = await shopper.follow(placed, ({ timeline }) =>
      timeline.some(({ fact }) => fact === 'parcel.label_voided'),
    );
    expect(order.status).toBe('cancelled');
    const books = await booksOf(
      backend.partners.urls,
      order.parcels.map(({ parcelId }) => parcelId),
    );
    expect([books.shipments.length, labelsKept(books).length]).toEqual([3, 0]);
  });
});
