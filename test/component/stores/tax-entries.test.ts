import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import type { LandedCost } from '../../../events/landed-cost.ts';
import { countsSince } from '../../../infra/local/meter/create-meter.ts';
import { pack } from '../../../shared/aws/pack.ts';
import { createRatesStore } from '../../../shared/aws/rates/rates-store.ts';
import { createTaxEntries, ratesOn } from '../../../shared/aws/reports/tax-entries.ts';
import { allTaxShards, keys, taxPlace } from '../../../shared/aws/table.ts';
import { dayMs, hourMs } from '../../../shared/kernel/time.ts';
import type { ReportSources } from '../../../shared/reports/index.ts';
import { makeTaxReturn } from '../../../shared/reports/tax-returns/make-tax-return.ts';
import type { TaxEntry } from '../../../shared/timeline/index.ts';
import { address, details } from '../../builders/details.ts';
import { authorised, cancelled, captured } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { costOfTaxed, type TaxedOrder } from '../../builders/taxed-order.ts';
import { openShop, type Shop } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let shop: Shop;

beforeAll(async () => {
  on = await startTable({ throughProxy: true });
  shop = openShop(on);
  await shop.receive('TEA-TOWEL', 1_000);
});
afterAll(() => on.stop());

const underIoss = (over: Partial<TaxedOrder> = {}) =>
  costOfTaxed({
    ...{
      state: 'FR',
      currency: 'EUR',
      consignments: [{ from: 'CN', goods: [{ base: 10_000, rate: '20' }] }],
    },
    ...over,
  });

async function append(orderId: string, ...facts: readonly NewFact[]) {
  const timeline = await shop.timelines.load(orderId);
  if (timeline === undefined) throw new Error('the order is there');
  const [placed] = timeline.facts;
  const { amount } =
    placed?.name === 'order.placed' ? { amount: placed.data.landedCost.totals.total } : { amount: undefined };
  const ofTheOrder = facts.map((fact) =>
    fact.name.startsWith('payment.') ? ({ ...fact, data: { ...fact.data, amount } } as NewFact) : fact,
  );
  return shop.timelines.append({ timeline, facts: ofTheOrder, cause: { by: 'journey' }, now: shop.now() });
}

async function place(cost: LandedCost): Promise<string> {
  const { quoteId } = await shop.quote(cost);
  const shippingAddress = address({ country: cost.destination.country, postalCode: '10115' });
  const placed = await shop.place(quoteId, { details: details({ shippingAddress }) });
  if (!placed.ok) throw new Error(`refused: ${placed.error.reason}`);
  return placed.value.orderId;
}

async function buy(cost: LandedCost, ...facts: readonly NewFact[]): Promise<string> {
  const orderId = await place(cost);
  for (const fact of facts) await append(orderId, fact);
  return orderId;
}

async function returnOf(scheme: 'ioss' | 'oss', period: string) {
  const deps: ReportSources = {
    taxEntries: createTaxEntries(on.table),
    ratesOn: (day) => ratesOn(on.table, day),
    registrations: async () => ({ ioss: 'IM2760000001', importer: { EU: 'DE123456789' } }),
    now: '2028-01-01T00:00:00.000Z',
  };
  const made = await makeTaxReturn(deps, { scheme, period });
  if (!made.ok) throw new Error(made.error);
  return made.value;
}

describe('the tax entries of orders', () => {
  // This runs first, while the promised times of the orders are in the future.
  test('cost an order under a scheme one write unit more: an entry of an index', async () => {
    const unitsOf = async (cost: LandedCost) => {
      const orderId = await place(cost);
      const before = on.counts();
      await append(orderId, authorised());
      return countsSince(before, on.counts())['dynamodb.writeUnits'] ?? 0;
    };
    const elsewhere = underIoss();
    for (const { charges } of elsewhere.consignments)
      for (const charge of charges) if (charge.owedTo !== undefined) charge.owedTo = 'FR:customs';
    const usual = await unitsOf(elsewhere);
    const under = await unitsOf(underIoss());
    expect([usual, under]).toEqual([1, 2]);
  });

  test('are written once with the fact that makes the tax chargeable, and reversed with the fact that ends it', async () => {
    const orderId = await buy(underIoss(), authorised());
    await buy(underIoss(), authorised(), captured());
    await buy(underIoss({ state: 'IT' }));
    shop.pass(20 * dayMs);
    await append(orderId, cancelled());
    // The order of the test before is still there.
    expect(await returnOf('ioss', '2026-11')).toMatchObject({
      ...{ orders: 3, sales: [{ memberState: 'FR', rate: '20', tax: { amount: 6_000 } }] },
    });
    expect(await returnOf('ioss', '2026-12')).toMatchObject({
      ...{ orders: 0, totals: { balance: { amount: -2_000 } } },
      corrections: [{ period: '2026-11', memberState: 'FR', tax: { amount: -2_000 } }],
    });
  });

  test('belong to one scheme each if an order is under two', async () => {
    const goods = [{ base: 5_000, rate: '22' }];
    const mixed = { state: 'IT', consignments: ['CN', 'PL'].map((from) => ({ from, goods })) };
    await buy(underIoss(mixed), authorised(), captured());
    expect((await returnOf('ioss', '2026-12')).sales).toMatchObject([
      { memberState: 'IT', tax: { amount: 1_100 } },
    ]);
    expect((await returnOf('oss', '2026-Q4')).sales).toMatchObject([
      { memberState: 'IT', dispatchedFrom: 'PL', tax: { amount: 1_100 } },
    ]);
  });
});

test('the rates in force are found by their day', async () => {
  const date = '2026-11-30';
  const rates = {
    id: `ecb-${date}`,
    base: 'EUR',
    date,
    source: 'European Central Bank',
    rates: { GBP: '0.88' },
  } as const;
  await createRatesStore(on.table, shop.clock).put(rates);
  expect(await ratesOn(on.table, date)).toEqual(rates);
  expect(await ratesOn(on.table, '2026-11-29')).toBeUndefined();
});

test('a month of several pages in each shard is summed up completely, without other months', async () => {
  const count = 60;
  const entryAt = (n: number, enteredAt: string): TaxEntry => ({
    ...{ scheme: 'ioss', orderId: idOf('order', n), factSequence: 3, kind: 'sale' },
    ...{ enteredAt, chargeableAt: enteredAt },
    amounts: [
      {
        ...{ memberState: 'SE', dispatchedFrom: 'CN', rate: '25' },
        taxable: { amountMinor: 400 + n, currency: 'EUR' },
        tax: { amountMinor: n, currency: 'EUR' },
      },
    ],
  });
  const entries = Array.from({ length: count }, (_, n) =>
    entryAt(n, new Date(Date.UTC(2027, 1, 1) + n * hourMs).toISOString()),
  );
  // All are on one shard, and large enough to fill a page.
  const filling = Buffer.alloc(60_000);
  const items = [
    entryAt(0, '2027-01-31T22:59:59.999Z'),
    ...entries,
    entryAt(0, '2027-02-28T23:00:00.000Z'),
  ].map((entry, index) => ({
    ...keys.fact(entry.orderId, index + 1),
    ...taxPlace(entry.orderId, entry.enteredAt),
    taxShard: allTaxShards(entry.enteredAt.slice(0, 7))[0],
    taxEntries: Buffer.concat([pack([entry]), filling]),
  }));
  for (let from = 0; from < items.length; from += 10) {
    const requests = items.slice(from, from + 10).map((Item) => ({ PutRequest: { Item } }));
    await on.table.client.send(new BatchWriteCommand({ RequestItems: { [on.table.name]: requests } }));
  }
  const made = await returnOf('ioss', '2027-02');
  expect(made).toMatchObject({
    ...{ orders: count, sales: [{ memberState: 'SE', rate: '25', orders: count }] },
    totals: { tax: { amount: (count * (count - 1)) / 2 } },
  });
});
