import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { later } from '../../../shared/kernel/time.ts';
import { inventoryHealth } from '../../../shared/reports/inventory-health/inventory-health.ts';
import { dispatched, parcelId } from '../../builders/facts.ts';
import { dailyRates, orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { costStored, stockMoved, stockReceived } from '../../builders/made-up-records.ts';
import { placedAt } from '../../builders/timeline.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, eur, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

/** It ends on 30 November at 23:00 UTC, so that its last day in UTC is the 30th. */
const november = { period: '2026-11', timeZone: 'Europe/Berlin' };
const days = 86_400;
const cn = 'cn-shenzhen';
const pl = 'pl-poznan';

/** An order to the warehouse in Shenzhen whose parcel leaves an hour later, or never. */
const order = (number: number, at: string, quantity: number, ...facts: NewFact[]) =>
  orderRecords(number, {
    at,
    facts: [pricedOrder({ goods: 1000, sku: 'MUG', quantity }), ...paid(1000), ...facts],
  });
const leaves = { ...dispatched(), occurredAt: later(placedAt, 3_600_000) };

describe('the stock at the end of a month', () => {
  beforeEach(() =>
    lake.load([
      dailyRates('2026-11-30', { USD: '1.25' }),
      // Mugs in Shenzhen: 100 at 2.00 EUR and 0.50 USD, then 50 at 3.00 USD. 30 and 20 leave, 4 are reserved.
      costStored(1, {
        ...{ sku: 'MUG', validFrom: '2026-01-01', purchase: { amount: 999, currency: 'EUR' } },
      }),
      costStored(2, {
        ...{ sku: 'MUG', validFrom: '2026-01-01', purchase: { amount: 200, currency: 'EUR' } },
        ...{ firstLeg: { amount: 50, currency: 'USD' }, at: '2026-02-01T00:00:00.000Z' },
      }),
      costStored(3, { sku: 'MUG', validFrom: '2026-10-01', purchase: { amount: 300, currency: 'USD' } }),
      stockReceived(1, { at: '2026-01-10T08:00:00.000Z', sku: 'MUG', warehouseId: cn, units: 100 }),
      stockReceived(2, { at: '2026-10-20T08:00:00.000Z', sku: 'MUG', warehouseId: cn, units: 50 }),
      ...order(1, '2026-09-15T08:00:00.000Z', 30, leaves),
      ...order(2, '2026-11-20T08:00:00.000Z', 20, leaves),
      ...order(3, '2026-11-29T08:00:00.000Z', 4),
      stockMoved(3, {
        ...{ at: '2026-11-21T08:00:00.000Z', sku: 'MUG', kind: 'quarantine' },
        changes: [{ warehouseId: cn, available: -5, quarantined: 5 }],
      }),
      // 1 December in Berlin.
      stockReceived(4, { at: '2026-11-30T23:00:00.000Z', sku: 'MUG', warehouseId: cn, units: 1000 }),
      // Hats in Poznan: 10, of which a count misses 2, and one in the last millisecond. The yen has no rate.
      costStored(4, { sku: 'HAT', validFrom: '2026-01-01', purchase: { amount: 500, currency: 'JPY' } }),
      stockReceived(5, { at: '2026-03-01T08:00:00.000Z', sku: 'HAT', warehouseId: pl, units: 10 }),
      stockMoved(6, {
        ...{ at: '2026-04-01T08:00:00.000Z', sku: 'HAT', kind: 'adjust' },
        changes: [{ warehouseId: pl, onHand: -2, available: -2, writtenOff: 2 }],
      }),
      stockReceived(7, { at: '2026-11-30T22:59:59.999Z', sku: 'HAT', warehouseId: pl, units: 1 }),
      // Caps of unknown cost: 6 in Shenzhen, 4 of them go to Poznan, and 3 have arrived.
      stockReceived(8, { at: '2026-11-10T08:00:00.000Z', sku: 'CAP', warehouseId: cn, units: 6 }),
      stockMoved(9, {
        ...{ at: '2026-11-20T08:00:00.000Z', sku: 'CAP', kind: 'dispatch-transfer' },
        changes: [
          { warehouseId: cn, onHand: -4, available: -4, transferredOut: 4 },
          { warehouseId: pl, inTransit: 4, transferredIn: 4 },
        ],
      }),
      stockMoved(10, {
        ...{ at: '2026-11-25T08:00:00.000Z', sku: 'CAP', kind: 'receive-transfer' },
        changes: [{ warehouseId: pl, inTransit: -3, onHand: 3, available: 3 }],
      }),
    ]),
  );

  const mugs = {
    // 100 + 50 - 30 - 20 = 100, of which 4 are reserved and 5 quarantined.
    ...{ onHand: 100, reserved: 4, quarantined: 5, inTransit: 0, shipped: 20 },
    // 120 when November began; 20 / ((120 + 100) / 2). 95 units last 95 / (20 / 28) days, which are 133.
    ...{ turnover: 20 / 110, cover: 133 * days, dead: 0 },
    // The oldest left first: 50 of January and 50 of October are there. 50 x 2.00 EUR = 100.00 EUR, 50 x 0.50 USD =
    // 25.00 USD / 1.25 = 20.00 EUR, 50 x 3.00 USD = 150.00 USD / 1.25 = 120.00 EUR.
    ...{ value: eur(24_000), deadValue: eur(0), unvalued: 0 },
  };
  const none = { reserved: 0, quarantined: 0, inTransit: 0, shipped: 0, turnover: 0, cover: null };
  const hats = {
    // 10 - 2 + 1; the 8 of March are dead, because none left in 90 days.
    ...{ ...none, onHand: 9, dead: 8, value: eur(0), deadValue: eur(0), unvalued: 9 },
  };

  it('is counted by SKU and warehouse, with what it cost when it arrived', async () => {
    const month = await askedReport(inventoryHealth, lake, november);

    expect(rowsOf(month, 'by-sku')).toEqual([
      {
        sku: 'CAP',
        warehouse: cn,
        ...none,
        onHand: 2,
        dead: 0,
        value: eur(0),
        deadValue: eur(0),
        unvalued: 2,
      },
      { sku: 'MUG', warehouse: cn, ...mugs },
      {
        ...{ sku: 'CAP', warehouse: pl, ...none, onHand: 3, inTransit: 1 },
        ...{ dead: 0, value: eur(0), deadValue: eur(0), unvalued: 3 },
      },
      { sku: 'HAT', warehouse: pl, ...hats },
    ]);
  });

  it('adds up by warehouse and over all, and what has no value is named', async () => {
    const month = await askedReport(inventoryHealth, lake, november);

    expect(rowsOf(month, 'by-warehouse')).toMatchObject([
      { warehouse: cn, onHand: 102, shipped: 20, value: eur(24_000), unvalued: 2 },
      { warehouse: pl, onHand: 12, inTransit: 1, shipped: 0, value: eur(0), dead: 8, unvalued: 12 },
    ]);
    // Opening 120 + 8; 2 x 20 / (128 + 114). Usable 109; 109 / (20 / 28) = 152.6 days.
    expect(rowsOf(month, 'summary')).toMatchObject([
      {
        ...{ onHand: 114, reserved: 4, quarantined: 5, inTransit: 1, shipped: 20, turnover: 40 / 242 },
        ...{ cover: 152.6 * days, dead: 8, value: eur(24_000), unvalued: 14 },
      },
    ]);
    expect(month.notCounted.map(({ code, count }) => [code, count])).toEqual([
      ['no-rate', 9],
      ['no-cost', 5],
    ]);
  });

  it('is of ages that add up to the units and the value on hand', async () => {
    const month = await askedReport(inventoryHealth, lake, november);

    // 30 November less: 10 November 20 days, 20 October 41, 1 March 274, 10 January 324.
    expect(rowsOf(month, 'ages')).toEqual([
      { age: '0-30', units: 1 + 2 + 3, part: 6 / 114, value: eur(0) },
      { age: '31-90', units: 50, part: 50 / 114, value: eur(12_000) },
      { age: '91-180', units: 0, part: 0, value: eur(0) },
      { age: '181-365', units: 50 + 8, part: 58 / 114, value: eur(12_000) },
      { age: 'over 365', units: 0, part: 0, value: eur(0) },
    ]);
  });

  it('has its value in the currencies of the costs', async () => {
    const month = await askedReport(inventoryHealth, lake, november);

    expect(rowsOf(month, 'by-currency')).toEqual([
      { currency: 'EUR', value: eur(10_000) },
      { currency: 'JPY', value: { amountMinor: 9 * 500, currency: 'JPY' } },
      { currency: 'USD', value: { amountMinor: 2500 + 15_000, currency: 'USD' } },
    ]);
  });

  it('is of nobody but the merchant', () => {
    expect(inventoryHealth.byStorefront).toBe(false);
  });

  it('is that of another instant in another time zone', async () => {
    const inUtc = await askedReport(inventoryHealth, lake, { period: '2026-11' });

    expect(rowsOf(inUtc, 'summary')).toMatchObject([{ onHand: 114 + 1000 }]);
  });
});

it('goods that come back arrive anew, and their warehouse is that of their parcel', async () => {
  const closed: NewFact & { occurredAt: string } = {
    name: 'parcel.closed',
    data: {
      parcelId,
      outcome: 'returned',
      restock: [{ sku: 'MUG', sellable: 1, writtenOff: 1 }],
      refund: 'none',
    },
    occurredAt: later(placedAt, 10 * days * 1000),
  };
  await lake.load([
    stockReceived(1, { at: '2026-05-01T08:00:00.000Z', sku: 'MUG', warehouseId: cn, units: 10 }),
    ...order(1, '2026-11-10T08:00:00.000Z', 2, leaves, closed),
  ]);

  const month = await askedReport(inventoryHealth, lake, november);

  expect(rowsOf(month, 'by-sku')).toMatchObject([{ sku: 'MUG', warehouse: cn, onHand: 9, shipped: 2 }]);
  expect(rowsOf(month, 'ages')).toMatchObject([
    { age: '0-30', units: 1 },
    {},
    {},
    { age: '181-365', units: 8 },
    {},
  ]);
});

it('says where movements are missing', async () => {
  await lake.load(order(1, '2026-11-10T08:00:00.000Z', 2, leaves));

  const month = await askedReport(inventoryHealth, lake, november);

  expect(month.notCounted).toMatchObject([{ code: 'negative-stock', count: 1 }]);
});

it('has no figure of nothing in an empty lake', async () => {
  const month = await askedReport(inventoryHealth, lake, november);

  expect(rowsOf(month, 'summary')).toMatchObject([{ onHand: 0, turnover: null, cover: null, value: eur(0) }]);
  expect(rowsOf(month, 'by-sku')).toEqual([]);
  expect(rowsOf(month, 'ages')).toHaveLength(5);
  expect(month.notCounted).toEqual([]);
});
