import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { later } from '../../../../shared/kernel/time.ts';
import { askDemand } from '../../../../shared/replenishment/demand/demand-queries.ts';
import { cancelled, dispatched, expired, parcelId } from '../../../builders/facts.ts';
import { orderRecords, paid, pricedOrder } from '../../../builders/made-up-orders.ts';
import { stockReceived } from '../../../builders/made-up-records.ts';
import { placedAt } from '../../../builders/timeline.ts';
import { type MadeUpLake, madeUpLake } from '../../../fakes/made-up-lake.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

const mugs = { goods: 1000, sku: 'MUG' };
const asked = { firstDay: '2026-10-24', lastDay: '2026-10-26', timeZone: 'Europe/Berlin' };

describe('demand from the lake', () => {
  it('has the orders by the days of the merchant, without cancelled and expired ones', async () => {
    await lake.load([
      // Clocks go back on 25 October 2026: the day lasts from 22:00 to 23:00 UTC, 25 hours.
      ...orderRecords(1, { at: '2026-10-24T21:59:59.000Z', facts: [pricedOrder({ ...mugs, quantity: 1 })] }),
      ...orderRecords(2, { at: '2026-10-24T22:00:00.000Z', facts: [pricedOrder({ ...mugs, quantity: 2 })] }),
      ...orderRecords(3, {
        ...{ at: '2026-10-25T22:59:59.000Z', facts: [pricedOrder({ ...mugs, country: 'FR', quantity: 4 })] },
      }),
      ...orderRecords(4, { at: '2026-10-25T23:00:00.000Z', facts: [pricedOrder({ ...mugs, quantity: 8 })] }),
      // Cancelled, expired, and after the last day.
      ...orderRecords(5, {
        at: '2026-10-25T10:00:00.000Z',
        facts: [pricedOrder(mugs), ...paid(1000), cancelled()],
      }),
      ...orderRecords(6, { at: '2026-10-25T10:00:00.000Z', facts: [pricedOrder(mugs), expired()] }),
      ...orderRecords(7, { at: '2026-10-26T23:00:00.000Z', facts: [pricedOrder(mugs)] }),
    ]);
    const { orders } = await askDemand(lake, asked);
    expect(orders.map(({ day, market, units }) => [day, market, units])).toEqual([
      ['2026-10-24', 'DE', 1],
      ['2026-10-25', 'DE', 2],
      ['2026-10-25', 'FR', 4],
      ['2026-10-26', 'DE', 8],
    ]);
  });

  it('has changes of stock by day, and all earlier ones on the day before the first', async () => {
    await lake.load([
      stockReceived(1, { at: '2026-09-01T08:00:00.000Z', sku: 'MUG', warehouseId: 'pl-poznan', units: 5 }),
      ...orderRecords(1, { at: '2026-10-24T08:00:00.000Z', facts: [pricedOrder({ ...mugs, quantity: 5 })] }),
      stockReceived(2, { at: '2026-10-26T08:00:00.000Z', sku: 'MUG', warehouseId: 'pl-poznan', units: 7 }),
    ]);
    expect((await askDemand(lake, asked)).stock).toEqual([
      { day: '2026-10-23', sku: 'MUG', change: 5, added: 5 },
      { day: '2026-10-24', sku: 'MUG', change: -5, added: 0 },
      { day: '2026-10-26', sku: 'MUG', change: 7, added: 7 },
    ]);
  });

  it('has the units that came back, by the day on which they did', async () => {
    const restock = [{ sku: 'MUG', sellable: 1, writtenOff: 2 }];
    const leaves = { ...dispatched(), occurredAt: later(placedAt, 3_600_000) };
    const comesBack = {
      name: 'parcel.closed' as const,
      occurredAt: later(placedAt, 86_400_000),
      data: { parcelId, outcome: 'returned' as const, restock, refund: 'share' as const },
    };
    await lake.load(
      orderRecords(1, {
        at: '2026-10-24T08:00:00.000Z',
        facts: [pricedOrder({ ...mugs, quantity: 3 }), ...paid(1000), leaves, comesBack],
      }),
    );
    expect((await askDemand(lake, asked)).returns).toEqual([
      { day: '2026-10-25', sku: 'MUG', market: 'DE', units: 3 },
    ]);
  });
});
