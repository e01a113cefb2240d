import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LateWork } from '../../../events/work.ts';
import { createDueOrders } from '../../../shared/aws/order/due-orders.ts';
import { createOrderDetails } from '../../../shared/aws/order/order-records.ts';
import { keys } from '../../../shared/aws/table.ts';
import type { CallerLimits } from '../../../shared/catalogue/index.ts';
import { money } from '../../../shared/kernel/money.ts';
import { dayMs, hourMs, later, minuteMs } from '../../../shared/kernel/time.ts';
import { orderOf, sweepDueOrders } from '../../../shared/order/index.ts';
import { checkPayment, startPayment } from '../../../shared/payment/index.ts';
import { reservationTimes } from '../../../shared/payment/reservation-times.ts';
import { details } from '../../builders/details.ts';
import { countingIds } from '../../builders/ids.ts';
import { createFakePaymentProvider } from '../../fakes/payment-provider.ts';
import { costOf, openShop } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;

beforeAll(async () => {
  on = await startTable();
});
afterAll(() => on.stop());

let days = 0;

/** An unpaid order of one unit, and the sweeper, which runs every minute. Its work is done at once. */
async function unpaidOrder(method: string, limits?: Partial<CallerLimits>) {
  const shop = openShop(on, limits);
  days += 30;
  shop.pass(days * dayMs);
  const sku = `HELD-${days}`;
  await shop.receive(sku, 3);
  const provider = createFakePaymentProvider(money(3927, 'EUR'));
  const payment = {
    ...{
      timelines: shop.timelines,
      clock: shop.clock,
      newId: countingIds(days * 1000),
      report: () => undefined,
    },
    providerByCode: async () => provider,
    details: createOrderDetails(on.table),
  };
  const quote = await shop.quote(costOf([{ sku, quantity: 1 }]));
  const placed = await shop.place(quote.quoteId, { payment: { method }, details: details() });
  if (!placed.ok) throw new Error(placed.error.reason);
  const { orderId } = placed.value;
  await startPayment(payment, orderId);
  const overdue: string[] = [];
  const dueOrders = createDueOrders(on.table);
  const sweep = () =>
    sweepDueOrders({
      ...{ timelines: shop.timelines, clock: shop.clock },
      dueOrders: {
        ...dueOrders,
        due: async (now, max) => (await dueOrders.due(now, max)).filter((due) => due.orderId === orderId),
      },
      erase: async () => undefined,
      repeat: (work: LateWork) => checkPayment(payment, work.orderId, { by: 'clock' }),
      reportOverdue: ({ step }) => overdue.push(step),
    });
  return {
    overdue,
    provider,
    /** Lets the time pass up to that instant, and sweeps each time the order is due. */
    async passUntil(instant: string) {
      for (;;) {
        const dueAt = (await on.item(keys.head(orderId)))?.dueAt;
        const next = dueAt === undefined || String(dueAt) > instant ? instant : String(dueAt);
        shop.pass(Math.max(0, Date.parse(next) - Date.parse(shop.now())));
        if (dueAt === undefined || String(dueAt) > instant) return;
        await sweep();
      }
    },
    placedAt: shop.now(),
    reserved: async () => (await shop.positionOf(sku))?.reserved,
    status: async () => orderOf((await shop.timelines.load(orderId))?.facts ?? []).status,
  };
}

describe('the stock of an unpaid order', () => {
  test.each([
    ['card', 30 * minuteMs],
    ['pix', 30 * minuteMs],
    ['klarna', hourMs],
    ['oxxo', 3 * dayMs],
    ['boleto', 3 * dayMs],
    ['bank-transfer', 7 * dayMs],
  ] as const)('is held as long as %s takes, then the sweeper frees it', async (method, holdsMs) => {
    expect(reservationTimes[method]).toBe(holdsMs);
    const order = await unpaidOrder(method);
    await order.passUntil(later(order.placedAt, holdsMs - 1));
    expect([await order.reserved(), await order.status()]).toEqual([1, 'placed']);
    await order.passUntil(later(order.placedAt, holdsMs + minuteMs));
    expect([await order.reserved(), await order.status()]).toEqual([0, 'expired']);
    expect(order.provider.payment().status).toBe('voided');
  });

  test.each(['card', 'klarna', 'oxxo'])(
    'is held for ten minutes only, if the shopper does not begin to pay by %s',
    async (method) => {
      const order = await unpaidOrder(method, { firstReservationMinutes: 10 });
      await order.passUntil(later(order.placedAt, 10 * minuteMs - 1));
      expect([await order.reserved(), await order.status()]).toEqual([1, 'placed']);
      await order.passUntil(later(order.placedAt, 10 * minuteMs + 1));
      expect([await order.reserved(), await order.status()]).toEqual([0, 'expired']);
      expect(order.provider.payment().status).toBe('voided');
    },
  );

  test.each([
    ['card', 30 * minuteMs],
    ['klarna', hourMs],
    ['oxxo', 3 * dayMs],
  ] as const)('is held as long as %s takes, once the payment is under way', async (method, holdsMs) => {
    const order = await unpaidOrder(method, { firstReservationMinutes: 10 });
    await order.passUntil(later(order.placedAt, 5 * minuteMs));
    order.provider.change({ isUnderWay: true });
    await order.passUntil(later(order.placedAt, holdsMs - 1));
    expect([await order.reserved(), await order.status()]).toEqual([1, 'placed']);
    await order.passUntil(later(order.placedAt, holdsMs + minuteMs));
    expect([await order.reserved(), await order.status()]).toEqual([0, 'expired']);
    expect(order.overdue).toEqual([]);
  });

  test('is kept if the shopper pays at the last moment', async () => {
    const order = await unpaidOrder('oxxo');
    await order.passUntil(later(order.placedAt, 3 * dayMs - 1));
    order.provider.pay('authorised');
    await order.passUntil(later(order.placedAt, 3 * dayMs + minuteMs));
    expect([await order.reserved(), await order.status()]).toEqual([1, 'authorised']);
  });
});
